package io.itinera.core.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.value.ReasonWords.Phrase;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Why somebody may order nothing, in words. */
class ReasonWordsTest {

  private static final ReasonWords RUSSIAN =
      new ReasonWords(
          Map.of(
              Phrase.RETURN, "возвратов: {0}",
              Phrase.RETURN_NONE, "ни одного возврата",
              Phrase.ORDERING, "заказов: {0}, недавно: {1}"));

  @Test
  void noneOneAndManyAreToldApart() {
    assertThat(ReasonWords.ENGLISH.count(0, Phrase.RETURN))
        .isEqualTo("no return in the last 90 days");
    assertThat(ReasonWords.ENGLISH.count(1, Phrase.RETURN))
        .isEqualTo("1 return in the last 90 days");
    assertThat(ReasonWords.ENGLISH.count(2, Phrase.RETURN))
        .isEqualTo("2 returns in the last 90 days");
  }

  @Test
  void whatALanguageLacksIsToldAsOfManyOrElseInEnglish() {
    assertThat(RUSSIAN.count(0, Phrase.RETURN)).isEqualTo("ни одного возврата");
    assertThat(RUSSIAN.count(1, Phrase.RETURN)).isEqualTo("возвратов: 1");
    assertThat(RUSSIAN.count(1, Phrase.COMPLAINT)).isEqualTo("1 complaint in the last 90 days");
    assertThat(RUSSIAN.say(Phrase.ORDERING, 12, 3)).isEqualTo("заказов: 12, недавно: 3");
    assertThat(RUSSIAN.tell(Phrase.SPEND, "9.50")).isEqualTo("9.50 spent per order");
  }
}
