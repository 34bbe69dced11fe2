package io.itinera.jobs.config;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.persona.PersonaRules;
import io.itinera.core.persona.PersonaVocabulary;
import io.itinera.core.persona.PersonaWords;
import io.itinera.core.persona.Phrase;
import io.itinera.core.source.LabelRules;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.Touchpoints;
import io.itinera.core.value.ReasonWords;
import io.itinera.testing.SparkExtension;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the shipped expressions make of rows. */
@ExtendWith(SparkExtension.class)
class ReferenceTest {

  private static final ItineraConfig SHIPPED = ConfigReader.read(List.of(), Map.of(), Map.of());

  @Test
  void everyTouchpointIsInAStage(SparkSession spark) {
    String touches =
        """
        ('ad', 'ad_impression', NULL, NULL, 'awareness'),
        ('web', 'page_view', NULL, NULL, 'awareness'),
        ('web', 'product_view', NULL, NULL, 'consideration'),
        ('web', 'add_to_cart', NULL, NULL, 'consideration'),
        ('email', 'email_click', NULL, NULL, 'consideration'),
        ('chat', 'chat', NULL, NULL, 'consideration'),
        ('web', 'purchase', NULL, NULL, 'conversion'),
        ('store', 'refund', NULL, NULL, 'retention'),
        ('call', 'call', NULL, NULL, 'retention'),
        ('crm', 'complaint', NULL, NULL, 'retention'),
        ('survey', 'survey_response', 'nps', 8D, 'retention'),
        ('survey', 'survey_response', 'nps', 9D, 'advocacy'),
        ('survey', 'survey_response', 'csat', 10D, 'retention'),
        ('web', 'review', NULL, NULL, 'advocacy'),
        (NULL, NULL, NULL, NULL, 'awareness')\
        """;

    assertLabels(
        spark.sql(
            "SELECT * FROM VALUES %s AS t(channel, type, rating_scale, rating, expected)"
                .formatted(touches)),
        SHIPPED.raw().stages());
  }

  @Test
  void predicatesOfLabelsFitTouchpoints(SparkSession spark) {
    Dataset<Row> none = spark.createDataFrame(List.of(), Touchpoints.TABLE.schema());

    assertThat(
            none.select(label(SHIPPED.raw().stages()), label(SHIPPED.raw().marketingChannels()))
                .schema()
                .fields())
        .extracting(StructField::dataType)
        .containsOnly(DataTypes.StringType);
  }

  @Test
  void featuresAreNumbersMadeOfCustomerDays(SparkSession spark) {
    StructType days = CustomerDays.TABLE.schema().add("days_ago", DataTypes.IntegerType);
    Column[] features =
        SHIPPED.personas().features().entrySet().stream()
            .map(feature -> expr(feature.getValue().sql()).cast("double").as(feature.getKey()))
            .toArray(Column[]::new);

    Row row =
        spark
            .createDataFrame(List.of(), days)
            .agg(features[0], Arrays.copyOfRange(features, 1, features.length))
            .first();

    assertThat(row.size()).isBetween(12, 30);
  }

  @Test
  void reasonsAreToldInAllLanguagesOfTheReport(@TempDir Path folder) {
    assertThat(SHIPPED.value().words()).isEqualTo(ReasonWords.ENGLISH);
    for (String language : List.of("ru", "ar")) {
      ReasonWords words =
          ConfigText.read(folder, "itinera.personas.language = " + language).value().words();
      assertThat(words.phrases().keySet())
          .containsAll(
              Stream.of(ReasonWords.Phrase.values())
                  .filter(phrase -> !phrase.name().endsWith("_ONE"))
                  .toList());
    }
  }

  @Test
  void personasAreToldInAllLanguagesOfTheReport() {
    PersonaRules personas = SHIPPED.personas();
    PersonaVocabulary vocabulary = personas.use().units().vocabulary();

    assertThat(vocabulary.languages()).containsOnlyKeys(ReportRules.LANGUAGES);
    for (String language : List.of("ru", "ar")) {
      PersonaWords words = vocabulary.in(language);
      assertThat(words.names()).containsOnlyKeys(vocabulary.in("en").names().keySet());
      assertThat(words.features()).containsOnlyKeys(personas.features().keySet());
      assertThat(words.phrases()).containsOnlyKeys(Phrase.values());
    }
  }

  private static void assertLabels(Dataset<Row> touches, LabelRules rules) {
    List<Row> wrong =
        touches.withColumn("found", label(rules)).where("NOT (found <=> expected)").collectAsList();
    assertThat(wrong).isEmpty();
  }

  /** The label that the rules give a row. */
  static Column label(LabelRules rules) {
    String cases =
        rules.rules().stream()
            .map(rule -> "WHEN %s THEN '%s'".formatted(rule.predicate(), rule.label()))
            .collect(Collectors.joining(" "));
    String otherwise = rules.otherwise() == null ? "NULL" : "'%s'".formatted(rules.otherwise());
    return expr("CASE %s ELSE %s END".formatted(cases, otherwise));
  }
}
