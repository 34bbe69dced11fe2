package io.itinera.jobs.nights;

import static io.itinera.testing.TableText.assertRows;

import io.itinera.core.table.Table;
import io.itinera.core.table.TouchpointDimensions;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Journeys of further definitions and dimensions that persist, night after night. */
@ExtendWith(SparkExtension.class)
class DefinedNightsTest {

  private static final String[] SETTINGS = {
    "itinera.sources.web.touchpoint.marketing-channel = \"agent\"",
    "itinera.journeys.definitions.buying { gap = 5 days, stages = ["
        + " { name = seen, any = [\"type = 'product_view'\"] },"
        + " { name = chosen, any = [\"type = 'add_to_cart'\", \"type = 'complaint'\"] },"
        + " { name = bought, any = [\"type = 'purchase'\"] } ] }",
    "itinera.persistence {"
        + " came_by { value = marketing_channel, allocation = original, expiration = time,"
        + " time = 10 days },"
        + " last_by { value = marketing_channel, allocation = most-recent, expiration = session },"
        + " until_sold { value = marketing_channel, allocation = most-recent, expiration = metric,"
        + " metric-types = [purchase] } }"
  };

  @Test
  void lateTouchesMergesAndPassingTimeGiveWhatOneNightGives(
      SparkSession spark, @TempDir Path folder) throws IOException {
    SmallWorld world = SmallWorld.in(spark, folder);
    world.deliver(
        "web/1.csv",
        "a1,ann,c1,2026-01-10 10:00:00,web,product_view,,paid_search",
        "a3,ann,c1,2026-01-12 10:00:00,web,purchase,100,direct",
        "b1,,c2,2026-01-10 10:00:00,web,product_view,,email",
        "d1,dan,c3,2026-01-11 10:00:00,web,product_view,,display");
    world.deliver("till/1.csv", "bob,2026-01-11 10:00:00,50");
    world.night("2026-01-12", SETTINGS);

    // The silence of d1 passes, the device of b1 turns out to be bob's, who had bought, and a touch
    // comes late.
    world.deliver(
        "web/2.csv",
        "a2,ann,c1,2026-01-11 10:00:00,web,add_to_cart,,email",
        "b2,bob,c2,2026-01-16 12:00:00,web,page_view,,");
    world.night("2026-01-17", SETTINGS);
    world.assertEqualsNightFromNothing("2026-01-17", SETTINGS);
    assertRows(
        world.lake().readAll(way(world.config(SETTINGS))),
        """
        started_at          | outcome   | stage_reached
        2026-01-10 10:00:00 | converted | bought
        2026-01-10 10:00:00 | converted | bought
        2026-01-11 10:00:00 | abandoned | seen
        """);
    assertRows(
        world.lake().read(TouchpointDimensions.TABLE).where("event_date = '2026-01-16'"),
        """
        dimension  | values
        came_by    | [email]
        """);

    // Rewritten without the cart; a view is by another agent.
    world.deliver("web/2.csv", "b2,bob,c2,2026-01-16 12:00:00,web,page_view,,");
    world.deliver("web/3.csv", "d2,dan,c3,2026-01-17 09:00:00,web,add_to_cart,,email");
    world.night("2026-01-18", SETTINGS);
    world.assertEqualsNightFromNothing("2026-01-18", SETTINGS);
  }

  private static Table way(ItineraConfig config) {
    return config.ways().get(0).table();
  }
}
