package io.itinera.jobs.nights;

import static io.itinera.testing.TableText.assertRows;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.CustomerTotals;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.Table;
import io.itinera.core.table.TouchpointKpis;
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
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Orders whose lines come at both sides of midnight, in whichever order they are told. */
@ExtendWith(SparkExtension.class)
class OrdersOverMidnightTest {

  private static final String HEADER = "id,updated,who,at,type,order_id,value\n";
  private static final Set<String> WANTED =
      Set.of("ingest", "stitch", "sessionize", "journeys", "customers", "kpis");
  private static final List<Stage> UP_TO_KPIS =
      Stages.ALL.stream().filter(stage -> WANTED.contains(stage.name())).toList();
  private static final List<Table> DERIVED =
      List.of(Journeys.TABLE, CustomerDays.TABLE, CustomerTotals.TABLE, TouchpointKpis.TABLE);

  @TempDir private Path folder;

  @Test
  void lateFirstLineMovesTheOrderToItsDay(SparkSession spark) throws IOException {
    deliver(
        folder,
        "1.csv",
        "1,1,ann,2025-01-09 00:10:00,purchase,17,5",
        "2,1,ann,2025-01-10 12:00:00,purchase,18,5");
    assertOrders(
        night(spark, folder, 11),
        """
        event_date | orders_count | conversions_count
        2025-01-09 | 1            | 1
        2025-01-10 | 1            | 1
        """);

    deliver(folder, "2.csv", "3,1,ann,2025-01-08 23:50:00,purchase,17,5");
    assertOrders(
        night(spark, folder, 11),
        """
        event_date | orders_count | conversions_count
        2025-01-08 | 1            | 1
        2025-01-09 | 0            | 0
        2025-01-10 | 1            | 1
        """);

    // It turns out to be of another order.
    deliver(folder, "3.csv", "3,2,ann,2025-01-08 23:50:00,purchase,16,5");
    assertOrders(
        night(spark, folder, 11),
        """
        event_date | orders_count | conversions_count
        2025-01-08 | 1            | 1
        2025-01-09 | 1            | 1
        2025-01-10 | 1            | 1
        """);
  }

  private static void assertOrders(Lake lake, String expected) {
    assertRows(
        lake.read(CustomerDays.TABLE)
            .join(lake.read(TouchpointKpis.TABLE), "event_date")
            .select("event_date", "orders_count", "conversions_count"),
        expected);
  }

  /** Around three midnights, on few instants; some of what was told is told otherwise later. */
  @Test
  void nightsGiveWhatOneNightGives(SparkSession spark) throws IOException {
    Random random = new Random(11);
    Lake lake = null;
    for (int night = 0; night < 5; night++) {
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        String id = "t" + random.nextInt(200);
        lines.removeIf(other -> other.startsWith(id + ","));
        lines.add(line(id, night, random));
      }
      deliver(folder, night + ".csv", lines.toArray(String[]::new));
      lake = night(spark, folder, 10 + night / 2);
    }
    Lake whole = night(spark, "once", folder, 12);

    for (Table table : DERIVED) {
      assertThat(WarehouseContent.rows(lake, table))
          .as(table.name())
          .isNotEmpty()
          .isEqualTo(WarehouseContent.rows(whole, table));
    }
    assertThat(
            whole.read(Touchpoints.TABLE).select("order_id", "event_date").distinct().count()
                - sum(whole, CustomerDays.TABLE, "orders_count"))
        .as("orders that go on over midnight")
        .isPositive();
    // Nobody's order is on two days, and each is a conversion.
    assertThat(sum(whole, CustomerDays.TABLE, "orders_count"))
        .isEqualTo(sum(whole, TouchpointKpis.TABLE, "conversions_count"))
        .isEqualTo(whole.read(Journeys.TABLE).where("outcome = 'converted'").count());
  }

  private static long sum(Lake lake, Table table, String column) {
    return lake.read(table).selectExpr("sum(" + column + ")").head().getLong(0);
  }

  /** Order ids are each customer's own; nothing but the place in time makes them others. */
  private static String line(String id, int night, Random random) {
    int customer = random.nextInt(6);
    List<Integer> minutes = List.of(-181, -180, -100, -1, 0, 10, 79, 80, 179, 180, 200);
    LocalDateTime at =
        LocalDate.of(2025, 1, 8 + random.nextInt(3))
            .atStartOfDay()
            .plusMinutes(minutes.get(random.nextInt(minutes.size())));
    return "%s,%d,c%d,%s,purchase,o%d%d,%d"
        .formatted(
            id,
            night,
            customer,
            at.toString().replace('T', ' ') + ":00",
            customer,
            random.nextInt(2),
            1 + random.nextInt(9));
  }

  private static void deliver(Path place, String name, String... lines) throws IOException {
    Path landing = Files.createDirectories(place.resolve("landing"));
    Files.writeString(
        landing.resolve(name), List.of(lines).stream().collect(joining("\n", HEADER, "\n")));
  }

  private static Lake night(SparkSession spark, Path place, int day) throws IOException {
    return night(spark, "warehouse", place, day);
  }

  private static Lake night(SparkSession spark, String warehouse, Path place, int day)
      throws IOException {
    String text =
        """
        itinera.landing = "%1$s/landing"
        itinera.warehouse = "%1$s/%2$s"
        itinera.time-zone = UTC
        itinera.sources.till {
          format = csv, options { header = true }, path = ${itinera.landing}"/*.csv"
          version-at = "timestamp_seconds(int(updated))", max-rejected-share = 1, time-zone = UTC
          touchpoint {
            record-id = "id", occurred-at = "at", channel = "'store'", type = "type"
            value = "value", order-id = "order_id", identifiers { user_id = "who" }
          }
        }
        """
            .formatted(place, warehouse);
    Path file = Files.writeString(place.resolve("my.conf"), text);
    ItineraConfig config = ConfigReader.read(List.of(file), Map.of(), Map.of());
    new NightRunner(spark, config, Progress.SILENT)
        .run("nightly", LocalDate.of(2025, 1, day), false, UP_TO_KPIS);
    return new Lake(spark, config.warehouse());
  }
}
