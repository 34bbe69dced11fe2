package io.itinera.jobs.nights;

import static io.itinera.testing.TableText.assertRows;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.Journeys;
import io.itinera.core.table.Table;
import io.itinera.core.table.TouchpointKpis;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.View;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The queries of docs/journeys.md run as they stand there. */
@ExtendWith(SparkExtension.class)
class JourneyQueriesTest {

  private static final Pattern SQL = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);
  private static final String WAY =
      "itinera.journeys.definitions.onboarding { gap = 9 days, stages = ["
          + " { name = seen, any = [\"type = 'page_view'\"] },"
          + " { name = bought, any = [\"type = 'purchase'\"] } ] }";

  @TempDir private Path home;

  @Test
  void eachAnswersAndTheMoneyOfJourneysIsThatOfCustomers(SparkSession spark) throws IOException {
    SmallWorld world = SmallWorld.in(spark, home);
    world.deliver(
        "web/1.csv",
        "a,u1,,2025-01-09 10:00:00,web,page_view,,",
        "b,u1,,2025-01-09 10:10:00,web,purchase,20,",
        "c,u1,,2025-01-10 10:20:00,web,refund,-5,");
    world.night("2025-01-10", WAY);
    ItineraConfig config = world.config(WAY);
    // A session of its own: names that stayed in the shared one would hide other tests' tables.
    SparkSession reader = spark.newSession();
    Lake lake = new Lake(reader, home.resolve(world.warehouse()).toString());
    for (Table table : config.tables()) {
      lake.readAll(table).createOrReplaceTempView(table.name());
    }
    View.ALL.forEach(view -> view.read(lake).createOrReplaceTempView(view.name()));

    List<Dataset<Row>> answers =
        SQL.matcher(Files.readString(Path.of("../docs/journeys.md")))
            .results()
            .map(found -> reader.sql(found.group(1).replaceAll("--[^\n]*", "")))
            .toList();

    assertThat(answers).hasSizeGreaterThan(8).allSatisfy(Dataset::collectAsList);
    assertThat(answers.get(0).collectAsList()).isEmpty();
    assertRows(
        lake.read(Journeys.TABLE),
        """
        outcome   | revenue | refunded
        converted | 20.0000 | 5.0000
        open      | 0.0000  | 0.0000
        """);
    assertRows(
        lake.read(TouchpointKpis.TABLE),
        """
        event_date | type      | touchpoints_count | converted_sessions_count | next_step
        2025-01-09 | page_view | 1                 | 1                        | web:purchase
        2025-01-09 | purchase  | 1                 | 1                        |
        2025-01-10 | refund    | 1                 | 0                        |
        """);
  }
}
