package io.itinera.core.process;

import static io.itinera.testing.TableText.assertRows;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.process.CaseRules.Batches;
import io.itinera.core.process.CaseRules.Calendar;
import io.itinera.core.process.CaseRules.Learning;
import io.itinera.core.table.ProcessConstraints;
import io.itinera.core.table.ProcessProfiles;
import io.itinera.core.table.ProcessSpectra;
import io.itinera.core.table.ProcessSteps;
import io.itinera.core.table.QualityCheck;
import io.itinera.core.table.Table;
import io.itinera.testing.SparkExtension;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class CountProcessTest {

  /** The day before is a Sunday: training is on every seventh. */
  private static final LocalDate AS_OF = LocalDate.of(2026, 1, 19);

  private static final CaseRules RULES =
      new CaseRules(
          365,
          7,
          new Batches(Duration.ofSeconds(60), 3),
          new Learning(7, 2, 2, 0.5, 1),
          new Calendar(ZoneId.of("UTC"), Duration.ofDays(2)));

  /** Mail goes out to three at a time; who comes to the shop buys there. */
  private static final String JOURNEYS =
      """
      SELECT split(path, ' ') AS path,
        transform(split(minutes, ' '),
          m -> timestamp_seconds(unix_seconds(timestamp(day)) + 60 * int(m))) AS path_at,
        outcome, date(ended_on) AS ended_on
      FROM VALUES
        ('mail shop buy',  '0 10 20', '2026-01-05', '2026-01-05', 'converted'),
        ('mail shop buy',  '1 31 41', '2026-01-05', '2026-01-05', 'converted'),
        ('mail mail',      '2 3',     '2026-01-05', '2026-01-05', 'abandoned'),
        ('mail mail',      '9 99',    '2026-01-05', '2026-01-18', 'converted'),
        ('mail shop buy',  '0 80 90', '2026-01-19', '2026-01-19', 'converted'),
        ('mail shop',      '4 14',    '2026-01-16', '2026-01-17', 'abandoned'),
        ('shop mail',      '4 99',    '2026-01-19', '2026-01-19', 'open')
        AS (path, minutes, day, ended_on, outcome)
      """;

  @Test
  void stepsTellWhatComesAgainAndWhoComesTogether(SparkSession spark) {
    // Of the mails of the 5th three are a batch: the one a minute behind another of its journey is
    // the same start; the one six minutes later comes too late.
    assertRows(
        rows(spark, ProcessSteps.TABLE, tables(spark).steps()).drop("as_of", "journeys_share"),
        """
        step | journeys_count | events_count | repeating_count | repeats_count | loops_count | least_self_distance | mean_self_distance | starts_count | batches_count | batched_count | batched_share | mean_batch_size | largest_batch | longest_batch_seconds
        buy  | 3              | 3            | 0               | 0             | 0           |                     |                    | 3            | 0             | 0             | 0.0           |                 | 0             |
        mail | 7              | 9            | 2               | 2             | 2           | 0                   | 0.0                | 8            | 1             | 3             | 0.375         | 3.0             | 3             | 120
        shop | 5              | 5            | 0               | 0             | 0           |                     |                    | 5            | 0             | 0             | 0.0           |                 | 0             |
        """);
  }

  @Test
  void spectrumTellsWeeksAndQuartiles(SparkSession spark) {
    assertRows(
        rows(spark, ProcessSpectra.TABLE, tables(spark).spectra())
            .where("from_step = 'mail' AND to_step = 'shop'"),
        """
        as_of      | from_step | to_step | bin_on     | entered_count | fastest_count | fast_count | slow_count | slowest_count | median_seconds | q1_seconds | q2_seconds | q3_seconds
        2026-01-19 | mail      | shop    | 2026-01-05 | 2             | 1             | 0          | 1          | 0             | 1200.0         | 600.0      | 1200.0     | 2550.0
        2026-01-19 | mail      | shop    | 2026-01-12 | 1             | 1             | 0          | 0          | 0             | 600.0          | 600.0      | 1200.0     | 2550.0
        2026-01-19 | mail      | shop    | 2026-01-19 | 1             | 0             | 0          | 0          | 1             | 4800.0         | 600.0      | 1200.0     | 2550.0
        """);
  }

  @Test
  void profileIsOfJourneysThatWereOverAndNewerOnesAreCheckedByIt(SparkSession spark) {
    // Over by the 18th: the four of the 5th, of which an abandoned one is over two days later. The
    // one of the 16th is over on the 19th. Usual are 600 and 1800 seconds: 1200 ± 600.
    assertRows(
        rows(spark, ProcessProfiles.TABLE, tables(spark).profiles()).drop("as_of"),
        """
        from_step | to_step | trained_on | journeys_count | follows_share | mean_seconds | deviation_seconds | least_seconds | most_seconds | checked_count | deviating_count | deviating_share | night_checked_count | night_deviating_count
        mail      | buy     | 2026-01-18 | 2              | 0.5           | 1800.0       | 600.0             | 1200          | 2400         | 1             | 1               | 1.0             | 1                   | 1
        mail      | mail    | 2026-01-18 | 2              | 0.5           | 2730.0       | 2670.0            | 60            | 5400         | 0             | 0               |                 | 0                   | 0
        mail      | shop    | 2026-01-18 | 2              | 0.5           | 1200.0       | 600.0             | 600           | 1800         | 2             | 1               | 0.5             | 2                   | 1
        shop      | buy     | 2026-01-18 | 2              | 1.0           | 600.0        | 0.0               | 600           | 600          | 1             | 0               | 0.0             | 1                   | 0
        """);
  }

  @Test
  void constraintsThatHeldAreCheckedOfNewerJourneys(SparkSession spark) {
    assertRows(
        rows(spark, ProcessConstraints.TABLE, tables(spark).constraints())
            .drop("as_of", "trained_on", "violations_share"),
        """
        template       | first_step | second_step | journeys_count | held_count | support | confidence | checked_count | violations_count | night_checked_count | night_violations_count
        at_most_once   | buy        | (none)      | 2              | 2          | 0.5     | 1.0        | 1             | 0                | 1                   | 0
        at_most_once   | shop       | (none)      | 2              | 2          | 0.5     | 1.0        | 2             | 0                | 2                   | 0
        existence      | mail       | (none)      | 4              | 4          | 1.0     | 1.0        | 2             | 0                | 2                   | 0
        init           | mail       | (none)      | 4              | 4          | 1.0     | 1.0        | 2             | 0                | 2                   | 0
        not_succession | buy        | mail        | 2              | 2          | 0.5     | 1.0        | 1             | 0                | 1                   | 0
        not_succession | buy        | shop        | 2              | 2          | 0.5     | 1.0        | 1             | 0                | 1                   | 0
        not_succession | shop       | mail        | 2              | 2          | 0.5     | 1.0        | 2             | 0                | 2                   | 0
        precedence     | mail       | buy         | 2              | 2          | 0.5     | 1.0        | 1             | 0                | 1                   | 0
        precedence     | mail       | shop        | 2              | 2          | 0.5     | 1.0        | 2             | 0                | 2                   | 0
        precedence     | shop       | buy         | 2              | 2          | 0.5     | 1.0        | 1             | 0                | 1                   | 0
        response       | shop       | buy         | 2              | 2          | 0.5     | 1.0        | 2             | 1                | 2                   | 1
        succession     | shop       | buy         | 2              | 2          | 0.5     | 1.0        | 2             | 1                | 2                   | 1
        """);
  }

  @Test
  void checksSayWhatNewerJourneysDoNotKeepTo(SparkSession spark) {
    // Where nobody may break a constraint, one is too many; of two times one may be beyond two
    // standard deviations by chance.
    List<QualityCheck> checks = JudgeProcess.checks(tables(spark), RULES.learning());

    assertThat(checks)
        .extracting(check -> check.passed() + " " + check.observed())
        .containsExactly(
            "false 2 of 7 do not: response(shop, buy): 1 of 2; succession(shop, buy): 1 of 2",
            "true 0 of 1 do not");
  }

  @Test
  void journeysThatAreOverOnTheDayOfTrainingAreCheckedByTheOneBefore(SparkSession spark) {
    ProcessTables sunday =
        CountProcess.tables(spark.sql(JOURNEYS), LocalDate.of(2026, 1, 18), RULES);

    assertThat(sunday.profiles())
        .extracting(row -> row.getDate(3).toString())
        .containsOnly("2026-01-11");
    assertThat(CountProcess.tables(spark.sql(JOURNEYS).limit(0), AS_OF, RULES).constraints())
        .isEmpty();
  }

  private static ProcessTables tables(SparkSession spark) {
    return CountProcess.tables(spark.sql(JOURNEYS), AS_OF, RULES);
  }

  private static Dataset<Row> rows(SparkSession spark, Table table, List<Row> rows) {
    return spark.createDataFrame(rows, table.schema());
  }
}
