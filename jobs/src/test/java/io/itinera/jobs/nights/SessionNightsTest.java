package io.itinera.jobs.nights;

import static io.itinera.testing.TableText.assertRows;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.Sessions;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Sessions by other rules than the shipped ones, night after night. */
@ExtendWith(SparkExtension.class)
class SessionNightsTest {

  private static final String[] QUARTER = {
    "itinera.sessions.definitions {",
    "  quarter { timeout = 90 days, across-channels = true }",
    "  visits { preset = matomo, new-session-on = \"type = 'search'\" }",
    "}"
  };

  @TempDir private Path home;

  @Test
  void sessionOfAQuarterHoldsWhatHappenedOnlineAndOffline(SparkSession spark) throws IOException {
    SmallWorld world = SmallWorld.in(spark, home);
    world.deliver(
        "web/1.csv",
        "a,u1,,2025-01-09 10:00:00,web,page_view,,",
        "b,u1,,2025-02-09 10:00:00,app,page_view,,",
        "c,u2,,2025-01-09 10:00:00,web,page_view,,");
    world.deliver("till/1.csv", "u1,2025-04-01 10:10:00,5");
    world.nightToSessions("2025-04-02", QUARTER);

    assertRows(
        world
            .lake()
            .read(Sessions.named("quarter"))
            .select("channel", "touchpoints_count", "started_at", "ended_at", "end_reason"),
        """
        channel | touchpoints_count | started_at          | ended_at            | end_reason
        web     | 3                 | 2025-01-09 10:00:00 | 2025-04-01 10:10:00 | open
        web     | 1                 | 2025-01-09 10:00:00 | 2025-01-09 10:00:00 | open
        """);
    assertThat(world.lake().read(Sessions.TABLE).count()).isEqualTo(4);
  }

  @Test
  void nightsOfSeveralDefinitionsAreWhatOneNightMakes(SparkSession spark) throws IOException {
    SmallWorld world = SmallWorld.in(spark, home);
    world.deliver(
        "web/1.csv",
        "a,u1,k1,2025-01-09 22:50:00,web,page_view,,",
        "b,u1,k1,2025-01-09 23:10:00,web,search,,",
        "c,u2,,2025-01-09 10:00:00,web,page_view,,",
        "d,u2,,2025-01-09 10:00:00,web,search,,",
        "e,u2,,2025-01-09 10:00:00,web,page_view,,");
    world.deliver("till/1.csv", "u1,2025-01-09 10:10:00,5");
    world.night("2025-01-09", QUARTER);

    // Late, among ties, and two who turn out to be one.
    world.deliver(
        "web/2.csv",
        "f,u2,,2025-01-09 10:00:00,app,search,,",
        "g,u3,k1,2025-01-09 22:40:00,web,search,,",
        "h,u2,k1,2025-01-10 10:00:00,web,page_view,,");
    world.night("2025-01-10", QUARTER);
    world.assertEqualsNightFromNothing("2025-01-10", QUARTER);

    // And one goes again; the quarter is over.
    world.deliver(
        "web/1.csv",
        "a,u1,k1,2025-01-09 22:50:00,web,page_view,,",
        "b,u1,k1,2025-01-09 23:10:00,web,page_view,,",
        "c,u2,,2025-01-09 10:00:00,web,page_view,,",
        "e,u2,,2025-01-09 10:00:00,web,search,,");
    world.night("2025-04-20", QUARTER);
    world.assertEqualsNightFromNothing("2025-04-20", QUARTER);
  }

  @Test
  void callKnowsTheVisitBeforeItWhicheverNightBringsThat(SparkSession spark) throws IOException {
    SmallWorld world = SmallWorld.in(spark, home);
    world.deliver(
        "web/1.csv",
        "a,u1,,2025-01-09 10:00:00,web,page_view,,",
        "b,u1,,2025-01-09 10:45:00,call,call,,",
        "c,,k1,2025-01-09 10:44:00,web,page_view,,");
    world.nightToSessions("2025-01-10");
    assertMinutes(world, 45L);

    // Late; and then whoever has k1 turns out to be u1.
    world.deliver("web/2.csv", "d,u1,,2025-01-09 10:31:00,web,page_view,,");
    world.nightToSessions("2025-01-10");
    assertMinutes(world, 14L);
    world.assertEqualsNightToSessionsFromNothing("2025-01-10");
    world.deliver("web/3.csv", "e,u1,k1,2025-01-11 10:00:00,web,page_view,,");
    world.nightToSessions("2025-01-11");

    assertMinutes(world, 1L);
    world.assertEqualsNightToSessionsFromNothing("2025-01-11");
  }

  private static void assertMinutes(SmallWorld world, long minutes) {
    assertRows(
        world
            .lake()
            .read(Sessions.TABLE)
            .where("preceding_session_id IS NOT NULL")
            .select("channel", "minutes_since_web"),
        """
        channel | minutes_since_web
        call    | %d
        """
            .formatted(minutes));
  }

  @Test
  void everyPresetIsIncremental(SparkSession spark) throws IOException {
    SmallWorld world = SmallWorld.in(spark, home);
    String presets =
        Stream.of("universal-analytics", "adobe-analytics", "matomo", "snowplow")
            .map(preset -> "%s { preset = %s }".formatted(preset.replace('-', '_'), preset))
            .collect(joining(", ", "itinera.sessions.definitions { ", " }"));
    world.deliver(
        "web/1.csv",
        "1,u1,,2025-01-09 22:50:00,web,page_view,,",
        "2,u1,,2025-01-09 23:10:00,web,page_view,,");
    world.nightToSessions("2025-01-10", presets);
    world.deliver(
        "web/1-late.csv",
        "3,u1,,2025-01-09 22:55:00,web,page_view,,",
        "4,u1,k1,2025-01-09 23:30:00,web,page_view,,");
    world.nightToSessions("2025-01-10", presets);

    world.assertEqualsNightToSessionsFromNothing("2025-01-10", presets);
  }

  @Test
  void definitionThatIsAddedLaterIsMadeOfAllThatThereIs(SparkSession spark) throws IOException {
    SmallWorld world = SmallWorld.in(spark, home);
    world.deliver("web/1.csv", "a,u1,,2025-01-09 10:00:00,web,page_view,,");
    world.night("2025-01-10");
    assertThat(world.lake().exists(Sessions.named("quarter"))).isFalse();

    assertThat(world.night("2025-01-10", QUARTER))
        .filteredOn(report -> report.stage().equals("sessionize"))
        .allSatisfy(report -> assertThat(report.status().text()).isEqualTo("skipped"));

    assertThat(world.lake().read(Sessions.named("quarter")).count()).isEqualTo(1);
  }
}
