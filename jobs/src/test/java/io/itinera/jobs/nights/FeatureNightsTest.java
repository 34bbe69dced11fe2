package io.itinera.jobs.nights;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.CustomerFeatures;
import io.itinera.core.table.PersonaModels;
import io.itinera.core.table.Table;
import io.itinera.jobs.lake.Lake;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Nights whose features are over sessions, journeys, cards and RFM scores, too. */
@ExtendWith(SparkExtension.class)
class FeatureNightsTest {

  private static final String FEATURES =
      """
      itinera.personas {
        features = null
        features {
          active_days = "count(1)"
          visits = { over = sessions, sql = "count(1)" }
          longest_visit = { over = sessions, sql = "max(duration_seconds)", unit = seconds }
          conversions = { over = journeys, sql = "count_if(outcome = 'converted')" }
          sessions_ever = { over = customers, sql = "sessions_count" }
          favourite_hour = { over = customers, sql = "favourite_weekday", if-missing = 8 }
          spent = { over = rfm, sql = "monetary", unit = money }
        }
        among = "active_days >= 1", fewest = 2, most = 3, least-stability = -1, smallest-share = "0%"
      }
      itinera.journeys.gap = 2 days
      """;

  private static final LocalDate SUNDAY = LocalDate.of(2026, 2, 1);
  private static final Table TABLE =
      CustomerFeatures.table(
          List.of(
              "active_days",
              "conversions",
              "favourite_hour",
              "longest_visit",
              "sessions_ever",
              "spent",
              "visits"));

  @Test
  void nightsInTurnFindWhatOneNightFromNothingFinds(SparkSession spark, @TempDir Path home)
      throws IOException {
    SmallWorld world = SmallWorld.in(spark, home);
    deliver(world, SUNDAY.minusDays(8), SUNDAY);
    world.wholeNight(SUNDAY.toString(), FEATURES);
    List<Map<String, Object>> ofSunday = ofNight(world.lake(), SUNDAY);
    deliver(world, SUNDAY.plusDays(1), SUNDAY.plusDays(2));
    world.wholeNight(SUNDAY.plusDays(2).toString(), FEATURES);

    SmallWorld once = world.wholeFromNothing(SUNDAY.plusDays(2).toString(), FEATURES);

    assertThat(ofNight(world.lake(), SUNDAY.plusDays(2)))
        .hasSize(12)
        .isEqualTo(ofNight(once.lake(), SUNDAY.plusDays(2)));
    // Who learnt on Sunday knew no more of Sunday than who looks back at it.
    assertThat(scaling(once.lake())).isEqualTo(scaling(world.lake()));

    world.wholeNight(SUNDAY.toString(), FEATURES);

    assertThat(ofNight(world.lake(), SUNDAY)).as("looking back").isEqualTo(ofSunday);
  }

  private static List<Object> scaling(Lake lake) {
    return WarehouseContent.rows(lake, PersonaModels.TABLE).stream()
        .map(
            row ->
                List.of(
                    row.get("as_of"),
                    row.get("cluster"),
                    row.get("feature_means"),
                    row.get("center")))
        .map(Object.class::cast)
        .toList();
  }

  private static List<Map<String, Object>> ofNight(Lake lake, LocalDate asOf) {
    lake.begin("look");
    return WarehouseContent.rows(lake, TABLE).stream()
        .filter(row -> row.get("as_of").equals(asOf))
        .toList();
  }

  /** A file a day of visits around midnight, some of which are of buyers. */
  private static void deliver(SmallWorld world, LocalDate from, LocalDate to) throws IOException {
    for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
      Random random = new Random(day.toEpochDay());
      List<String> lines = new ArrayList<>();
      for (int user = 0; user < 12; user++) {
        if (random.nextInt(3) > 0) {
          lines.add(line(day, user, "23:5" + random.nextInt(9), "page_view", ""));
          lines.add(line(day, user, "00:0" + random.nextInt(9), "page_view", ""));
        }
        if (user % 3 == 0 && random.nextBoolean()) {
          lines.add(line(day, user, "12:00", "purchase", "1" + random.nextInt(9)));
        }
      }
      world.deliver("web/" + day + ".csv", lines.toArray(String[]::new));
    }
  }

  private static String line(LocalDate day, int user, String at, String type, String value) {
    return "%s-%s-%s,u%s,c%s,%sT%s:00Z,web,%s,%s,x"
        .formatted(day, at, user, user, user, day, at, type, value);
  }
}
