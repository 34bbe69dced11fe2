package io.itinera.jobs.nights;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.Attribution;
import io.itinera.core.table.AttributionChanges;
import io.itinera.core.table.AttributionTouchpoints;
import io.itinera.core.table.DropCauses;
import io.itinera.core.table.FrequentPaths;
import io.itinera.core.table.FunnelDrops;
import io.itinera.core.table.Funnels;
import io.itinera.core.table.JourneyMap;
import io.itinera.core.table.PathTree;
import io.itinera.core.table.PathVariants;
import io.itinera.core.table.ProcessConstraints;
import io.itinera.core.table.ProcessProfiles;
import io.itinera.core.table.ProcessSpectra;
import io.itinera.core.table.ProcessSteps;
import io.itinera.core.table.QualityChecks;
import io.itinera.core.table.Table;
import io.itinera.core.table.Transitions;
import io.itinera.jobs.lake.Lake;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is made of journeys and touches, night after night. */
@ExtendWith(SparkExtension.class)
class PathNightsTest {

  private static final String CHANNELS =
      "itinera.sources.web.touchpoint.marketing-channel = \"agent\"";

  private static final String[] OTHERWISE = {
    CHANNELS,
    "itinera.attribution.lookback = 2 days",
    "itinera.paths.window = 20 days",
    "itinera.journeys { step-unit = touchpoint, step-label = type }",
    "itinera.paths.transitions-of = session",
    "itinera.process { every = 2 days, least-journeys = 1, batches.least = 2 }",
    "itinera.journey-map.horizon = 3 days",
    "itinera.funnels.definitions.purchase.window = 1 day",
    "itinera.funnels.segments = [buyers, big, lookers]",
    "itinera.segments.buyers = \"orders_count > 0\"",
    "itinera.segments.big = \"quantile:revenue>=0.5\"",
    "itinera.segments.lookers = \"not pattern:product_view -> .* -> purchase\""
  };

  /** Of these the rows of the last night are compared. */
  private static final List<Table> NIGHTLY =
      List.of(
          PathTree.TABLE,
          PathVariants.TABLE,
          Transitions.TABLE,
          FrequentPaths.TABLE,
          ProcessSteps.TABLE,
          ProcessSpectra.TABLE,
          ProcessProfiles.TABLE,
          ProcessConstraints.TABLE,
          Attribution.TABLE,
          Funnels.TABLE,
          FunnelDrops.TABLE,
          DropCauses.TABLE,
          JourneyMap.TABLE);

  @Test
  void mergeRestatesPastConversionsAndTablesAreThoseOfOneNight(
      SparkSession spark, @TempDir Path folder) throws IOException {
    SmallWorld world = SmallWorld.in(spark, folder);
    world.deliver(
        "web/1.csv",
        "a1,ann,c1,2026-01-10 10:00:00,web,product_view,,paid_search",
        "a2,ann,c1,2026-01-12 10:00:00,web,add_to_cart,,email",
        "a3,ann,c1,2026-01-13 10:00:00,web,purchase,100,direct",
        "b1,,c2,2026-01-20 10:00:00,web,product_view,,paid_search",
        "d1,dan,c3,2026-01-29 10:00:00,web,product_view,,paid_search");
    world.deliver("till/1.csv", "bob,2026-01-21 10:00:00,50");
    world.wholeNight("2026-01-31", CHANNELS);

    assertThat(linear(world.lake()))
        .containsExactly(
            "(none) 1.0000 50.0000", "email 0.5000 50.0000", "paid_search 0.5000 50.0000");
    assertThat(
            texts(
                world.lake(),
                Funnels.TABLE,
                "funnel = 'purchase' AND segment_type = 'all'",
                "concat_ws(' ', step_name, entered_count, converted_to_next_count, dropped_count,"
                    + " open_count)"))
        .containsExactly(
            "add_to_cart 1 1 0 0",
            "checkout_start 0 0 0 0",
            "product_view 3 1 0 2",
            "purchase 1 0 0 0");

    world.deliver("web/2.csv", "b2,bob,c2,2026-02-01 12:00:00,web,page_view,,direct");
    world.wholeNight("2026-02-04", CHANNELS);

    Lake lake = world.lake();
    assertThat(
            texts(
                lake,
                AttributionChanges.TABLE,
                "true",
                "concat_ws(' ', marketing_channel, cast(conversions_before AS DOUBLE),"
                    + " cast(conversions_after AS DOUBLE), cause)"))
        .containsExactly("(none) 1.0 0.0 identity", "paid_search 0.0 1.0 identity");
    assertThat(texts(lake, QualityChecks.TABLE, "table_name = 'attribution'", "passed"))
        .isNotEmpty()
        .containsOnly("true");
    assertThat(
            texts(
                lake,
                FunnelDrops.TABLE,
                "as_of = '2026-02-04' AND funnel = 'purchase'",
                "concat_ws(' ', step_name, next_step, customers_count)"))
        .containsExactly("product_view store:purchase 1");
    assertThat(
            texts(
                lake,
                JourneyMap.TABLE,
                "as_of = '2026-02-04' AND type = 'product_view'",
                "concat_ws(' ', channel, customers_count, touchpoints_count, conversion_rate)"))
        // The horizon of no touchpoint is over yet.
        .containsExactly("web 3 3");

    // Written anew without a2 and d1, with another price; and other settings from then on.
    world.deliver(
        "web/1.csv",
        "a1,ann,c1,2026-01-10 10:00:00,web,product_view,,email",
        "a3,ann,c1,2026-01-13 10:00:00,web,purchase,70,direct",
        "b1,,c2,2026-01-20 10:00:00,web,product_view,,paid_search");
    world.wholeNight("2026-02-05", OTHERWISE);
    assertThat(
            texts(
                lake,
                Funnels.TABLE,
                "as_of = '2026-02-05' AND funnel = 'purchase' AND step = 1"
                    + " AND segment_type LIKE 'segment:%'",
                "concat_ws(' ', segment_type, segment_value, entered_count)"))
        .containsExactly(
            "segment:big false 1",
            "segment:big true 1",
            "segment:buyers true 2",
            "segment:lookers false 2");
    assertEqualsNightFromNothing(world, "2026-02-05");
    assertThat(ofNight(lake, ProcessConstraints.TABLE, "2026-02-05")).isNotEmpty();
    assertThat(ofNight(lake, ProcessSpectra.TABLE, "2026-02-05")).isNotEmpty();
  }

  private static void assertEqualsNightFromNothing(SmallWorld world, String asOf)
      throws IOException {
    Lake lake = world.lake();
    Lake once = world.wholeFromNothing(asOf, OTHERWISE).lake();
    for (Table table : NIGHTLY) {
      assertThat(ofNight(lake, table, asOf)).as(table.name()).isEqualTo(ofNight(once, table, asOf));
    }
    assertThat(WarehouseContent.rows(lake, AttributionTouchpoints.TABLE))
        .isEqualTo(WarehouseContent.rows(once, AttributionTouchpoints.TABLE));
  }

  /** Without personas' rows: what those are called depends on the nights before. */
  private static List<Map<String, Object>> ofNight(Lake lake, Table table, String asOf) {
    return WarehouseContent.rows(lake, table).stream()
        .filter(row -> row.get("as_of").equals(LocalDate.parse(asOf)))
        .filter(row -> !"persona".equals(row.get("segment_type")))
        .toList();
  }

  private static List<String> linear(Lake lake) {
    return texts(
        lake,
        Attribution.TABLE,
        "model = 'linear'",
        "concat_ws(' ', marketing_channel, conversions, revenue)");
  }

  private static List<String> texts(Lake lake, Table table, String where, String text) {
    return lake
        .read(table)
        .where(where)
        .selectExpr("cast(" + text + " AS STRING)")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }
}
