package io.itinera.jobs.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.jobs.screen.SqlFormat.Limits;
import io.itinera.testing.SparkExtension;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class SqlFormatTest {

  private static final String MIXED =
      """
      SELECT * FROM VALUES
        (1, 'a,"b"', DATE '2024-01-31', array(1, 2)),
        (2, '', NULL, NULL)
        AS t(n, text, day, list)
      ORDER BY n
      """;

  @Test
  void tableShowsNullsAndCountsRows(SparkSession spark) {
    assertThat(written(spark, SqlFormat.TABLE, MIXED, new Limits(10, 40)))
        .isEqualTo(
            """
            n  text   day         list
            -  -----  ----------  ------
            1  a,"b"  2024-01-31  [1, 2]
            2         NULL        NULL
            2 rows
            """);
  }

  @Test
  void tableOfExactlyTheLimitIsWhole(SparkSession spark) {
    assertThat(written(spark, SqlFormat.TABLE, "SELECT id FROM range(2)", new Limits(2, 0)))
        .endsWith("1\n2 rows\n");
  }

  @Test
  void tableBeyondTheLimitSaysSo(SparkSession spark) {
    assertThat(written(spark, SqlFormat.TABLE, "SELECT id FROM range(3)", new Limits(2, 0)))
        .endsWith("1\nThe first 2 rows; --limit 0 shows all.\n");
  }

  @Test
  void csvQuotesWhatNeedsItAndIsComplete(SparkSession spark) {
    assertThat(written(spark, SqlFormat.CSV, MIXED, new Limits(1, 2)))
        .isEqualTo(
            """
            n,text,day,list
            1,"a,""b""\",2024-01-31,"[1, 2]"
            2,"",,
            """);
  }

  @Test
  void jsonKeepsTypesAndNulls(SparkSession spark) {
    assertThat(written(spark, SqlFormat.JSON, MIXED, new Limits(1, 2)))
        .isEqualTo(
            """
            {"n":1,"text":"a,\\"b\\"","day":"2024-01-31","list":[1,2]}
            {"n":2,"text":"","day":null,"list":null}
            """);
  }

  @Test
  void columnsMayShareAName(SparkSession spark) {
    assertThat(written(spark, SqlFormat.CSV, "SELECT 1 AS a, 2 AS a", new Limits(0, 0)))
        .isEqualTo("a,a\n1,2\n");
  }

  private static String written(SparkSession spark, SqlFormat format, String query, Limits limits) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    format.write(spark.sql(query), limits, out);
    out.flush();
    return text.toString();
  }
}
