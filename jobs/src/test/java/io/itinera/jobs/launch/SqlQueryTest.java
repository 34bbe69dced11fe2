package io.itinera.jobs.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.itinera.testing.SparkExtension;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class SqlQueryTest {

  @Test
  void answerIsHandedOn(SparkSession spark) throws Exception {
    List<Row> rows = new ArrayList<>();

    new SqlQuery("SELECT 1 AS one").run(spark, found -> rows.addAll(found.collectAsList()));

    assertThat(rows).singleElement().extracting(row -> row.get(0)).isEqualTo(1);
  }

  @Test
  void syntaxErrorIsPointedAt(SparkSession spark) {
    assertThatThrownBy(() -> run(spark, "SELECT 1\nFROMM range(3)"))
        .isInstanceOf(MisuseException.class)
        .hasMessageStartingWith("SQL, line 2, column ")
        .hasMessageContaining("  FROMM range(3)\n")
        .hasMessageEndingWith("^");
  }

  @Test
  void unknownColumnIsNamedWithItsPlace(SparkSession spark) {
    assertThatThrownBy(() -> run(spark, "SELECT idd FROM range(3)"))
        .isInstanceOf(MisuseException.class)
        .hasMessageMatching(
            "(?s)SQL, line 1, column 8: .*`idd` cannot be resolved.*`id`.*\n"
                + "  SELECT idd FROM range\\(3\\)\n {9}\\^")
        .hasMessageNotContainingAny("SQLSTATE", "[UNRESOLVED", "Project");
  }

  @Test
  void valueThatCannotBeReadIsTheQuerysFault(SparkSession spark) {
    assertThatThrownBy(() -> run(spark, "SELECT CAST(concat('x', id) AS INT) FROM range(1)"))
        .isInstanceOf(MisuseException.class)
        .hasMessageContaining("'x0'")
        .hasMessageNotContainingAny("SQLSTATE", "\tat ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DROP TABLE sessions",
        "DELETE FROM sessions",
        "UPDATE sessions SET channel = 'x'",
        "INSERT INTO sessions SELECT 1",
        "WITH x AS (SELECT 1) INSERT INTO sessions SELECT * FROM x",
        "CREATE TABLE t AS SELECT 1",
        "SET spark.sql.ansi.enabled = false"
      })
  void whatWouldChangeSomethingIsRefused(String statement, SparkSession spark) {
    assertThatThrownBy(() -> run(spark, statement))
        .isInstanceOf(MisuseException.class)
        .hasMessageContaining("nothing was changed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SHOW TABLES",
        "DESCRIBE FUNCTION sum",
        "EXPLAIN SELECT 1",
        "VALUES (1)",
        "WITH x AS (SELECT 1 AS a) SELECT a FROM x",
        "FROM range(3) SELECT id",
        "SELECT 1;"
      })
  void questionsAreAnswered(String statement, SparkSession spark) throws Exception {
    run(spark, statement);
  }

  @Test
  void failureThatIsNotTheQuerysIsNoMisuse(SparkSession spark) {
    SqlQuery query = new SqlQuery("SELECT 1");

    assertThatThrownBy(
            () ->
                query.run(
                    spark,
                    rows -> {
                      throw new IllegalStateException("disk full");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("disk full");
  }

  private static void run(SparkSession spark, String text) throws Exception {
    new SqlQuery(text).run(spark, rows -> rows.collectAsList());
  }
}
