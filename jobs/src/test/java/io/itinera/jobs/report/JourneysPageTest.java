package io.itinera.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.Journeys;
import io.itinera.core.table.Tables;
import io.itinera.jobs.config.ReportRules;
import io.itinera.jobs.lake.Lake;
import io.itinera.testing.SparkExtension;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One journey buys, one has left its cart, and one is still on the way. */
@ExtendWith(SparkExtension.class)
class JourneysPageTest {

  @Test
  void openJourneyHasNotDroppedBetweenTwoSteps(SparkSession spark, @TempDir Path warehouse) {
    Lake lake = new Lake(spark.newSession(), warehouse.toString());
    lake.create(Journeys.TABLE);
    String times =
        "transform(path, (step, i) -> timestamp_seconds(1767261600 + 60 * i)) AS path_at";
    lake.append(
        Journeys.TABLE,
        lake.spark()
            .createDataFrame(List.<Row>of(), Journeys.TABLE.schema())
            .unionByName(
                lake.spark()
                    .sql(
                        """
                        SELECT *, %s, date'2026-01-02' AS ended_on FROM VALUES
                          ('a', array('view', 'cart', 'buy'), 'converted'),
                          ('b', array('view', 'cart'), 'abandoned'),
                          ('c', array('view', 'cart'), 'open') AS (journey_id, path, outcome)
                        """
                            .formatted(times)),
                true));
    ReportRules rules = new ReportRules(false, false, "unused", List.of("en"), 30, 1, true);

    Findings found =
        new AskTables(lake, Tables.ALL, ZoneOffset.UTC)
            .ask(List.of(new JourneysPage()), new Scope(LocalDate.of(2026, 1, 31), rules, 365));

    // Journeys at the one step, that reached the other, that did not, the share, and directly.
    assertThat(found.of("journeys", "between").rows())
        .extracting(row -> row.subList(0, 7))
        .contains(
            List.of("cart", "buy", 2L, 1L, 1L, 0.5, 1L),
            List.of("view", "buy", 2L, 1L, 1L, 0.5, 0L),
            List.of("view", "cart", 2L, 2L, 0L, 1.0, 2L));
    // Of those that converted all reached it, of the abandoned none.
    assertThat(found.of("journeys", "between").rows())
        .extracting(row -> row.get(0) + " " + row.get(1) + " " + row.subList(7, 10))
        .contains("cart buy [1.0, 0.0, 60.0]");
    assertThat(found.of("journeys", "around").rows())
        .filteredOn(row -> row.get(0).equals("cart"))
        .extracting(row -> row.subList(1, row.size()).toString())
        .containsExactly(
            "[before, view, converted, 1, 1.0, 60.0]",
            "[before, view, abandoned, 1, 1.0, 60.0]",
            "[after, buy, converted, 1, 1.0, 60.0]",
            "[after, (exit), abandoned, 1, 1.0, null]");
  }
}
