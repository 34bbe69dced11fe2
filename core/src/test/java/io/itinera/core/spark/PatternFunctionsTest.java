package io.itinera.core.spark;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.source.RawRecords;
import io.itinera.testing.SparkExtension;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class PatternFunctionsTest {

  private static final List<String> EXPRESSIONS =
      List.of(
          "t RLIKE 'b+'",
          "NOT t RLIKE '^$'",
          "regexp_like(t, '(?i)B')",
          "t LIKE '%a%b%'",
          "t LIKE '_b%'",
          "t NOT LIKE 'a%b%c'",
          "t LIKE '%\\\\_%x%'",
          "regexp_extract(t, '(b)(c)?')",
          "regexp_extract(t, '(b)(c)?', 2)",
          "regexp_extract(t, 'a(.*)', 0)",
          "regexp_extract_all(t, '[a-c]', 0)",
          "regexp_extract_all(t, '([a-c])(x)?', 2)",
          "regexp_replace(t, '(b)', '<$1>')",
          "regexp_replace(t, '$', '!')",
          "regexp_count(t, 'b')",
          "regexp_instr(t, 'b')",
          "regexp_substr(t, 'b+c')",
          "split(t, '[,b]')",
          "split(t, '[,b]', 2)",
          "split(t, '(?=b)')",
          "transform(split(t, ','), x -> regexp_replace(x, '[ab]', x))",
          "regexp_replace(t, substr(t, 1, 1), '-')",
          "regexp_extract(length(t), '[0-9]', 0)",
          "regexp_replace(t, 'b', '-', 1)",
          "regexp_replace(t, '^b', '<$0>', 2)",
          "regexp_replace(t, '(?<=a)b|$', '-', 2)",
          "regexp_replace(t, 'b', '-', 9)",
          "t LIKE concat('%', substr(t, 2, 1), '%', 'c')",
          "t LIKE 'a!_%c' ESCAPE '!'",
          "t ILIKE '_B%'",
          "t NOT ILIKE '%Ä%b_'",
          "t ILIKE upper(t)",
          "t LIKE ANY ('a%b%', 'b_%c')",
          "t NOT LIKE ANY ('a%b%', 'b_%c')",
          "t LIKE ALL ('%_b%', '%b_')",
          "t NOT LIKE ALL ('%_x', '%_b_')",
          "t ILIKE ANY ('%_B%', concat('Ä', '%'))",
          "like(t, '_b%')",
          "ilike(t, '_B%')",
          "like(t, 'a!_%', '!')");

  /** Spark does these without a regular expression. */
  private static final List<String> PLAIN =
      List.of(
          "t LIKE '%b%'",
          "t LIKE ANY ('%b%', 'a%')",
          "t NOT LIKE ANY ('%b%', NULL)",
          "t LIKE ALL ('%b%', NULL)",
          "split(t, ',')",
          "split(t, '')");

  @Test
  void functionsGiveWhatSparksOwnGive(SparkSession spark) {
    Dataset<Row> texts =
        spark
            .createDataset(List.of("abc", "", "bb,bc", "a_x", "ÄöbÜ", "a\nb\n"), Encoders.STRING())
            .selectExpr("value AS t", "CAST(NULL AS STRING) AS " + RawRecords.PROBLEM)
            .union(spark.sql("SELECT CAST(NULL AS STRING), CAST(NULL AS STRING)"));
    List<String> all = Stream.concat(EXPRESSIONS.stream(), PLAIN.stream()).toList();
    List<Row> guarded = values(texts, all, Expressions::guarded);
    List<Row> own = values(texts, all, text -> expr(text));
    assertThat(own).hasSize(7);
    for (int i = 0; i < all.size(); i++) {
      int place = i;
      assertThat(guarded.stream().map(row -> row.get(place)).toList().toString())
          .as(all.get(i))
          .isEqualTo(own.stream().map(row -> row.get(place)).toList().toString());
    }
  }

  private static List<Row> values(
      Dataset<Row> texts, List<String> expressions, Function<String, Column> read) {
    return texts.select(expressions.stream().map(read).toArray(Column[]::new)).collectAsList();
  }

  @Test
  void noneOfSparksOwnMatchingIsLeft() throws Exception {
    for (String text : EXPRESSIONS) {
      String left =
          PatternFunctions.madeSafe(new CatalystSqlParser().parseExpression(text)).toString();
      assertThat(Stream.of("rlike", "regexp", "LIKE").filter(left::contains)).as(left).isEmpty();
      assertThat(left).contains("pattern");
    }
  }

  @Test
  void tooHardATextGivesNull(SparkSession spark) {
    Dataset<Row> row =
        spark
            .range(1)
            .selectExpr("repeat('ab', 9000) AS t", "CAST(NULL AS STRING) AS " + RawRecords.PROBLEM);

    assertThat(row.select(Expressions.guarded("t RLIKE '(?<!x)(a|b)*c'")).head().isNullAt(0))
        .isTrue();
    assertThat(row.select(Expressions.guarded("t RLIKE '(a|b)*c'")).head().getBoolean(0)).isFalse();
    assertThat(
            row.select(Expressions.guarded("regexp_replace(t, '(?<!x)(a|b)*c', '', 2)"))
                .head()
                .isNullAt(0))
        .isTrue();
  }

  @Test
  void likeEndsOnTextsThatNearlyMatch(SparkSession spark) {
    String many = "%a".repeat(12) + "%c";
    Dataset<Row> row =
        spark
            .range(1)
            .selectExpr(
                "repeat('ab', 9000) AS t",
                "'%s' AS many".formatted(many),
                "CAST(NULL AS STRING) AS " + RawRecords.PROBLEM);

    for (String text :
        List.of(
            "t LIKE '%s'".formatted(many),
            "t LIKE many",
            "t ILIKE '%s'".formatted(many),
            "like(t, '%s')".formatted(many),
            "t LIKE ANY ('x_%%', '%s')".formatted(many),
            "NOT (t NOT LIKE ALL ('x_%%', '%s'))".formatted(many))) {
      assertThat(row.select(Expressions.guarded(text)).head().getBoolean(0)).as(text).isFalse();
    }
  }
}
