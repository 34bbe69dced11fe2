package io.itinera.core.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafePatternTest {

  private static final int LONG = 65_536;

  @ParameterizedTest
  @ValueSource(
      strings = {"(a|b)*c", "^(([a-z])+.)+[A-Z]([a-z])+$", "(a+)+$", "(.|\\n)*?end", "(a*)*!"})
  void patternThatOverflowsOrExplodesAnswers(String regex) {
    SafePattern pattern = SafePattern.of(regex);

    assertThat(pattern.isIn("a".repeat(LONG) + "?")).isFalse();
    assertThat(pattern.isIn("ab".repeat(LONG / 2) + "?")).isFalse();
    assertThat(pattern.isIn("a".repeat(40) + "?")).isFalse();
  }

  @Test
  void longTextIsSearchedToItsEnd() {
    String mail = "Dear Sir,\n".repeat(LONG / 10) + "Order 4711";

    assertThat(
            SafePattern.of("(?:.|\\n)*Order (\\d+)")
                .<String>search(mail, hits -> hits.find() ? hits.group(1) : null))
        .isEqualTo("4711");
  }

  @Test
  void whatOnlyJavaReadsAndOverflowsIsSaidToBeTooHard() {
    SafePattern pattern = SafePattern.of("(?<!x)(a|b)*c");

    assertThat(pattern.isIn("ab".repeat(400) + "c")).isTrue();
    assertThatThrownBy(() -> pattern.isIn("ab".repeat(LONG) + "c"))
        .isInstanceOf(TooHardException.class);
  }

  @Test
  void whatOnlyJavaReadsAndExplodesIsSaidToBeTooHard() {
    SafePattern pattern = SafePattern.of("(a+)+\\1!");

    assertThatThrownBy(() -> pattern.isIn("a".repeat(60) + "?"))
        .isInstanceOf(TooHardException.class);
  }

  @Test
  void setsInSetsAndFlagsOfAnotherMeaningAreLeftToJava() {
    assertThatThrownBy(() -> SafePattern.of("([a-z&&[^b]])*!").isIn("a".repeat(LONG)))
        .isInstanceOf(TooHardException.class);
    assertThatThrownBy(() -> SafePattern.of("(?U)(\\w|-)*!").isIn("a".repeat(LONG)))
        .isInstanceOf(TooHardException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " ~ ",
      value = {
        "(a|b)* ~ true", "(?:ab)+ ~ true", "(a|b)*+ ~ false", "(?:a|b)++c ~ false",
            "(a|b)? ~ false",
        "(a){3} ~ false", "(a){2,} ~ true", "(a){1,500} ~ true", "(a|b)*?c ~ true", "[)]* ~ false",
        "\\)* ~ false", "\\Q(a)*\\E ~ false", "[^)(]{2,} ~ true", "[a-z]{2,} ~ false", ".* ~ false",
        ".{3,} ~ true", "\\X* ~ true", "(?x)(a) * ~ true", "(?x) a # (b)* ~ false",
            "[[)]a]* ~ false",
        "\\p{L}* ~ false", "\\P{L}{2,} ~ true"
      })
  void repeatedGroupsAreSeen(String regex, boolean expected) {
    assertThat(RepeatedGroups.in(regex)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " ~ ",
      quoteCharacter = '"',
      value = {
        "([a-z0-9])([A-Z]) ~ addToCart ~ $1_$2", "a* ~ baac ~ -", "x ~ abc ~ -",
            "(a)|b ~ ab ~ [$1]",
        "(?<n>b) ~ abc ~ <${n}>", "b ~ abc ~ \\$\\\\", "(a)(b) ~ ab ~ $21$12", "$ ~ abc ~ !"
      })
  void replacesAsJavaDoes(String regex, String text, String by) {
    String expected = Pattern.compile(regex).matcher(text).replaceAll(by);

    assertThat(SafePattern.of(regex).replaceIn(text, by)).isEqualTo(expected);
    assertThat(Replacement.in(text, new LinearHits(LinearHits.pattern(regex).matcher(text)), by))
        .isEqualTo(expected);
  }
}
