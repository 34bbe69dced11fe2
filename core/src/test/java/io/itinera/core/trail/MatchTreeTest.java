package io.itinera.core.trail;

import static io.itinera.testing.TableText.assertRows;
import static io.itinera.testing.TableText.wholeRows;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.testing.SparkExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths that lead up to matches and away from them. */
@ExtendWith(SparkExtension.class)
class MatchTreeTest {

  private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");
  private static final String HEAD =
      "touchpoint_id | customer_id | channel | type | occurred_at         | sequence\n";

  @Test
  void treeIsCutByTimeAndBySteps(SparkSession spark) {
    Dataset<Row> matches =
        MatchTouchpoints.matches(
            wholeRows(
                spark,
                OwnedTouchpoints.VIEW,
                HEAD
                    + """
                    a1            | ann         | web     | view | 2026-01-01 09:00:00 | 1
                    a2            | ann         | web     | cart | 2026-01-01 10:00:00 | 1
                    a3            | ann         | web     | view | 2026-01-01 10:05:00 | 1
                    a4            | ann         | call    | call | 2026-01-01 10:10:00 | 1
                    a5            | ann         | web     | buy  | 2026-01-01 10:10:01 | 1
                    b1            | bob         | web     | cart | 2026-01-01 10:00:00 | 1
                    b2            | bob         | web     | view | 2026-01-01 10:01:00 | 1
                    """),
            TouchPattern.parse("cart"),
            new AroundMatches(0, 5, Duration.ofMinutes(10)));

    assertRows(
        MatchTree.tree(matches, 2).orderBy("side", "path"),
        """
        side   | depth | path                                    | step               | matches_count | customers_count | share
        after  | 1     | web:view                                | web:view           | 2             | 2               | 1.0
        after  | 2     | web:view > (end)                        | (end)              | 1             | 1               | 0.5
        after  | 2     | web:view > call:call                    | call:call          | 1             | 1               | 0.5
        after  | 3     | web:view > call:call > (later or earlier) | (later or earlier) | 1           | 1               | 0.5
        before | 1     | (later or earlier)                      | (later or earlier) | 1             | 1               | 0.5
        before | 1     | (start)                                 | (start)            | 1             | 1               | 0.5
        """);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void treeIsThatOfPlainLoops(long seed, SparkSession spark) {
    Random random = new Random(seed);
    int steps = 1 + random.nextInt(4);
    long seconds = random.nextInt(40);
    StringBuilder text = new StringBuilder(HEAD);
    List<List<Touch>> customers = new ArrayList<>();
    for (int customer = 0; customer < 8; customer++) {
      List<Touch> touches = new ArrayList<>();
      long at = 0;
      int count = random.nextInt(9);
      for (int i = 0; i < count; i++) {
        // Some of one instant, some so far away as is just allowed.
        at += random.nextInt(3) == 0 ? 0 : random.nextInt(2) == 0 ? seconds : random.nextInt(30);
        touches.add(new Touch("" + (char) ('a' + random.nextInt(3)), at));
        text.append(
            "t%d_%d | c%d | web | %s | %s | %d%n"
                .formatted(
                    customer,
                    i,
                    customer,
                    touches.get(i).type(),
                    START.plusSeconds(at).toString().replace("T", " ").replace("Z", ""),
                    i));
      }
      customers.add(touches);
    }

    Dataset<Row> matches =
        MatchTouchpoints.matches(
            wholeRows(spark, OwnedTouchpoints.VIEW, text.toString()),
            TouchPattern.parse("a"),
            new AroundMatches(0, steps, Duration.ofSeconds(seconds)));
    Map<String, Long> told = new TreeMap<>();
    for (Row row : MatchTree.tree(matches, 1).collectAsList()) {
      told.put(row.getString(0) + " " + row.getString(2), row.getLong(4));
    }

    assertThat(told).isEqualTo(counted(customers, steps, seconds));
  }

  private record Touch(String type, long at) {}

  private static Map<String, Long> counted(List<List<Touch>> customers, int steps, long seconds) {
    Map<String, Long> counts = new TreeMap<>();
    for (List<Touch> touches : customers) {
      List<Touch> backwards = new ArrayList<>(touches);
      Collections.reverse(backwards);
      count("after", "(end)", touches, steps, seconds, counts);
      count("before", "(start)", backwards, steps, seconds, counts);
    }
    return counts;
  }

  private static void count(
      String side,
      String end,
      List<Touch> touches,
      int steps,
      long seconds,
      Map<String, Long> counts) {
    for (int match = 0; match < touches.size(); match++) {
      if (touches.get(match).type().equals("a")) {
        String path = side + " ";
        for (int step = 1; step <= steps; step++) {
          int place = match + step;
          boolean isOver = place == touches.size();
          boolean isFar =
              !isOver && Math.abs(touches.get(place).at() - touches.get(match).at()) > seconds;
          String name =
              isOver ? end : isFar ? "(later or earlier)" : "web:" + touches.get(place).type();
          path += (step == 1 ? "" : " > ") + name;
          counts.merge(path, 1L, Long::sum);
          if (isOver || isFar) {
            break;
          }
        }
      }
    }
  }
}
