package io.itinera.jobs.launch;

import static io.itinera.testing.TableText.wholeRows;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.CustomerPersonas;
import io.itinera.core.table.Customers;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.Personas;
import io.itinera.core.table.RfmScores;
import io.itinera.core.table.Runs;
import io.itinera.core.table.SetOwners;
import io.itinera.core.table.Table;
import io.itinera.core.table.TouchpointSessions;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.lake.Lake;
import io.itinera.testing.SparkExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Ann looks and buys twice, Bob looks, calls and buys. */
@ExtendWith(SparkExtension.class)
class MatchCommandTest {

  @TempDir static Path folder;

  @BeforeAll
  static void fill(SparkSession spark) {
    Lake lake = new Lake(spark, folder.toString());
    for (Table table :
        List.of(Runs.TABLE, RfmScores.TABLE, Personas.TABLE, CustomerPersonas.TABLE)) {
      lake.create(table);
    }
    fill(
        lake,
        Customers.TABLE,
        """
        customer_id | revenue
        ann         | 10
        bob         | 20
        """);
    fill(
        lake,
        Touchpoints.TABLE,
        """
        touchpoint_id | set_id | set_check | channel | type         | occurred_at         | event_date
        a1            | 1      | 1         | web     | product_view | 2026-01-01 10:00:00 | 2026-01-01
        a2            | 1      | 1         | web     | purchase     | 2026-01-01 10:01:00 | 2026-01-01
        a3            | 1      | 1         | web     | product_view | 2026-01-01 11:00:00 | 2026-01-01
        a4            | 1      | 1         | web     | purchase     | 2026-01-01 11:03:00 | 2026-01-01
        b1            | 2      | 1         | web     | product_view | 2026-01-01 10:00:00 | 2026-01-01
        b2            | 2      | 1         | call    | call         | 2026-01-01 10:05:00 | 2026-01-01
        b3            | 2      | 1         | store   | purchase     | 2026-01-01 12:00:00 | 2026-01-01
        """);
    fill(
        lake,
        TouchpointSessions.TABLE,
        """
        touchpoint_id | event_date | session_id
        a1            | 2026-01-01 | s1
        a2            | 2026-01-01 | s1
        a3            | 2026-01-01 | s1
        a4            | 2026-01-01 | s1
        b1            | 2026-01-01 | s2
        b2            | 2026-01-01 | s3
        b3            | 2026-01-01 | s4
        """);
    lake.create(Journeys.TABLE);
    lake.append(
        Journeys.TABLE,
        lake.spark()
            .createDataFrame(List.<Row>of(), Journeys.TABLE.schema())
            .unionByName(
                lake.spark()
                    .sql(
                        """
                        SELECT journey_id, customer_id, path, 'converted' AS outcome,
                          transform(path, (step, i) -> timestamp_seconds(1767261600 + 30 * i))
                            AS path_at,
                          date'2026-01-02' AS ended_on
                        FROM VALUES ('j1', 'ann', array('web', 'call', 'store')),
                          ('j2', 'bob', array('web')) AS (journey_id, customer_id, path)
                        """),
                true));
    fill(
        lake,
        SetOwners.TABLE,
        """
        set_id | set_check | valid_from          | customer_id
        1      | 1         | 1970-01-01 00:00:00 | ann
        2      | 1         | 1970-01-01 00:00:00 | bob
        """);
  }

  private static void fill(Lake lake, Table table, String text) {
    lake.create(table);
    lake.append(table, wholeRows(lake.spark(), table, text));
  }

  @Test
  void countsCustomersMatchesAndTheirTime() {
    assertThat(row(match("web:product_view -> web:purchase")))
        .containsExactly("1", "2", "120.0", "168.0", "2.0");
    assertThat(row(match("product_view -> .* -> purchase")).subList(0, 2))
        .containsExactly("2", "3");
  }

  @Test
  void asksOnlyCustomersOfASegment() {
    assertThat(row(match("product_view", "--of", "quantile:revenue>=0.5")).subList(0, 2))
        .containsExactly("1", "1");
    assertThat(row(match("product_view", "--of", "not pattern:call")).subList(0, 2))
        .containsExactly("1", "2");
    assertThat(
            TypedLine.run(process("--case", "customer", "--by", "type", "--of", "pattern:call"))
                .out())
        .contains("call")
        .doesNotContain("purchase > product_view");
  }

  @Test
  void looksAroundTheMatchesOfOneOccurrence() {
    assertThat(
            match("product_view", "--occurrence", "1", "--around", "1")
                .out()
                .lines()
                .map(line -> line.strip().replaceAll(" +", " ")))
        .contains("1 call:call 1 1 0.5 300.0", "1 web:purchase 1 1 0.5 60.0");
  }

  /** Of three views: the second is an hour behind the first, and exactly that is near enough. */
  @Test
  void looksAroundMatchesAsFarAsATime() {
    assertThat(
            match("product_view", "--within", "1 hour")
                .out()
                .lines()
                .map(line -> line.strip().replaceAll(" +", " ")))
        .contains(
            "before web:product_view 1 1 0.3333333333333333 3600.0",
            "after web:purchase 2 1 0.6666666666666666 120.0",
            "after call:call 1 1 0.3333333333333333 300.0",
            "after web:product_view 1 1 0.3333333333333333 3600.0")
        .noneMatch(line -> line.contains("store:purchase"));
    assertThat(match("call", "--within", "soon").err()).startsWith("--within cannot be read: ");
  }

  @Test
  void looksAroundAStepOfJourneys() {
    TypedLine typed =
        TypedLine.run(
            "paths",
            "around",
            "web",
            "store",
            "--as-of",
            "2026-01-31",
            "--set",
            "itinera.warehouse=" + folder);

    assertThat(typed.out().lines().map(line -> line.strip().replaceAll(" +", " ")))
        .contains(
            "before converted (start) 2 2 1.0 NULL",
            "reached converted store 1 1 0.5 60.0",
            "not reached converted store 1 1 0.5 NULL",
            "between converted call 1 1 1.0 30.0",
            "after converted (conversion) 1 1 0.5 NULL");
  }

  @Test
  void mistakeInAPatternIsToldWithItsPlace() {
    TypedLine typed = match("product_view -> (call");

    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err()).startsWith("The pattern cannot be read: ");
  }

  @Test
  void processOfCustomersAndOfSessionsIsTold() {
    TypedLine customers = TypedLine.run(process("--case", "customer", "--by", "type"));

    assertThat(customers.out().lines().map(line -> line.strip().replaceAll(" +", " ")))
        .contains("product_view purchase 2 1 120.0 60.0 60 180 NULL")
        .contains("product_view > call > purchase NULL 1 0.5")
        .contains("event out of place product_view+ purchase 3 2 1.0");
    assertThat(TypedLine.run(process("--case", "session")).out()).contains("store:purchase");
    assertThat(TypedLine.run(process("--case", "visit")))
        .satisfies(typed -> assertThat(typed.code()).isEqualTo(2))
        .satisfies(typed -> assertThat(typed.err()).contains("--case must be journey, session or"));
  }

  private static String[] process(String... words) {
    return Stream.of(
            Stream.of("paths", "process"),
            Stream.of(words),
            Stream.of("--as-of", "2026-01-31", "--set", "itinera.warehouse=" + folder),
            Stream.of("--set", "itinera.process.intended=[{any=[product_view],repeats=true}]"))
        .flatMap(each -> each)
        .toArray(String[]::new);
  }

  /** The first numbers of the only row: customers, matches, two times, touchpoints. */
  private static List<String> row(TypedLine typed) {
    String row = typed.out().lines().skip(2).findFirst().orElseThrow();
    return List.of(row.strip().split(" +", -1)).subList(0, 5);
  }

  private static TypedLine match(String... words) {
    return TypedLine.run(
        Stream.of(
                Stream.of("paths", "match"),
                Stream.of(words),
                Stream.of("--as-of", "2026-01-31", "--set", "itinera.warehouse=" + folder))
            .flatMap(each -> each)
            .toArray(String[]::new));
  }
}
