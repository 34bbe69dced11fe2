package io.itinera.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.itinera.core.table.Journeys;
import io.itinera.core.table.Tables;
import io.itinera.jobs.config.ReportRules;
import io.itinera.jobs.lake.Lake;
import io.itinera.testing.SparkExtension;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Ann views, fills the cart, views twice more and buys a day later; Bob views and fills it. */
@ExtendWith(SparkExtension.class)
class ProcessPageTest {

  private static final LocalDate NIGHT = LocalDate.of(2026, 1, 31);
  private static final List<Page> PAGE = List.of(new ProcessPage());

  /** The same figures as those of {@code itinera paths process} over the same events. */
  @Test
  void tellsReworkAndWhatComesLater(SparkSession spark, @TempDir Path warehouse) {
    Lake lake = new Lake(spark.newSession(), warehouse.toString());
    lake.create(Journeys.TABLE);
    lake.append(Journeys.TABLE, journeys(lake.spark()));
    ReportRules rules = new ReportRules(false, false, "unused", List.of("en"), 30, 1, true);

    Findings found =
        new AskTables(lake, Tables.ALL, ZoneOffset.UTC).ask(PAGE, new Scope(NIGHT, rules, 365));

    Finding rework = found.of("process", "rework");
    assertThat(rework.rows().get(0)).containsExactly("view", 2L, 1L, 0.5, 2L, 1L, 0.5);
    assertThat(rework.rows()).hasSize(3);
    Finding follows = found.of("process", "follows");
    assertThat(follows.rows())
        .containsExactly(
            List.of("view", "cart", 2L, 1.0, 60.0, 0.0),
            List.of("cart", "buy", 1L, 0.5, 86_520.0, 0.0),
            List.of("cart", "view", 1L, 0.5, 0.0, 0.0),
            List.of("view", "buy", 1L, 0.5, 86_580.0, 0.0),
            List.of("view", "view", 1L, 0.5, 60.0, 0.0));
    // Values stand in signs that keep the direction of writing.
    assertThat(PAGE.get(0).sentences(found, Language.of("en", "EUR")))
        .extracting(sentence -> sentence.replaceAll("[\u2068\u2069]", ""))
        .containsExactly(
            "The step that comes again most often is “view”: of 2 journeys with it, 50% take it"
                + " more than once.");
    assertThat(rework.sum("journeys_count")).isEqualTo(5, within(0.0));
  }

  private static Dataset<Row> journeys(SparkSession spark) {
    String times = "transform(array(%s), s -> timestamp_seconds(1767261600 + s))";
    String sql =
        """
        SELECT 'a' AS journey_id, array('view', 'cart', 'view', 'view', 'buy') AS path,
          %s AS path_at, date'2026-01-02' AS ended_on
        UNION ALL SELECT 'b', array('view', 'cart'), %s, date'2026-01-02'
        UNION ALL SELECT 'c', array(), array(), date'2026-01-02'
        UNION ALL SELECT 'd', array('view', 'view'), %s, date'2026-02-01'
        """
            .formatted(
                times.formatted("0, 60, 60, 180, 86580"),
                times.formatted("0, 60"),
                times.formatted("0, 60"));
    return spark
        .createDataFrame(List.<Row>of(), Journeys.TABLE.schema())
        .unionByName(spark.sql(sql), true);
  }
}
