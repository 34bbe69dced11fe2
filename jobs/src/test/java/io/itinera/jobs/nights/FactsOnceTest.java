package io.itinera.jobs.nights;

import static io.itinera.testing.TableText.assertRows;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.itinera.core.table.Evidence;
import io.itinera.core.table.Sessions;
import io.itinera.core.table.SetOwners;
import io.itinera.core.table.Table;
import io.itinera.core.table.TouchpointSessions;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.View;
import io.itinera.jobs.night.OldWarehouseException;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Touchpoints are written once; whose they are, and in which session, stands beside them. */
@ExtendWith(SparkExtension.class)
class FactsOnceTest {

  /** A line of the CRM links a user and a cookie, and no touchpoint does. */
  private static final String CRM_LINKS =
      "itinera.sources.crm.profile { identifiers = { user_id = \"user\", cookie = \"email\" },"
          + " email = \"null\" }";

  private static final List<Table> WRITTEN_ONCE =
      List.of(Touchpoints.TABLE, TouchpointSessions.TABLE);

  @TempDir private Path home;

  @Test
  void mergeAndSplitRewriteOwnersButNoTouchpointAndNoSessionOfOne(SparkSession spark)
      throws IOException {
    SmallWorld world = SmallWorld.in(spark, home);
    world.deliver(
        "web/1.csv",
        "a,u1,,2025-01-01 10:00:00,web,page_view,,",
        "b,,k1,2025-01-02 10:00:00,web,page_view,,",
        "c,u1,,2025-01-03 10:00:00,web,page_view,,");
    world.deliver("crm/1.csv", "p,u2,,2025-01-01 09:00:00");
    world.nightToSessions("2025-01-04", CRM_LINKS);
    Map<String, Long> before = WarehouseContent.versions(world.lake(), WRITTEN_ONCE);
    assertRows(people(world), "customers | touchpoints\n2         | 3\n");

    world.deliver("crm/1.csv", "p,u1,k1,2025-01-01 09:00:00");
    world.nightToSessions("2025-01-04", CRM_LINKS);

    assertRows(people(world), "customers | touchpoints\n1         | 3\n");
    assertThat(WarehouseContent.versions(world.lake(), WRITTEN_ONCE)).isEqualTo(before);

    world.deliver("crm/1.csv", "p,u2,k2,2025-01-01 09:00:00");
    world.nightToSessions("2025-01-04", CRM_LINKS);

    assertRows(people(world), "customers | touchpoints\n2         | 3\n");
    assertThat(WarehouseContent.versions(world.lake(), WRITTEN_ONCE)).isEqualTo(before);
  }

  @Test
  void mergeThatJoinsSessionsRewritesNoDayButTheirs(SparkSession spark) throws IOException {
    SmallWorld world = SmallWorld.in(spark, home);
    world.deliver(
        "web/1.csv",
        "a,u1,,2025-01-01 10:00:00,web,page_view,,",
        "b,,k1,2025-01-01 10:10:00,web,page_view,,",
        "c,,k1,2025-01-03 10:10:00,web,page_view,,");
    world.nightToSessions("2025-01-04", CRM_LINKS);
    List<String> before = filesOfSessions(world.lake(), "2025-01-03");

    world.deliver("crm/1.csv", "p,u1,k1,2025-01-01 09:00:00");
    world.nightToSessions("2025-01-04", CRM_LINKS);

    assertRows(
        sessions(world),
        """
        record_id | session
        a         | 1
        b         | 1
        c         | 2
        """);
    assertThat(filesOfSessions(world.lake(), "2025-01-03")).isEqualTo(before);
  }

  @Test
  void touchpointThatIsWithdrawnOrMovesToAnotherDayLeavesNoSessionBehind(SparkSession spark)
      throws IOException {
    SmallWorld world = SmallWorld.in(spark, home);
    world.deliver(
        "web/1.csv",
        "a,u1,,2025-01-01 10:00:00,web,page_view,,",
        "b,u1,,2025-01-01 10:10:00,web,page_view,,",
        "c,u2,,2025-01-02 10:10:00,web,page_view,,",
        "d,u3,,2025-01-02 10:10:00,web,page_view,,");
    world.nightToSessions("2025-01-04");

    world.deliver(
        "web/1.csv",
        "b,u1,,2025-01-03 10:10:00,web,page_view,,",
        "c,u3,,2025-01-02 10:10:00,web,page_view,,");
    world.nightToSessions("2025-01-04");

    assertRows(
        world.lake().read(TouchpointSessions.TABLE).select("event_date"),
        "event_date\n2025-01-02\n2025-01-03\n");
  }

  @Test
  void viewTellsNobodyOfWhatIsNobodys(SparkSession spark) throws IOException {
    SmallWorld world = SmallWorld.in(spark, home);
    String keep = "itinera.sources.web.unidentified = keep";
    world.deliver(
        "web/1.csv",
        "human,u1,,2025-01-01 10:00:00,web,page_view,,",
        "bot,u1,,2025-01-01 10:00:00,web,page_view,,Googlebot/2.1",
        "nobody,,,2025-01-01 10:00:00,web,page_view,,",
        "tomorrow,u1,,2025-01-02 10:00:00,web,page_view,,");
    world.nightToSessions("2025-01-01", keep);

    assertRows(
        View.OWNED_TOUCHPOINTS
            .read(world.lake())
            .selectExpr(
                "record_id", "customer_id IS NOT NULL AS owned", "session_id IS NOT NULL AS seen"),
        """
        record_id | owned | seen
        human     | true  | true
        bot       | false | false
        nobody    | false | false
        tomorrow  | false | false
        """);
    assertRows(
        world.lake().read(Touchpoints.TABLE).selectExpr("record_id", "set_id IS NULL AS no_set"),
        """
        record_id | no_set
        human     | false
        bot       | false
        nobody    | true
        tomorrow  | false
        """);
    assertThat(world.lake().read(SetOwners.TABLE).count()).isEqualTo(1);
  }

  @Test
  void setsOfOneHashAreToldApart(SparkSession spark) throws IOException {
    String victim = "0123456789abcdef";
    String forged = SameHash.other("cookie", victim);
    SmallWorld world = SmallWorld.in(spark, home);
    world.deliver("web/1.csv", "a,,%s,2025-01-01 10:00:00,web,page_view,,".formatted(victim));
    world.nightToSessions("2025-01-01", CRM_LINKS);
    world.deliver(
        "web/2.csv",
        "b,,%s,2025-01-01 10:05:00,web,page_view,,".formatted(forged),
        "c,u1,,2025-01-02 10:00:00,web,page_view,,");
    world.deliver("crm/1.csv", "p,u1,%s,2025-01-01 09:00:00".formatted(forged));
    world.nightToSessions("2025-01-02", CRM_LINKS);

    Dataset<Row> owned = View.OWNED_TOUCHPOINTS.read(world.lake());
    assertRows(
        owned
            .where("record_id <> 'c'")
            .selectExpr("count(DISTINCT set_id) AS hashes", "count(DISTINCT identifiers) AS sets"),
        "hashes | sets\n1      | 2\n");
    assertRows(
        owned
            .groupBy("customer_id")
            .agg(expr("concat_ws(',', sort_array(collect_list(record_id))) AS records"))
            .select("records"),
        "records\na\nb,c\n");
    world.assertEqualsNightToSessionsFromNothing("2025-01-02", CRM_LINKS);
  }

  @Test
  void warehouseOfAnEarlierReleaseIsRefusedAndLeftAsItIs(SparkSession spark) throws IOException {
    SmallWorld world = SmallWorld.there(spark, home);
    StructType old = new StructType().add("touchpoint_id", "string").add("customer_id", "string");
    String path = world.lake().path(Touchpoints.TABLE);
    spark.createDataFrame(List.of(), old).write().format("delta").save(path);

    assertThatThrownBy(() -> world.nightToSessions("2025-01-01"))
        .isInstanceOf(OldWarehouseException.class)
        .hasMessageContaining("made by an earlier release")
        .hasMessageContaining("Name a new folder in itinera.warehouse and run itinera nightly");

    try (var left = Files.list(Path.of(world.lake().warehouse()))) {
      assertThat(left.map(file -> file.getFileName().toString()).filter(n -> !n.startsWith("_")))
          .containsExactly("touchpoints");
    }
  }

  @Test
  void warehouseWhoseEvidenceLiesInOtherFoldersIsRefused(SparkSession spark) {
    SmallWorld world = SmallWorld.there(spark, home);
    spark
        .createDataFrame(List.of(), Evidence.TABLE.schema())
        .write()
        .format("delta")
        .partitionBy(Evidence.EVENT_DATE)
        .save(world.lake().path(Evidence.TABLE));

    assertThatThrownBy(() -> world.nightToSessions("2025-01-01"))
        .isInstanceOf(OldWarehouseException.class)
        .hasMessageContaining("its evidence is laid out in other folders");
  }

  private static Dataset<Row> people(SmallWorld world) {
    return View.OWNED_TOUCHPOINTS
        .read(world.lake())
        .selectExpr(
            "count(DISTINCT customer_id) AS customers", "count(customer_id) AS touchpoints");
  }

  private static Dataset<Row> sessions(SmallWorld world) {
    return View.OWNED_TOUCHPOINTS
        .read(world.lake())
        .join(world.lake().read(Sessions.TABLE), "session_id")
        .selectExpr("record_id", "session_number AS session");
  }

  private static List<String> filesOfSessions(Lake lake, String day) {
    return Stream.of(lake.read(TouchpointSessions.TABLE).inputFiles())
        .filter(file -> file.contains("event_date=" + day))
        .toList();
  }
}
