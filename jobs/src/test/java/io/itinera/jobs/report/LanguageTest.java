package io.itinera.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.jobs.config.ReportRules;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LanguageTest {

  private static final Language ENGLISH = Language.of("en", "EUR");
  private static final Language RUSSIAN = Language.of("ru", "EUR");
  private static final Language ARABIC = Language.of("ar", "EUR");

  private static final Pattern PLACE = Pattern.compile("\\{\\d}");

  @Test
  void everyTextStandsInEveryLanguage() {
    for (String code : ReportRules.LANGUAGES) {
      assertThat(Language.of(code, "EUR").texts().keySet())
          .as(code)
          .isEqualTo(ENGLISH.texts().keySet());
    }
  }

  /** A noun beside one thing may leave the number out. */
  @Test
  void textsHaveTheSamePlacesForValuesInEveryLanguage() {
    for (Language language : List.of(RUSSIAN, ARABIC)) {
      ENGLISH
          .texts()
          .forEach(
              (key, text) -> {
                if (!key.startsWith("noun.")) {
                  assertThat(places(language.text(key))).as(key).isEqualTo(places(text));
                }
              });
    }
  }

  private static Set<String> places(String text) {
    return PLACE
        .matcher(text)
        .results()
        .map(found -> found.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void noTextIsEmptyOrLeftInEnglish() {
    ENGLISH
        .texts()
        .forEach(
            (key, text) -> {
              if (key.startsWith("sentence.") || key.endsWith(".caption")) {
                assertThat(RUSSIAN.text(key)).as(key).isNotBlank().isNotEqualTo(text);
                assertThat(ARABIC.text(key)).as(key).isNotBlank().isNotEqualTo(text);
              }
            });
  }

  @Test
  void everyFigureHasTitleCaptionAndHeadings() {
    ReportRules rules = new ReportRules(false, false, "unused", List.of("en"), 30, 5, true);
    Scope scope = new Scope(LocalDate.of(2026, 1, 31), rules, 365);
    for (Page page : Pages.ALL) {
      assertThat(ENGLISH.text("page.%s.title".formatted(page.name()))).isNotBlank();
      assertThat(ENGLISH.text("page.%s.lead".formatted(page.name()))).isNotBlank();
      for (Figure figure : page.figures(scope)) {
        FigureView view = FigureView.of(page, new Finding(figure, List.of()), ENGLISH);
        assertThat(view.title()).isNotBlank();
        assertThat(view.caption()).isNotBlank();
        figure.fields().forEach(field -> assertThat(view.heading(field)).isNotBlank());
      }
    }
  }

  @Test
  void nounsFollowTheirNumbers() {
    assertThat(counted(ENGLISH, 1, 2)).containsExactly("1 customer", "2 customers");
    assertThat(counted(RUSSIAN, 1, 3, 11, 12, 21, 105))
        .containsExactly(
            "1 клиент", "3 клиента", "11 клиентов", "12 клиентов", "21 клиент", "105 клиентов");
    assertThat(counted(ARABIC, 1, 3, 11, 100))
        .containsExactly("عميل واحد", "٣ عملاء", "١١ عميلًا", "١٠٠ عميل");
  }

  private static List<String> counted(Language language, int... numbers) {
    return IntStream.of(numbers).mapToObj(number -> language.counted("customers", number)).toList();
  }

  @Test
  void numbersAndDatesAreWrittenAsTheLanguageDoes() {
    Map<String, String> shown = new TreeMap<>();
    Function<Language, String> all =
        language ->
            String.join(
                " | ",
                language.shown(Measure.COUNT, 12345L),
                language.shown(Measure.SHARE, 0.0625),
                language.shown(Measure.DATE, "2026-01-31"),
                language.shown(Measure.SECONDS, 5400.0));
    shown.put("en", all.apply(ENGLISH));
    shown.put("ru", all.apply(RUSSIAN));
    shown.put("ar", all.apply(ARABIC));

    assertThat(shown.get("en")).isEqualTo("12,345 | 6.3% | 31 Jan 2026 | 90 min");
    assertThat(shown.get("ru").replaceAll("[\u00a0\u202f]", " "))
        .isEqualTo("12 345 | 6,3 % | 31 янв. 2026 г. | 90 мин");
    assertThat(shown.get("ar")).startsWith("١٢٬٣٤٥ | ٦٫٣٪");
  }

  @Test
  void stepsOfPathsHaveNamesAndAnArrowInTheDirectionOfReading() {
    assertThat(ENGLISH.word("web > email:email_open")).isEqualTo("Web → E-mail · E-mail opened");
    assertThat(ARABIC.word("web > store")).isEqualTo("الموقع ← المتجر");
    assertThat(ENGLISH.word("items_per_order")).isEqualTo("items per order");
    assertThat(ENGLISH.word("/Unknown Page")).isEqualTo("/Unknown Page");
  }
}
