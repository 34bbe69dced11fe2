package io.itinera.core.match;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldTest {

  @ParameterizedTest
  @CsvSource({
    "Müller, muller",
    "O’Brien, obrien",
    "Łódź, lodz",
    "Weiß-Straße, weiss strasse",
    "Сергей, sergei",
    "Хрущёв, khrushchev",
    "محمد, mhmd",
    "يوسف, ywsf",
    "٤٢, 42"
  })
  void everyScriptIsReadAsSmallLatinLetters(String text, String folded) {
    assertThat(Fold.folded(text)).isEqualTo(folded);
  }

  @Test
  void whatHasNoLetterSaysNothing() {
    assertThat(Fold.folded(" - ")).isNull();
    assertThat(Fold.folded(null)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "Mohammed, محمد",
    "Muhammad, محمد",
    "Youssef, يوسف",
    "Yusuf, يوسف",
    "Khaled, خالد",
    "Sherif, شريف",
    "Ali, علي",
    "Alexander, Александр",
    "Julia, Юлия",
    "Yulia, Юлия",
    "Sergey, Сергей",
    "Shevchenko, Шевченко",
    "Wladimir, Владимир",
    "Natalia, Наталья"
  })
  void namesOfTwoScriptsHaveTheSameConsonants(String latin, String other) {
    assertThat(Fold.skeleton(Fold.folded(latin))).isEqualTo(Fold.skeleton(Fold.folded(other)));
  }

  @Test
  void differentNamesKeepDifferentConsonants() {
    assertThat(Fold.skeleton("anna")).isNotEqualTo(Fold.skeleton("anton"));
    assertThat(Fold.skeleton("ali")).isNotEqualTo(Fold.skeleton("omar"));
  }
}
