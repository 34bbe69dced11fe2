package io.itinera.core.path;

import static io.itinera.testing.TableText.assertRows;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.path.MineParts.Limits;
import io.itinera.core.path.PathRules.Patterns;
import io.itinera.core.path.PathRules.TransitionsOf;
import io.itinera.core.table.FrequentPaths;
import io.itinera.testing.SparkExtension;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class FindFrequentPathsTest {

  private static final LocalDate AS_OF = LocalDate.of(2024, 12, 31);
  private static final String HEADER =
      "journey_id | outcome | ended_on | path_text | stage_reached\n";

  @Test
  void patternsOfExactlyTheLeastSupportAreFrequent(SparkSession spark) {
    Dataset<Row> journeys =
        JourneyText.journeys(
            spark,
            """
            journey_id | outcome   | ended_on   | path_text       | stage_reached
            j1         | converted | 2024-12-31 | ad > web > shop | 0 10 20
            j2         | converted | 2024-12-30 | ad > shop       | 0 10
            j3         | converted | 2024-12-22 | web > call      | 0 10
            j4         | converted | 2024-12-30 | mail            | 0
            j5         | abandoned | 2024-12-30 | ad > call > ad  | 0 10 20
            j6         | abandoned | 2024-12-30 |                 |
            j7         | open      | 2024-12-30 | ad > shop       | 0 10
            j8         | converted | 2024-12-21 | ad > shop       | 0 10
            """);

    // Two of four converted journeys; the one abandoned has all that it has. j6 has no steps, j7 is
    // open, j8 ended a day before the window.
    assertRows(
        table(spark, FindFrequentPaths.patterns(journeys, AS_OF, rules(0.5, false))),
        """
        as_of      | outcome   | pattern_text   | journeys_count | support | lift
        2024-12-31 | converted | ad             | 2              | 0.5     | 0.8333333333333334
        2024-12-31 | converted | ad > shop      | 2              | 0.5     | 1.25
        2024-12-31 | converted | shop           | 2              | 0.5     | 1.25
        2024-12-31 | converted | web            | 2              | 0.5     | 1.25
        2024-12-31 | abandoned | ad             | 1              | 1.0     | 1.6666666666666667
        2024-12-31 | abandoned | ad > ad        | 1              | 1.0     | 5.0
        2024-12-31 | abandoned | ad > call      | 1              | 1.0     | 5.0
        2024-12-31 | abandoned | ad > call > ad | 1              | 1.0     | 5.0
        2024-12-31 | abandoned | call           | 1              | 1.0     | 2.5
        2024-12-31 | abandoned | call > ad      | 1              | 1.0     | 5.0
        """);
    assertThat(FindFrequentPaths.patterns(journeys, AS_OF, rules(0.51, false)))
        .filteredOn(row -> row.getString(1).equals("converted"))
        .isEmpty();
    assertThat(FindFrequentPaths.patterns(journeys, AS_OF, rules(0.5, true)))
        .extracting(row -> row.getString(3))
        .containsExactly("ad > shop", "web", "ad > call > ad");
  }

  @Test
  void shareThatBinaryNumbersDoNotHaveIsMetExactly() {
    // 0.07 times 100 is 7.000000000000001 in binary numbers.
    assertThat(rules(0.07, false).patterns().least(100)).isEqualTo(7);
    assertThat(rules(0.07, false).patterns().least(101)).isEqualTo(8);
    assertThat(rules(0.07, false).patterns().least(0)).isEqualTo(1);
  }

  @Test
  void partsTogetherFindWhatTheWholeHas(SparkSession spark) {
    for (long seed = 1; seed <= 4; seed++) {
      List<String> lines = randomJourneys(new Random(seed));
      Dataset<Row> journeys = JourneyText.journeys(spark, HEADER + String.join("\n", lines));
      List<String> expected = bruteForce(lines, 0.2);

      assertThat(texts(FindFrequentPaths.patterns(journeys, AS_OF, rules(0.2, false))))
          .isEqualTo(expected);
      for (Limits limits : List.of(new Limits(40, 0), new Limits(15, 0), new Limits(40, 4))) {
        assertThat(
                texts(
                    FindFrequentPaths.patterns(
                        journeys.repartition(3), AS_OF, rules(0.2, false), limits)))
            .isEqualTo(expected);
      }
    }
  }

  private static List<String> randomJourneys(Random random) {
    return IntStream.range(0, 60)
        .mapToObj(
            i -> {
              List<String> path = new ArrayList<>();
              for (int steps = 1 + random.nextInt(5); steps > 0; steps--) {
                path.add("abcd".substring(random.nextInt(4)).substring(0, 1));
              }
              String outcome = random.nextInt(3) == 0 ? "converted" : "abandoned";
              return "j%d | %s | 2024-12-31 | %s | 0"
                  .formatted(i, outcome, String.join(" > ", path));
            })
        .toList();
  }

  /** Every pattern of at most three steps that any journey could have, tried on all of them. */
  private static List<String> bruteForce(List<String> lines, double least) {
    List<String> found = new ArrayList<>();
    for (String outcome : List.of("converted", "abandoned")) {
      List<String> paths =
          lines.stream()
              .filter(line -> line.contains(outcome))
              .map(line -> line.split(" \\| ", -1)[3].replace(" > ", ""))
              .toList();
      TreeMap<String, Long> counts = new TreeMap<>();
      for (String pattern : tries()) {
        String regex = String.join(".*", pattern.split("(?<=.)(?=.)", -1));
        counts.put(
            pattern, paths.stream().filter(path -> path.matches(".*" + regex + ".*")).count());
      }
      counts.forEach(
          (pattern, count) -> {
            if (count >= least * paths.size() - 1e-9) {
              found.add(
                  outcome
                      + " "
                      + String.join(" > ", pattern.split("(?<=.)(?=.)", -1))
                      + " "
                      + count);
            }
          });
    }
    return found.stream().sorted().toList();
  }

  private static Set<String> tries() {
    TreeSet<String> tries = new TreeSet<>(List.of("a", "b", "c", "d"));
    for (int i = 0; i < 2; i++) {
      for (String shorter : List.copyOf(tries)) {
        "abcd".chars().forEach(step -> tries.add(shorter + (char) step));
      }
    }
    return tries;
  }

  private static List<String> texts(List<Row> rows) {
    return rows.stream()
        .map(row -> row.getString(1) + " " + row.getString(3) + " " + row.getLong(4))
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  private static Dataset<Row> table(SparkSession spark, List<Row> rows) {
    return spark.createDataFrame(rows, FrequentPaths.TABLE.schema()).drop(FrequentPaths.PATTERN);
  }

  private static PathRules rules(double leastSupport, boolean onlyClosed) {
    return new PathRules(
        10, 1, new Patterns(leastSupport, 3, 10_000, onlyClosed), TransitionsOf.JOURNEY);
  }
}
