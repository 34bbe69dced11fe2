package io.itinera.jobs.nights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.lake.View;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Ways of others to tell who is who, on what they publish of them. */
@ExtendWith(SparkExtension.class)
class StitchingPresetsTest {

  private static final Path DATA =
      Path.of(System.getProperty("shared.data", "../../shared/data"), "stitching_example");

  private static final String ADOBE = "itinera.identity.preset = adobe-field-based";
  private static final String SNOWPLOW = "itinera.identity.preset = snowplow-user-mapping";
  private static final String LIVE = "itinera.identity.devices.replay = 0 days";

  @TempDir private Path folder;

  @Test
  void adobesExampleGivesItsPersons(SparkSession spark) throws IOException {
    List<String[]> events = events("shared_device.csv");
    SmallWorld world = world(spark, events);

    world.nightToSessions("2023-05-13", ADOBE, LIVE);
    assertPersons(world, events, 4, 4);
    world.nightToSessions("2023-05-13", ADOBE);
    assertPersons(world, events, 5, 2);

    List<String[]> withoutBob = events.stream().filter(each -> each[3].isEmpty()).toList();
    deliver(world, withoutBob);
    world.nightToSessions("2023-05-14", ADOBE, "itinera.max-withdrawn-share = 1");
    assertPersons(world, withoutBob, 6, 3);
    world.assertEqualsNightToSessionsFromNothing("2023-05-14", ADOBE);
  }

  @Test
  void placeholderOfAdobesWarningMakesNobodyOne(SparkSession spark) throws IOException {
    List<String[]> events = events("placeholders.csv");
    SmallWorld world = world(spark, events);

    world.nightToSessions("2023-05-13", ADOBE);

    // By the device: the placeholder is nobody's name, and its three devices are three.
    assertThat(owners(world).values().stream().distinct()).hasSize(4);
    assertPersons(world, events, 2, 4);
  }

  @Test
  void snowplowsCookieIsItsLatestUsers(SparkSession spark) throws IOException {
    SmallWorld world =
        SmallWorld.in(spark, folder)
            .deliver(
                "web/a.csv",
                "1,u1,c,2025-01-01T10:00,web,page_view,,",
                "2,,c,2025-01-02T10:00,web,page_view,,",
                "3,u2,c,2025-01-03T10:00,web,page_view,,",
                "4,,c,2025-01-04T10:00,web,page_view,,",
                "5,u2,d,2025-01-04T10:00,web,page_view,,",
                "6,,e,2025-01-04T10:00,web,page_view,,");
    world.nightToSessions("2025-01-05", SNOWPLOW);

    Map<String, String> owners = owners(world);
    String latest = owners.get("3");
    assertThat(owners)
        .containsEntry("1", latest)
        .containsEntry("2", latest)
        .containsEntry("4", latest)
        .containsEntry("5", latest);
    assertThat(owners.get("6")).isNotEqualTo(latest);

    world.deliver("web/b.csv", "7,u1,c,2025-01-06T10:00,web,page_view,,");
    world.nightToSessions("2025-01-06", SNOWPLOW);
    assertThat(owners(world).get("1"))
        .isEqualTo(owners(world).get("7"))
        .isNotEqualTo(owners(world).get("5"));
    world.assertEqualsNightToSessionsFromNothing("2025-01-06", SNOWPLOW);
  }

  private SmallWorld world(SparkSession spark, List<String[]> events) throws IOException {
    SmallWorld world = SmallWorld.in(spark, folder);
    deliver(world, events);
    return world;
  }

  private static void deliver(SmallWorld world, List<String[]> events) throws IOException {
    world.deliver(
        "web/a.csv",
        events.stream()
            .map(
                event ->
                    "%s,%s,%s,%s,web,page_view,,"
                        .formatted(event[0], event[3], event[2], event[1].replace(' ', 'T')))
            .toArray(String[]::new));
  }

  private static List<String[]> events(String name) throws IOException {
    Path file = DATA.resolve(name);
    assumeTrue(Files.isReadable(file), () -> "skipped: there is no " + file);
    List<String[]> events = new ArrayList<>();
    for (String line : Files.readAllLines(file).stream().skip(1).toList()) {
      events.add(line.split(",", -1));
    }
    return events;
  }

  /** Two events have one customer if, and only if, the example has one person there. */
  private static void assertPersons(
      SmallWorld world, List<String[]> events, int column, int count) {
    Map<String, String> owners = owners(world);
    Map<String, String> persons = new TreeMap<>();
    for (String[] event : events) {
      persons.merge(
          event[column],
          owners.get(event[0]),
          (one, other) -> {
            assertThat(other).as("event " + event[0]).isEqualTo(one);
            return one;
          });
    }
    assertThat(persons.values()).doesNotHaveDuplicates().hasSize(count);
  }

  private static Map<String, String> owners(SmallWorld world) {
    Map<String, String> owners = new TreeMap<>();
    for (Row row : View.OWNED_TOUCHPOINTS.read(world.lake()).collectAsList()) {
      owners.put(row.getAs(Touchpoints.RECORD_ID), row.getAs(OwnedTouchpoints.CUSTOMER_ID));
    }
    return owners;
  }
}
