package io.itinera.jobs.nights;

import static io.itinera.testing.TableText.assertRows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.tables.DeltaTable;
import io.itinera.core.table.AffectedCustomers;
import io.itinera.core.table.CustomerChanges;
import io.itinera.core.table.Evidence;
import io.itinera.core.table.IdentityMoves;
import io.itinera.core.table.RunStatus;
import io.itinera.core.table.Table;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.View;
import io.itinera.jobs.night.StageFailedException;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a stage may continue from, in whatever order stages and nights are run. */
@ExtendWith(SparkExtension.class)
class StageStatesTest {

  private static final String CHECK = "spark.databricks.delta.retentionDurationCheck.enabled";
  private static final String SHORT = "itinera.sessions.timeout = 5 minutes";

  @TempDir private Path home;

  @Test
  void stageAloneRefusesWhatWasMadeUnderOtherSettingsAndTheNextNightIsRight(SparkSession spark)
      throws IOException {
    SmallWorld world = SmallWorld.in(spark, home);
    world.deliver(
        "web/1.csv",
        "a,u1,,2025-01-09 10:00:00,web,page_view,,",
        "b,u1,,2025-01-09 10:10:00,web,page_view,,",
        "c,u1,,2025-01-09 10:20:00,web,page_view,,");
    world.night("2025-01-10");

    assertThatThrownBy(() -> world.stage("journeys", "2025-01-10", false, SHORT))
        .isInstanceOf(StageFailedException.class)
        .hasMessageContaining(
            "sessionize last ran under other settings; run itinera sessionize --as-of 2025-01-10"
                + " first, or itinera nightly");
    assertThatThrownBy(() -> world.stage("journeys", "2025-01-10", true, SHORT))
        .isInstanceOf(StageFailedException.class);
    world.night("2025-01-10", SHORT);

    world.assertEqualsNightFromNothing("2025-01-10", SHORT);
    assertRows(
        world.lake().read(io.itinera.core.table.Journeys.TABLE).select("sessions_count"),
        """
        sessions_count
        3
        """);
  }

  @Test
  void stagesRebuiltOneByOneAreWhatTheNightMakes(SparkSession spark) throws IOException {
    SmallWorld world = SmallWorld.in(spark, home);
    world.deliver("web/1.csv", "a,u1,,2025-01-09 10:00:00,web,page_view,,");
    world.deliver("till/1.csv", "u1,2025-01-09 10:10:00,5");
    world.night("2025-01-10");
    String fanOut = "itinera.identity.max-fan-out = 1";

    // The one before it was rebuilt, so that this one must look at everyone, too.
    world.stage("stitch", "2025-01-10", true);
    assertThatThrownBy(() -> world.stage("journeys", "2025-01-10", false))
        .hasMessageContaining("sessionize has not seen the newest data");
    world.stage("stitch", "2025-01-10", false, fanOut);
    world.stage("sessionize", "2025-01-10", false, fanOut);
    world.stage("journeys", "2025-01-10", false, fanOut);
    world.stage("customers", "2025-01-10", false, fanOut);
    world.stage("kpis", "2025-01-10", false, fanOut);

    world.assertEqualsNightFromNothing("2025-01-10", fanOut);
    assertThat(world.night("2025-01-10", fanOut))
        .filteredOn(report -> !report.stage().equals("ingest"))
        .allSatisfy(report -> assertThat(report.status()).isEqualTo(RunStatus.SKIPPED));
    // Back again, alone and only up to the middle; then a night further on.
    world.stage("stitch", "2025-01-10", false);
    world.stage("sessionize", "2025-01-10", false);
    world.deliver("web/2.csv", "b,u1,,2025-01-11 09:00:00,web,page_view,,");
    world.night("2025-01-11");

    world.assertEqualsNightFromNothing("2025-01-11");
  }

  @Test
  void nightThatLooksBackLosesNobodyAndNobodyComesAnewAfterwards(SparkSession spark)
      throws IOException {
    SmallWorld world = SmallWorld.in(spark, home);
    world.deliver("web/1.csv", "a,u1,,2025-01-09 10:00:00,web,page_view,,");
    world.deliver("web/2.csv", "b,u2,k2,2025-01-12 10:00:00,web,page_view,,");
    world.nightToSessions("2025-01-10");
    world.nightToSessions("2025-01-12");
    assertRows(changes(world), "change\ncreated\ncreated\n");

    world.nightToSessions("2025-01-10");
    assertRows(changes(world), "change\ncreated\ncreated\n");
    world.deliver("web/3.csv", "c,u2,k1,2025-01-09 11:00:00,web,page_view,,");
    world.nightToSessions("2025-01-11");
    world.deliver("web/4.csv", "d,u1,k1,2025-01-12 10:00:00,web,page_view,,");
    world.nightToSessions("2025-01-12");

    world.assertEqualsNightToSessionsFromNothing("2025-01-12");
    // u1 and u2 turned out to be one, once; nobody came or went.
    assertThat(changes(world).collectAsList().stream().map(row -> row.getString(0)))
        .containsExactlyInAnyOrder("created", "created", "merged");
  }

  @Test
  void stageThatLagsBehindSurvivesVacuum(SparkSession spark) throws IOException {
    SmallWorld world = SmallWorld.in(spark, home);
    world.deliver(
        "web/1.csv",
        "a,u1,k1,2025-01-09 10:00:00,web,page_view,,",
        "b,u2,,2025-01-09 11:00:00,store,purchase,7,");
    world.nightToSessions("2025-01-10");
    for (String id : List.of("c", "d", "e")) {
      world.deliver("web/" + id + ".csv", id + ",u2,k1,2025-01-09 12:00:00,web,page_view,,");
      world.stage("ingest", "2025-01-10", false);
    }
    spark.conf().set(CHECK, "false");
    try {
      vacuum(spark, world.lake(), Evidence.TABLE);
      vacuum(spark, world.lake(), IdentityMoves.TABLE);
      vacuum(spark, world.lake(), AffectedCustomers.TABLE);
    } finally {
      spark.conf().set(CHECK, "true");
    }

    world.nightToSessions("2025-01-10");

    assertThat(world.notes())
        .anySatisfy(
            note ->
                assertThat(note)
                    .contains("stitch looks at everyone: what changed in evidence", "VACUUM"));
    world.assertEqualsNightToSessionsFromNothing("2025-01-10");
  }

  @Test
  void stageThatSkippedNightsLooksAtAllWhomTheyAffected(SparkSession spark) throws IOException {
    SmallWorld world = SmallWorld.in(spark, home);
    world.deliver(
        "web/1.csv",
        "a,u1,,2025-01-08 10:00:00,web,page_view,,",
        "b,,k1,2025-01-09 10:00:00,web,page_view,,",
        "c,u2,k2,2025-01-09 10:00:00,web,purchase,5,",
        "d,u3,,2025-01-11 10:00:00,web,page_view,,");
    world.night("2025-01-09");
    // Merged in one night, parted and met again in the next; one has its day only then.
    world.deliver("web/2.csv", "e,u1,k1,2025-01-10 10:00:00,web,page_view,,");
    world.stage("ingest", "2025-01-10", false);
    world.stage("stitch", "2025-01-10", false);
    world.deliver("web/2.csv", "e,u1,k2,2025-01-11 10:00:00,web,page_view,,");
    world.stage("ingest", "2025-01-11", false);
    world.stage("stitch", "2025-01-11", false);
    assertThat(world.lake().read(AffectedCustomers.TABLE).select("run_id").distinct().count())
        .isEqualTo(2);

    world.night("2025-01-11");

    world.assertEqualsNightFromNothing("2025-01-11");
    assertThat(world.notes()).noneMatch(note -> note.contains("looks at everyone"));
  }

  @Test
  void recordThatChangesAndChangesBackBetweenTwoNightsKeepsItsCustomer(SparkSession spark)
      throws IOException {
    SmallWorld world = SmallWorld.in(spark, home);
    String before = "a,u1,k1,2025-01-09 10:00:00,web,page_view,,";
    String other = "b,u2,,2025-01-09 11:00:00,store,purchase,7,";
    world.deliver("web/1.csv", before, other);
    world.nightToSessions("2025-01-10");

    world.deliver("web/1.csv", "a,u1,k1,2025-01-09 10:00:00,web,search,,", other);
    world.stage("ingest", "2025-01-10", false);
    world.deliver("web/1.csv", before, other);
    world.stage("ingest", "2025-01-10", false);
    world.nightToSessions("2025-01-10");

    assertThat(View.OWNED_TOUCHPOINTS.read(world.lake()).where("customer_id IS NULL").count())
        .isZero();
    world.assertEqualsNightToSessionsFromNothing("2025-01-10");
  }

  private static void vacuum(SparkSession spark, Lake lake, Table table) {
    DeltaTable.forPath(spark, lake.path(table)).vacuum(0);
  }

  private static Dataset<Row> changes(SmallWorld world) {
    return world.lake().read(CustomerChanges.TABLE).select(CustomerChanges.CHANGE);
  }
}
