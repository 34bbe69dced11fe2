package io.itinera.jobs.nights;

import static io.itinera.testing.TableText.assertRows;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.Coverage;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.CustomerTotals;
import io.itinera.core.table.Customers;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.RfmScores;
import io.itinera.core.table.Sessions;
import io.itinera.core.table.Table;
import io.itinera.core.table.TouchpointSessions;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.config.ConfigReader;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.View;
import io.itinera.jobs.night.NightRunner;
import io.itinera.jobs.night.Progress;
import io.itinera.jobs.night.Stage;
import io.itinera.jobs.stage.Stages;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Nights that bring what ties with, repeats or corrects what earlier nights brought. */
@ExtendWith(SparkExtension.class)
class TiedNightsTest {

  private static final String HEADER = "id,updated,who,at,channel,type,value,order_id\n";
  private static final LocalDate LAST = LocalDate.of(2025, 1, 12);
  private static final List<Table> DERIVED =
      List.of(
          Touchpoints.TABLE,
          Sessions.TABLE,
          TouchpointSessions.TABLE,
          Journeys.TABLE,
          CustomerDays.TABLE,
          CustomerTotals.TABLE,
          Customers.TABLE,
          Coverage.TABLE,
          RfmScores.TABLE);

  /** What has tests of its own night after night. */
  private static final Set<String> FURTHER =
      Set.of("personas", "paths", "attribution", "funnels", "journey-map");

  /** Personas and paths depend on the nights before. */
  private static final List<Stage> UP_TO_RFM =
      Stages.ALL.stream().filter(s -> !FURTHER.contains(s.name())).toList();

  private static final String FIRST_NIGHT =
      """
      a1,2025-01-10,ann,2025-01-05 10:50:00,web,page_view,,
      a2,2025-01-10,ann,2025-01-05 11:00:00,web,purchase,100,o1
      a3,2025-01-10,ann,2025-01-05 11:00:00,web,page_view,,
      a4,2025-01-10,ann,2025-01-08 11:00:00,web,page_view,,
      b1,2025-01-10,bob,2025-01-06 00:00:00,store,purchase,500,o2
      b2,2025-01-10,bob,2025-01-06 00:00:00,store,purchase,70,o3
      b3,2025-01-10,bob,2025-01-06 00:00:00,store,refund,20,
      c1,2025-01-10,cat,2025-01-08 23:59:00,web,page_view,,
      c2,2025-01-10,cat,2025-01-08 23:59:00,app,page_view,,
      c3,2025-01-10,cat,2025-01-09 00:10:00,web,page_view,,
      d1,2025-01-10,dan,2025-01-03 09:00:00,email,email_open,,
      d2,2025-01-10,dan,2025-01-09 09:00:00,web,purchase,10,o4
      """;

  /** Late, at the instants of the first night; a purchase that becomes dearer and moves. */
  private static final String SECOND_NIGHT =
      """
      a5,2025-01-11,ann,2025-01-07 11:00:00,web,page_view,,
      a6,2025-01-11,ann,2025-01-05 11:00:00,web,complaint,,
      b4,2025-01-11,bob,2025-01-11 10:00:00,web,page_view,,
      c4,2025-01-11,cat,2025-01-09 00:10:00,app,page_view,,
      d2,2025-01-11,dan,2025-01-03 10:00:00,web,purchase,30,o4
      """;

  private static final String THIRD_NIGHT =
      """
      a4,2025-01-12,ann,2025-01-08 11:00:00,app,page_view,,
      b5,2025-01-12,bob,2025-01-06 00:00:00,store,purchase,5,o5
      c5,2025-01-12,cat,2025-01-09 00:10:00,web,purchase,7,o6
      """;

  @TempDir private Path folder;

  @Test
  void nightsThatTieGiveWhatOneNightGives(SparkSession spark) throws IOException {
    Path nightly = folder.resolve("nightly");
    deliver(nightly, "n1.csv", FIRST_NIGHT);
    Lake lake = night(spark, nightly, LAST.minusDays(2));
    assertRows(
        lake.read(Journeys.TABLE)
            .selectExpr("journey_number", "outcome", "path_text", "revenue", "refunded"),
        """
        journey_number | outcome   | path_text   | revenue  | refunded
        1              | converted | web         | 100.0000 | 0.0000
        2              | open      | web         | 0.0000   | 0.0000
        1              | converted | store       | 500.0000 | 0.0000
        2              | converted | store       | 70.0000  | 20.0000
        3              | open      | store       | 0.0000   | 0.0000
        1              | open      | web > app   | 0.0000   | 0.0000
        1              | converted | email > web | 10.0000  | 0.0000
        """);
    deliver(nightly, "n2.csv", SECOND_NIGHT);
    night(spark, nightly, LAST.minusDays(1));
    deliver(nightly, "n3.csv", THIRD_NIGHT);
    lake = night(spark, nightly, LAST);

    Path once = folder.resolve("once");
    deliver(once, "n1.csv", FIRST_NIGHT);
    deliver(once, "n2.csv", SECOND_NIGHT);
    deliver(once, "n3.csv", THIRD_NIGHT);
    Lake whole = night(spark, once, LAST);

    for (Table table : DERIVED) {
      assertThat(rows(lake, table)).as(table.name()).isNotEmpty().isEqualTo(rows(whole, table));
    }
    assertThat(
            View.OWNED_TOUCHPOINTS
                .read(lake)
                .where("customer_id IS NULL OR session_id IS NULL")
                .count())
        .isZero();
    assertRows(
        lake.read(Journeys.TABLE).where("outcome = 'converted'"),
        """
        path_text   | revenue
        web         | 100.0000
        store       | 500.0000
        store       | 70.0000
        store       | 5.0000
        web > app   | 7.0000
        email > web | 30.0000
        """);
  }

  @Test
  void fileThatGrewCountsInCoverageWithWhatItHoldsNow(SparkSession spark) throws IOException {
    String first = "a1,2025-01-10,ann,2025-01-05 10:50:00,web,page_view,,\n";
    deliver(folder, "a.csv", first + "bad\n");
    night(spark, folder, LAST.minusDays(1));
    deliver(folder, "a.csv", first + "a2,2025-01-10,ann,2025-01-05 10:51:00,web,page_view,,\n");
    Lake lake = night(spark, folder, LAST);

    assertRows(
        lake.read(Coverage.TABLE),
        """
        source | channel | event_date | records_read | records_accepted | records_rejected | stitched_share
        shop   | web     | 2025-01-05 | 2            | 2                | 0                | 1.0
        """);
  }

  /** The last night's rows where a table has one a night, and no segment of a night before. */
  private static List<Map<String, Object>> rows(Lake lake, Table table) {
    List<Map<String, Object>> rows = WarehouseContent.rows(lake, table);
    rows.removeIf(row -> !row.getOrDefault("as_of", LAST).equals(LAST));
    rows.forEach(row -> row.remove(RfmScores.PREVIOUS_SEGMENT));
    return rows;
  }

  private static void deliver(Path place, String name, String lines) throws IOException {
    Path landing = Files.createDirectories(place.resolve("landing"));
    Files.writeString(landing.resolve(name), HEADER + lines);
  }

  private static Lake night(SparkSession spark, Path place, LocalDate asOf) throws IOException {
    String text =
        """
        itinera.landing = "%1$s/landing"
        itinera.warehouse = "%1$s/warehouse"
        itinera.time-zone = UTC
        itinera.sources.shop {
          format = csv, options { header = true }, path = ${itinera.landing}"/*.csv"
          version-at = "updated", max-rejected-share = 1
          touchpoint {
            record-id = "id", occurred-at = "at", channel = "channel", type = "type"
            value = "value", order-id = "order_id", identifiers { user_id = "who" }
          }
        }
        """
            .formatted(place);
    Path file = Files.writeString(place.resolve("my.conf"), text);
    ItineraConfig config = ConfigReader.read(List.of(file), Map.of(), Map.of());
    new NightRunner(spark, config, Progress.SILENT).run("nightly", asOf, false, UP_TO_RFM);
    return new Lake(spark, config.warehouse());
  }
}
