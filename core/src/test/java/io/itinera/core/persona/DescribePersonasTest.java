package io.itinera.core.persona;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DescribePersonasTest {

  private static final Map<String, String> NAMES =
      Map.of("store_visits", "Store regulars", "complaints", "Callers with complaints");

  @Test
  void personaIsCalledByTheFeatureThatStandsOutMostOnceAndElseByWhatTellsItApart() {
    List<List<Contrast>> personas =
        List.of(
            List.of(new Contrast("store_visits", 6, 3, 0.9), new Contrast("orders", 5, 3, 0.8)),
            List.of(new Contrast("store_visits", 9, 3, 2), new Contrast("orders", 5, 3, 0.7)),
            List.of(new Contrast("orders", 1, 3, -1.1), new Contrast("complaints", 4, 1, 1)),
            List.of(new Contrast("complaints", 1.1, 1, 0.3), new Contrast("orders", 2, 3, -0.3)));

    assertThat(DescribePersonas.names(personas, NAMES, PersonaWords.ENGLISH))
        .containsExactly(
            "Many store visits, many orders",
            "Store regulars",
            "Callers with complaints",
            "Many complaints, few orders");
  }

  @Test
  void figuresAreToldInTheUnitsOfTheirFeatures() {
    FeatureUnits units =
        new FeatureUnits(
            Map.of(
                "spend", Unit.MONEY,
                "loyalty", Unit.SHARE,
                "silence", Unit.DAYS,
                "time_on_hold", Unit.SECONDS,
                "bounce_rate", Unit.NUMBER),
            "EUR");

    assertThat(
            DescribePersonas.description(
                List.of(
                    new Contrast("spend", 1234.5, 48.2, 1.5),
                    new Contrast("loyalty", 0.42, 0.1, 0.9),
                    new Contrast("silence", 12.5, 62.25, -0.8),
                    new Contrast("time_on_hold", 90, 600, -0.7),
                    new Contrast("bounce_rate", 3, 2, 0.6),
                    new Contrast("web_share", 0.071, 0.5, -0.5),
                    new Contrast("orders", 0, 2.25, -0.4)),
                units))
        .isEqualTo(
            "Far higher spend (1,234.50 EUR against 48.20 EUR), higher loyalty (42 % against 10 %),"
                + " lower silence (12.5 days against 62.3 days),"
                + " lower time on hold (90.0 seconds against 10.0 minutes),"
                + " higher bounce rate (3.00 against 2.00), lower web share (7 % against 50 %),"
                + " no orders (0 against 2.25).");
  }

  @Test
  void wordsOfAnotherLanguageTakeThePlaceOfEnglishOnes() {
    PersonaWords russian =
        new PersonaWords(
            Map.of("store_visits", "Завсегдатаи магазина"),
            Map.of("orders", "заказы", "time_on_hold", "ожидание"),
            Map.of(
                Phrase.FEW, "{0} — мало",
                Phrase.FAR_FEWER, "{0} — намного меньше ({1} против {2})",
                Phrase.HIGHER, "{0} — больше ({1} против {2})",
                Phrase.MINUTES, "{0} мин"));
    FeatureUnits units =
        new FeatureUnits(
            Map.of("time_on_hold", Unit.SECONDS),
            "EUR",
            new PersonaVocabulary("ru", Map.of("ru", russian)));
    List<Contrast> contrasts =
        List.of(new Contrast("orders", 1, 3, -1.1), new Contrast("time_on_hold", 600, 300, 0.5));

    assertThat(DescribePersonas.description(contrasts, units))
        .isEqualTo(
            "Заказы — намного меньше (1.00 против 3.00),"
                + " ожидание — больше (10.0 мин против 5.00 мин).");
    assertThat(DescribePersonas.names(List.of(contrasts), Map.of(), russian))
        .as("what is missing is English")
        .containsExactly("Заказы — мало, high ожидание");
  }

  @Test
  void namesAreToldInAnotherLanguage() {
    PersonaWords english = new PersonaWords(NAMES, Map.of(), Map.of());
    PersonaWords russian =
        new PersonaWords(
            Map.of("store_visits", "Завсегдатаи магазина"),
            Map.of("orders", "заказы"),
            Map.of(Phrase.FEW, "{0} — мало", Phrase.MANY, "{0} — много", Phrase.AND, "; "));
    TranslateNames translate = new TranslateNames(english, russian, Set.of("orders", "complaints"));

    assertThat(translate.of("Store regulars")).contains("Завсегдатаи магазина");
    assertThat(translate.of("Few orders, many complaints (2)"))
        .contains("Заказы — мало; complaints — много (2)");
    assertThat(translate.of("Callers with complaints")).as("no name there").isEmpty();
    assertThat(translate.of("web")).isEmpty();
    assertThat(translate.of("")).isEmpty();
  }
}
