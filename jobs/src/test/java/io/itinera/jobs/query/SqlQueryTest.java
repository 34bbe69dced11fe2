package io.itinera.jobs.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.itinera.jobs.process.MisuseException;
import io.itinera.testing.SparkExtension;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
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

    query("SELECT 1 AS one").run(spark, found -> rows.addAll(found.collectAsList()));

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
        .hasMessageContaining("cannot be cast to \"INT\"")
        .hasMessageContaining("In: CAST(concat('x', id) AS INT)")
        .hasMessageNotContainingAny("x0", "SQLSTATE", "\tat ");
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
        "SET spark.sql.ansi.enabled = false",
        "RESET",
        "EXECUTE IMMEDIATE 'DELETE FROM sessions'",
        "EXECUTE IMMEDIATE 'SELECT 1'",
        "EXPLAIN EXECUTE IMMEDIATE 'DELETE FROM sessions'",
        "INSERT OVERWRITE DIRECTORY '/tmp/out' USING csv SELECT 1",
        "INSERT OVERWRITE LOCAL DIRECTORY '/tmp/out' USING csv SELECT 1",
        "CALL system.run('x')",
        "BEGIN DELETE FROM sessions; END",
        "BEGIN SELECT 1; SELECT 2; END",
        "MERGE INTO sessions USING (SELECT 1 AS x) AS new ON true WHEN MATCHED THEN DELETE",
        "TRUNCATE TABLE sessions",
        "OPTIMIZE sessions",
        "VACUUM sessions",
        "RESTORE TABLE sessions TO VERSION AS OF 1",
        "ALTER TABLE sessions SET TBLPROPERTIES ('a' = 'b')",
        "CREATE FUNCTION f AS 'java.lang.Runtime'",
        "CREATE TEMPORARY FUNCTION f AS 'java.lang.Runtime' USING JAR '/tmp/x.jar'",
        "CREATE OR REPLACE TEMPORARY FUNCTION f() RETURNS INT RETURN 1",
        "CREATE TEMPORARY VIEW v USING csv OPTIONS (path '/etc/passwd')",
        "CREATE TEMPORARY VIEW v AS SELECT 1",
        "DECLARE VARIABLE x INT DEFAULT 1",
        "SET VAR x = 1",
        "LOAD DATA INPATH '/etc/passwd' INTO TABLE sessions",
        "CACHE TABLE t AS SELECT 1",
        "UNCACHE TABLE t",
        "CLEAR CACHE",
        "REFRESH '/etc'",
        "REFRESH TABLE sessions",
        "ADD JAR '/tmp/x.jar'",
        "LIST JARS",
        "USE itinera",
        "SELECT TRANSFORM (a) USING 'cat' AS (b) FROM VALUES (1) AS t(a)",
        "FROM (SELECT 1 AS a) INSERT INTO sessions SELECT a"
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
        "SELECT 1;",
        "SELECT id, row_number() OVER w AS n FROM range(3) WINDOW w AS (ORDER BY id)",
        "SELECT id, sum(id) OVER (PARTITION BY id % 2 ORDER BY id) FROM range(9)",
        "SELECT * FROM range(3) AS t WHERE id = (SELECT max(id) FROM range(2))",
        "SELECT * FROM range(3) WHERE id IN (SELECT id FROM range(2)) OR EXISTS (SELECT 1)",
        "SELECT k, v FROM (SELECT map('a', 1) AS m) LATERAL VIEW explode(m) AS k, v",
        "SELECT * FROM range(2) AS a, LATERAL (SELECT a.id + 1 AS next)",
        "SELECT id % 2 AS odd, count(*) FROM range(9) GROUP BY ALL HAVING count(*) > 1 ORDER BY"
            + " ALL",
        "SELECT id, count(*) FROM range(3) GROUP BY ROLLUP (id) LIMIT 2 OFFSET 1",
        "SELECT * FROM (SELECT id FROM range(9)) TABLESAMPLE (3 ROWS)",
        "SELECT * FROM (SELECT 1 AS a, 2 AS b) PIVOT (sum(b) FOR a IN (1, 2))",
        "SELECT * FROM (SELECT 1 AS a, 2 AS b) UNPIVOT (v FOR name IN (a, b))",
        "SELECT id FROM range(9) QUALIFY row_number() OVER (ORDER BY id) = 1",
        "SELECT 1 UNION ALL SELECT 2 EXCEPT SELECT 3 INTERSECT SELECT 4",
        "SELECT /*+ BROADCAST(a) */ a.id FROM range(3) AS a JOIN range(3) AS b USING (id)",
        "SELECT DISTINCT transform(array(1, 2), x -> x + 1), current_user(), version()",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4) SELECT * FROM"
            + " n",
        "FROM range(3) |> WHERE id > 0 |> AGGREGATE count(*) AS n",
        "EXPLAIN WITH x AS (SELECT 1 AS a) SELECT a FROM x",
        "SHOW FUNCTIONS LIKE 'su*'",
        "SHOW DATABASES",
        "DESCRIBE QUERY SELECT 1 AS one",
        "SELECT * FROM explode(array(1, 2))"
      })
  void questionsAreAnswered(String statement, SparkSession spark) throws Exception {
    run(spark, statement);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT java_method('java.lang.System', 'getenv', 'HOME')",
        "SELECT reflect('java.lang.Runtime', 'getRuntime')",
        "SELECT try_reflect('java.lang.System', 'exit', 1)",
        "SELECT id FROM range(3) WHERE reflect('java.lang.System', 'getenv', 'HOME') = '/'",
        "SELECT (SELECT java_method('java.lang.System', 'getenv', 'HOME'))",
        "SELECT builtin.java_method('java.lang.System', 'getenv', 'HOME')",
        "WITH x AS (SELECT reflect('java.lang.System', 'getenv', 'HOME') AS h) SELECT h FROM x",
        "SELECT from_protobuf(x'00', 'm', '/etc/passwd')",
        "SELECT * FROM python_worker_logs()",
        "SELECT * FROM table_changes_by_path('/data/t', 1)"
      })
  void functionsThatReachBeyondTheTablesAreRefused(String statement, SparkSession spark) {
    assertThatThrownBy(() -> run(spark, statement))
        .isInstanceOf(MisuseException.class)
        .hasMessageContaining("it reaches beyond the tables");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM parquet.`/etc/x`",
        "SELECT * FROM csv.`/etc/passwd`",
        "SELECT * FROM text.`file:///etc/passwd`",
        "SELECT * FROM delta.`/data/t`",
        "SELECT * FROM delta.`/data/t` VERSION AS OF 1",
        "SELECT * FROM spark_catalog.json.`/etc/x`",
        "SELECT * FROM itinera.`/etc/x`",
        "SELECT 1 WHERE EXISTS (SELECT * FROM csv.`/etc/passwd`)",
        "WITH x AS (SELECT * FROM csv.`/etc/passwd`) SELECT * FROM x",
        "SELECT * FROM range(1) JOIN LATERAL (SELECT * FROM csv.`/etc/passwd`)",
        "EXPLAIN SELECT * FROM csv.`/etc/passwd`",
        "DESCRIBE QUERY SELECT * FROM csv.`/etc/passwd`",
        "SELECT x -> (SELECT count(*) FROM csv.`/etc/passwd`)",
        "SELECT * FROM VALUES ((SELECT count(*) FROM csv.`/etc/passwd`))",
        "DESCRIBE TABLE delta.`/data/t`",
        "SELECT * FROM other.sessions",
        "SELECT * FROM table_changes('delta.`/data/t`', 1)"
      })
  void filesAreNotReadByTheirPaths(String statement, SparkSession spark) {
    assertThatThrownBy(() -> run(spark, statement))
        .isInstanceOf(MisuseException.class)
        .hasMessageStartingWith("Only the tables of the warehouse are read here");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM IDENTIFIER('csv.`/etc/passwd`')",
        "SELECT IDENTIFIER('java_method')('java.lang.System', 'getenv', 'HOME')",
        "SELECT 1; SELECT 2",
        "DESCRIBE HISTORY delta.`/data/t`",
        "SELECT 1; DELETE FROM sessions",
        "SELECT no_such_function(1)"
      })
  void nothingSlipsThroughInDisguise(String statement, SparkSession spark) {
    assertThatThrownBy(() -> run(spark, statement)).isInstanceOf(MisuseException.class);
  }

  @Test
  void failureThatIsNotTheQuerysIsNoMisuse(SparkSession spark) {
    SqlQuery query = query("SELECT 1");

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
    query(text).run(spark, rows -> rows.collectAsList());
  }

  private static SqlQuery query(String text) {
    return new SqlQuery(text, "itinera", new Path("file:/no/such/warehouse"));
  }
}
