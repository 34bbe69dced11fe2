package io.itinera.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.persona.Unit;
import io.itinera.core.table.CustomerPersonas;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.PersonaTraits;
import io.itinera.core.table.Personas;
import io.itinera.core.table.Tables;
import io.itinera.jobs.config.ConfigReader;
import io.itinera.jobs.config.ReportRules;
import io.itinera.jobs.lake.Lake;
import io.itinera.testing.SparkExtension;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class PersonasPageTest {

  private static final LocalDate NIGHT = LocalDate.of(2026, 1, 31);
  private static final List<Page> PAGE = List.of(new PersonasPage());

  @Test
  void featuresAreShownInTheUnitsOfTheConfiguration(SparkSession spark, @TempDir Path warehouse) {
    Lake lake = new Lake(spark.newSession(), warehouse.toString());
    List.of(Personas.TABLE, CustomerPersonas.TABLE, PersonaTraits.TABLE, Journeys.TABLE)
        .forEach(lake::create);
    lake.append(
        Personas.TABLE,
        spark
            .createDataFrame(List.<Row>of(), Personas.TABLE.schema())
            .unionByName(
                spark.sql(
                    """
                    SELECT DATE'2026-01-31' AS as_of, 'p1' AS persona_id, 'Store regulars' AS name,
                      10L AS customers_count, 1D AS share, array(
                        named_struct('feature', 'web_share', 'persona_mean', 0.42D,
                          'population_mean', 0.1D, 'z', 2D),
                        named_struct('feature', 'basket_value', 'persona_mean', 64.2D,
                          'population_mean', 48D, 'z', 1.5D),
                        named_struct('feature', 'it\\'s', 'persona_mean', 12D,
                          'population_mean', 48D, 'z', -1D),
                        named_struct('feature', 'of_before', 'persona_mean', 3D,
                          'population_mean', 2D, 'z', 0.5D)) AS distinguishing_features
                    """),
                true));
    Map<String, Unit> units =
        Map.of("web_share", Unit.SHARE, "basket_value", Unit.MONEY, "it's", Unit.DAYS);
    ReportRules rules = new ReportRules(false, false, "unused", List.of("en"), 30, 1, true);

    Finding features =
        new AskTables(lake, Tables.ALL, ZoneOffset.UTC)
            .ask(PAGE, new Scope(NIGHT, rules, 365, units))
            .of("personas", "features");

    Language english = Language.of("en", "EUR");
    assertThat(
            IntStream.of(features.places())
                .mapToObj(
                    row ->
                        "%s %s: %s"
                            .formatted(
                                features.text(row, "feature"),
                                features.text(row, "unit"),
                                english.figure(
                                    features.text(row, "unit"),
                                    features.value(row, "persona_mean"))))
                .map(told -> told.replaceAll("[\u2068\u2069]", "")))
        .containsExactly(
            "web_share (share): 42%",
            "basket_value (money): 64.20\u00a0EUR",
            "it's (days): 12.0 days",
            "of_before (number): 3");

    Language russian =
        Language.of("ru", "EUR")
            .with(
                ConfigReader.read(List.of(), Map.of(), Map.of())
                    .personas()
                    .use()
                    .units()
                    .vocabulary(),
                Set.of("web_share", "basket_value"));
    assertThat(
            russian
                .described(features, "p1")
                .replaceAll("[\u2068\u2069]", "")
                .replace('\u00a0', ' '))
        .isEqualTo(
            "Доля сайта — намного выше (42 % против 10 %), средний чек — намного выше (64,20 EUR"
                + " против 48,00 EUR), it's — намного меньше (12,0 дн. против 48,0 дн.),"
                + " of before — выше (3 против 2).");
    assertThat(russian.word("Store regulars")).isEqualTo("Завсегдатаи магазина");
    assertThat(russian.word("High web share, low basket value"))
        .isEqualTo("Доля сайта — высоко, средний чек — низко");
    assertThat(english.word("Store regulars")).isEqualTo("Store regulars");
  }
}
