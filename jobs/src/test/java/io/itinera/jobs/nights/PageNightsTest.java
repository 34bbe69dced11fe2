package io.itinera.jobs.nights;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.Funnels;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.PathTree;
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

/** Paths and funnels over pages, which one definition names. */
@ExtendWith(SparkExtension.class)
class PageNightsTest {

  private static final String SETTINGS =
      """
      itinera.sources.web.touchpoint.location = "agent"
      itinera.journeys {
        step-unit = touchpoint, step-label = page
        pages.groups = [
          { name = product,  any = ["/p/*", "/product/{id}"] }
          { name = checkout, any = ["/cart", "/checkout*"] }
        ]
      }
      itinera.funnels.definitions {
        by_page {
          window = 30 days
          steps = [
            { name = looked, any = ["page = 'product'"] }
            { name = checked_out, any = ["page = 'checkout'"] }
          ]
        }
        at_once = ${itinera.funnels.definitions.by_page} { order = strict }
        by_pattern {
          window = 30 days
          steps = [
            { name = looked, patterns = ["page:product"] }
            { name = checked_out, patterns = ["page:product -> .* -> page:check*"] }
          ]
        }
      }
      itinera.segments.straight = "not pattern:[^page:product|page:checkout|purchase]"
      itinera.funnels.segments = [straight]
      """;

  @Test
  void figuresOfPathsAreThoseOfFunnelsAndNightsInTurnFindWhatOneFinds(
      SparkSession spark, @TempDir Path folder) throws IOException {
    SmallWorld world = SmallWorld.in(spark, folder);
    world.deliver(
        "web/1.csv",
        "a1,ann,c1,2026-01-10 10:00:00,web,page_view,,https://shop.example/p/red?ref=mail",
        "a2,ann,c1,2026-01-10 10:01:00,web,page_view,,https://shop.example/p/blue#top",
        "a3,ann,c1,2026-01-10 10:02:00,web,page_view,,https://shop.example/cart/",
        "b1,bob,c2,2026-01-11 10:00:00,web,page_view,,/product/17/",
        "b2,bob,c2,2026-01-11 10:01:00,web,page_view,,/about?x=1",
        "c1,cyd,c3,2026-01-11 10:00:00,web,page_view,,/checkout/pay",
        "c2,cyd,c3,2026-01-11 10:01:00,web,page_view,,/product/9");
    world.deliver("till/1.csv", "ann,2026-01-10 12:00:00,50");
    world.wholeNight("2026-01-12", SETTINGS);
    world.deliver(
        "web/2.csv", "b3,bob,c2,2026-01-13 10:00:00,web,page_view,,http://shop.example/checkout");
    world.wholeNight("2026-01-14", SETTINGS);

    Lake lake = world.lake();
    assertThat(texts(lake, Journeys.TABLE, "true", "concat_ws(' ', customer_id, path_text)"))
        .extracting(text -> text.substring(text.indexOf(' ') + 1))
        .containsExactlyInAnyOrder(
            "product > checkout > store:purchase",
            "product > /about > checkout",
            "checkout > product");
    assertThat(entered(lake, "by_page")).containsExactly("1 looked 3", "2 checked_out 2");
    assertThat(texts(lake, Journeys.TABLE, "path_text LIKE '%product%checkout%'", "customer_id"))
        .as("who looked, and checked out later, by paths")
        .hasSize(2);
    assertThat(entered(lake, "by_pattern")).containsExactly("1 looked 3", "2 checked_out 2");
    assertThat(
            texts(
                lake,
                Funnels.TABLE,
                "as_of = '2026-01-14' AND funnel = 'by_page' AND segment_type = 'segment:straight'",
                "concat_ws(' ', segment_value, step_name, entered_count)"))
        .as("Bob also looked elsewhere")
        .containsExactlyInAnyOrder(
            "true looked 2", "true checked_out 1", "false looked 1", "false checked_out 1");
    assertThat(entered(lake, "at_once")).containsExactly("1 looked 3", "2 checked_out 1");
    assertThat(
            texts(
                lake,
                Transitions.TABLE,
                "as_of = '2026-01-14' AND segment_type = 'all' AND from_step = 'product'"
                    + " AND to_step = 'checkout'",
                "customers_count"))
        .as("who checked out right behind a look, by paths")
        .containsExactly("1");

    Lake once = world.wholeFromNothing("2026-01-14", SETTINGS).lake();
    assertThat(WarehouseContent.rows(lake, Journeys.TABLE))
        .isEqualTo(WarehouseContent.rows(once, Journeys.TABLE));
    for (Table table : List.of(PathTree.TABLE, Transitions.TABLE, Funnels.TABLE)) {
      assertThat(ofNight(lake, table)).as(table.name()).isEqualTo(ofNight(once, table));
    }
  }

  private static List<String> entered(Lake lake, String funnel) {
    return texts(
        lake,
        Funnels.TABLE,
        "as_of = '2026-01-14' AND segment_type = 'all' AND funnel = '" + funnel + "'",
        "concat_ws(' ', step, step_name, entered_count)");
  }

  private static List<Map<String, Object>> ofNight(Lake lake, Table table) {
    return WarehouseContent.rows(lake, table).stream()
        .filter(row -> row.get("as_of").equals(LocalDate.parse("2026-01-14")))
        .filter(row -> !"persona".equals(row.get("segment_type")))
        .toList();
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
