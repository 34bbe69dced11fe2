package io.itinera.jobs.launch;

import static io.itinera.testing.TableText.assertRows;
import static io.itinera.testing.TableText.wholeRows;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.CustomerMeasures;
import io.itinera.core.table.Customers;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.core.table.RfmScores;
import io.itinera.core.table.Sessions;
import io.itinera.core.table.SetOwners;
import io.itinera.core.table.StageJourneys;
import io.itinera.core.table.Table;
import io.itinera.core.table.TouchpointSessions;
import io.itinera.core.table.Touchpoints;
import io.itinera.core.table.Transitions;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.View;
import io.itinera.testing.SparkExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The views, in itinera sql and as SQL for other engines. */
@ExtendWith(SparkExtension.class)
class ViewsCommandTest {

  /** One of its own: other tests of the same session have tables of these names, too. */
  private static final String DATABASE = "views_test";

  private static final String OWNED =
      "SELECT touchpoint_id, customer_id, session_id FROM owned_touchpoints";

  @TempDir static Path folder;

  @BeforeAll
  static void fill(SparkSession spark) {
    Lake lake = new Lake(spark, folder.toString());
    View.ALL.stream().flatMap(view -> view.tables().stream()).distinct().forEach(lake::create);
    append(
        lake,
        Touchpoints.TABLE,
        """
        touchpoint_id | set_id | set_check | occurred_at         | event_date
        before        | 1      | 1         | 2026-01-01 09:59:59 | 2026-01-01
        after         | 1      | 1         | 2026-01-01 10:00:00 | 2026-01-01
        alike         | 1      | 2         | 2026-01-01 10:00:00 | 2026-01-01
        machine       | 1      | 1         | 2026-01-01 10:00:00 | 2026-01-01
        nobody        |        |           | 2026-01-01 10:00:00 | 2026-01-01
        """);
    append(
        lake,
        TouchpointSessions.TABLE,
        """
        touchpoint_id | event_date | session_id
        before        | 2026-01-01 | s1
        after         | 2026-01-01 | s2
        alike         | 2026-01-01 | s3
        """);
    append(
        lake,
        SetOwners.TABLE,
        """
        set_id | set_check | valid_from          | valid_to            | customer_id
        1      | 1         | 1970-01-01 00:00:00 | 2026-01-01 10:00:00 | ann
        1      | 1         | 2026-01-01 10:00:00 |                     | bob
        1      | 2         | 1970-01-01 00:00:00 |                     | cyd
        """);
  }

  private static void append(Lake lake, Table table, String text) {
    lake.append(table, wholeRows(lake.spark(), table, text));
  }

  @Test
  void ownedTouchpointsAreThereInSql() {
    assertThat(run("sql", OWNED + " ORDER BY 1", "--format", "csv").out().lines().skip(1))
        .containsExactly("after,bob,s2", "alike,cyd,s3", "before,ann,s1", "machine,,", "nobody,,");
    assertThat(run("sql", "SHOW TABLES").out()).contains("owned_touchpoints", "personas_latest");
    assertThat(run("tables").out()).containsPattern("\nowned_touchpoints +view ");
    assertThat(run("tables", "owned_touchpoints").out()).contains("\nsession_id ", "\nset_id ");
  }

  @Test
  void customersHaveTheMeasuresThatMarketersAskForFirst(SparkSession spark) {
    Lake lake = new Lake(spark, folder.resolve("measured").toString());
    View.CUSTOMER_MEASURES.tables().forEach(lake::create);
    append(
        lake,
        Customers.TABLE,
        """
        customer_id | orders_count | revenue
        ann         | 2            | 73.05
        bob         | 0            | 0
        """);
    append(
        lake,
        CustomerDays.TABLE,
        """
        customer_id | event_date | orders_count
        ann         | 2025-12-30 | 1
        ann         | 2026-01-03 | 1
        ann         | 2026-01-08 | 0
        bob         | 2026-01-01 | 0
        """);
    append(
        lake,
        RfmScores.TABLE,
        """
        customer_id | as_of
        ann         | 2026-01-08
        ann         | 2026-01-10
        """);

    Dataset<Row> measures = View.CUSTOMER_MEASURES.read(lake);

    assertRows(
        measures.selectExpr(
            "customer_id",
            "orders_count",
            "lifespan_days",
            "round(revenue_per_day, 6) AS revenue_per_day",
            "round(revenue_per_month, 6) AS revenue_per_month",
            "round(revenue_per_year, 6) AS revenue_per_year",
            "last_order_on",
            "days_since_last_order"),
        """
        customer_id | orders_count | lifespan_days | revenue_per_day | revenue_per_month | revenue_per_year | last_order_on | days_since_last_order
        ann         | 2            | 10            | 7.305           | 222.345938        | 2668.15125       | 2026-01-03    | 7
        bob         | 0            | 1             | 0.0             | 0.0               | 0.0              |               |
        """);
    assertThat(measures.columns()).containsExactly(CustomerMeasures.VIEW.schema().fieldNames());
    assertThat(String.join("\n", statements("trino")))
        .contains("date_diff('day', last_order_on, as_of)");
  }

  @Test
  void viewHasTheColumnsThatItIsDescribedBy(SparkSession spark) {
    assertThat(View.OWNED_TOUCHPOINTS.read(new Lake(spark, folder.toString())).columns())
        .containsExactly(OwnedTouchpoints.VIEW.schema().fieldNames());
  }

  @Test
  void sparkMakesTheViewsOfWhatIsPrintedForIt(SparkSession spark) {
    String database = spark.catalog().currentDatabase();
    for (String statement : statements("spark")) {
      spark.sql(statement);
    }
    try {
      spark.catalog().setCurrentDatabase(DATABASE);
      assertRows(
          spark.sql(OWNED),
          """
          touchpoint_id | customer_id | session_id
          before        | ann         | s1
          after         | bob         | s2
          alike         | cyd         | s3
          machine       |             |
          nobody        |             |
          """);
      assertThat(spark.sql("SELECT * FROM transitions_latest").columns())
          .containsExactly(Transitions.TABLE.schema().fieldNames());
    } finally {
      spark.catalog().setCurrentDatabase(database);
    }
  }

  @Test
  void otherEnginesCallTablesByTheirOwnNames() {
    assertThat(statements("duckdb"))
        .hasSize(2 + View.ALL.size())
        .anySatisfy(
            statement ->
                assertThat(statement)
                    .startsWith("CREATE OR REPLACE VIEW \"owned_touchpoints\" AS")
                    .contains("delta_scan('%s/set_owners') o".formatted(folder)));
    assertThat(statements("trino"))
        .hasSize(1 + View.ALL.size())
        .contains(
            "CREATE OR REPLACE VIEW \"views_test\".\"rfm_scores_latest\" AS\n"
                + "SELECT * FROM \"views_test\".\"rfm_scores\""
                + " WHERE as_of = (SELECT max(as_of) FROM \"views_test\".\"rfm_scores\")");
  }

  @Test
  void tablesOfConfiguredDefinitionsAreListedAndThoseOfRemovedOnesWithWhatToDo(SparkSession spark) {
    Lake lake = new Lake(spark, folder.toString());
    lake.create(Sessions.named("quarter"));
    lake.create(StageJourneys.named("onboarding"));
    String[] quarter = {"--set", "itinera.sessions.definitions.quarter.timeout=90 days"};

    assertThat(run("tables", quarter[0], quarter[1]).out())
        .containsPattern("\nsessions_quarter +0 +session_id ")
        .containsPattern("\njourneys_onboarding +0 +journey_id ")
        .contains(
            "Table journeys_onboarding stays as it is: itinera.journeys.definitions has no"
                + " onboarding any more, so no night goes on with it. Configure it again, or, if"
                + " nobody wants"
                + " the table, remove the folder %s/journeys_onboarding.".formatted(folder))
        .doesNotContain("Table sessions_quarter stays");
    assertThat(run("tables", "sessions_quarter").out()).contains("\nsession_number ");
    assertThat(run("sql", "SHOW TABLES").out()).contains("sessions_quarter", "journeys_onboarding");
    assertThat(run("sql", "SELECT count(*) FROM journeys_onboarding").code()).isZero();
    assertThat(statements("spark", quarter))
        .contains(
            "CREATE TABLE IF NOT EXISTS `views_test`.`sessions_quarter` USING delta LOCATION"
                + " '%s/sessions_quarter'".formatted(folder))
        .noneMatch(statement -> statement.contains("journeys_onboarding"));
    assertThat(statements("duckdb", quarter))
        .contains(
            "CREATE OR REPLACE VIEW \"sessions_quarter\" AS\nSELECT * FROM"
                + " delta_scan('%s/sessions_quarter')".formatted(folder));
  }

  @Test
  void unknownEngineIsMisuse() {
    assertThat(run("views", "--for", "oracle").code()).isEqualTo(2);
    assertThat(run("views").code()).isEqualTo(2);
  }

  private static List<String> statements(String engine, String... settings) {
    String[] words = {"views", "--for", engine};
    String printed =
        run(Stream.concat(Stream.of(words), Stream.of(settings)).toArray(String[]::new)).out();
    return Stream.of(printed.replaceAll("(?m)^--.*\n", "").split(";"))
        .map(String::strip)
        .filter(statement -> !statement.isEmpty())
        .toList();
  }

  private static TypedLine run(String... words) {
    return TypedLine.run(
        Stream.concat(
                Stream.of(words),
                Stream.of(
                    "--set",
                    "itinera.warehouse=" + folder,
                    "--set",
                    "itinera.database=" + DATABASE))
            .toArray(String[]::new));
  }
}
