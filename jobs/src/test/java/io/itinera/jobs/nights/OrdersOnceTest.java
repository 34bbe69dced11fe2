package io.itinera.jobs.nights;

import static io.itinera.testing.TableText.assertRows;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.Sessions;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.config.ConfigReader;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.Lake;
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

/** An order that is told several times, over several nights. */
@ExtendWith(SparkExtension.class)
class OrdersOnceTest {

  private static final List<Stage> UP_TO_CUSTOMERS =
      Stages.ALL.stream()
          .filter(
              s ->
                  Set.of("ingest", "stitch", "sessionize", "journeys", "customers")
                      .contains(s.name()))
          .toList();

  @TempDir private Path folder;

  @Test
  void pageOfThanksLoadedAgainAddsNothingWhateverComesFirst(SparkSession spark) throws IOException {
    deliver(
        "b.csv", "id,at,who,type,order,paid,gone", "2,2026-01-11 09:00:00,ann,purchase,T1,120.50,");
    night(spark);
    // What happened before comes later; an order that is not set is none.
    deliver(
        "a.csv",
        "id,at,who,type,order,paid,gone",
        "1,2026-01-10 09:00:00,ann,purchase,T1,120.50,",
        "3,2026-01-10 09:00:00,ann,purchase,(not set),10,",
        "4,2026-01-10 09:00:00,ann,purchase,(not set),20,",
        "5,2026-01-12 09:00:00,ann,refund,T1,20.50,");
    night(spark);

    Lake lake = new Lake(spark, folder + "/warehouse");
    assertRows(
        lake.read(Touchpoints.TABLE),
        """
        record_id | value    | recorded_value
        1         | 120.5000 | 120.5000
        2         |          | 120.5000
        3         | 10.0000  | 10.0000
        4         | 20.0000  | 20.0000
        5         | -20.5000 | -20.5000
        """);
    assertRows(
        lake.read(CustomerDays.TABLE),
        """
        event_date | touchpoints_count | orders_count | order_value | refund_value
        2026-01-10 | 3                 | 3            | 150.5000    | 0.0000
        2026-01-11 | 1                 | 0            | 0.0000      | 0.0000
        2026-01-12 | 1                 | 0            | 0.0000      | -20.5000
        """);
    assertRows(
        lake.read(Sessions.TABLE).orderBy("started_at"),
        """
        converted | orders_count | revenue
        true      | 3            | 150.5000
        false     | 0            | 0.0000
        false     | 0            | -20.5000
        """);
    assertThat(lake.read(Journeys.TABLE).where("outcome = 'converted'").count()).isEqualTo(3);

    // The first is withdrawn: the second counts.
    deliver(
        "c.csv", "id,at,who,type,order,paid,gone", "1,2026-01-10 09:00:00,ann,purchase,T1,1,true");
    night(spark);

    Lake after = new Lake(spark, folder + "/warehouse");
    assertRows(
        after.read(CustomerDays.TABLE),
        """
        event_date | touchpoints_count | orders_count | order_value | refund_value
        2026-01-10 | 2                 | 2            | 30.0000     | 0.0000
        2026-01-11 | 1                 | 1            | 120.5000    | 0.0000
        2026-01-12 | 1                 | 0            | 0.0000      | -20.5000
        """);
  }

  private void night(SparkSession spark) throws IOException {
    String text =
        """
        itinera.landing = "%1$s/landing"
        itinera.warehouse = "%1$s/warehouse"
        itinera.time-zone = UTC
        itinera.sources.web {
          format = csv, options { header = true }, path = ${itinera.landing}"/*.csv"
          time-zone = UTC, max-rejected-share = 1, orders = once
          touchpoint {
            record-id = "id", occurred-at = "at", type = "type", channel = "'web'", value = "paid"
            order-id = "order", deleted = "gone", identifiers { user_id = "who" }
          }
        }
        """
            .formatted(folder);
    Path file = Files.writeString(folder.resolve("my.conf"), text);
    ItineraConfig config = ConfigReader.read(List.of(file), Map.of(), Map.of());
    new NightRunner(spark, config, Progress.SILENT)
        .run("nightly", LocalDate.of(2026, 1, 20), false, UP_TO_CUSTOMERS);
  }

  private void deliver(String name, String... lines) throws IOException {
    Path file = folder.resolve("landing").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, String.join("\n", lines));
  }
}
