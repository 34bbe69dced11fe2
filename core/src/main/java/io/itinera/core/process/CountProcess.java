package io.itinera.core.process;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.rule.CalendarDays;
import io.itinera.core.table.JourneyOutcome;
import io.itinera.core.table.Journeys;
import java.sql.Date;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Counts the process that journeys go through, by one walk over their steps, which stand in order
 * already: nothing about a single journey is sent around or sorted.
 */
public final class CountProcess {

  private static final StepTally UNKNOWN = new StepTally();

  private CountProcess() {}

  /**
   * What the night tells of the process.
   *
   * <p>What is usual is learnt from journeys that were over by the last training before {@code
   * asOf}, and those that were over since are checked by it. A converted journey is over on its
   * last day, an abandoned one as many days later as the gap has, begun ones counted whole. Which
   * day is one of training depends on the calendar alone, so that a night tells what a rebuild
   * would.
   *
   * @param journeys rows of {@link Journeys}
   */
  public static ProcessTables tables(Dataset<Row> journeys, LocalDate asOf, CaseRules rules) {
    LocalDate trainedOn =
        new CalendarDays(rules.learning().everyDays()).lastUpTo(asOf.minusDays(1));
    List<Row> rows =
        input(journeys, asOf, trainedOn, rules)
            .mapPartitions(new TallyCases(rules), Encoders.row(TallyCases.OUTPUT))
            .repartition(col("kind"), col("from"), col("to"))
            .mapPartitions(new GatherCases(rules), Encoders.row(GatherCases.OUTPUT))
            .collectAsList();
    CountedCases counted = CountedCases.of(rows);
    return new ProcessTables(
        steps(counted, asOf),
        spectra(counted, asOf),
        profiles(counted, asOf, trainedOn),
        new MineConstraints(counted, rules.learning()).rows(asOf, trainedOn));
  }

  private static Dataset<Row> input(
      Dataset<Row> journeys, LocalDate asOf, LocalDate trainedOn, CaseRules rules) {
    Column day = col(Journeys.ENDED_ON);
    Column outcome = col(Journeys.OUTCOME);
    Column overOn =
        when(outcome.equalTo(JourneyOutcome.CONVERTED.text()), day)
            .when(
                outcome.equalTo(JourneyOutcome.ABANDONED.text()),
                date_add(day, wholeDays(rules.calendar().gap())));
    Column isLearnt =
        overOn.leq(lit(trainedOn)).and(day.gt(lit(trainedOn.minusDays(rules.windowDays()))));
    Column age =
        when(isLearnt, Age.LEARNT.place())
            .when(overOn.equalTo(lit(asOf)), Age.NIGHT.place())
            .when(overOn.gt(lit(trainedOn)).and(overOn.lt(lit(asOf))), Age.SINCE.place())
            .otherwise(Age.NEITHER.place());
    return journeys
        .where(
            day.gt(lit(trainedOn.minusDays(rules.windowDays())))
                .and(day.leq(lit(asOf)))
                .and(col(Journeys.PATH_AT).isNotNull()))
        .select(
            col(Journeys.PATH),
            transform(col(Journeys.PATH_AT), at -> unix_micros(at)),
            coalesce(day.gt(lit(asOf.minusDays(rules.windowDays()))), lit(false)),
            age);
  }

  private static int wholeDays(Duration gap) {
    Duration day = Duration.ofDays(1);
    return (int) gap.plus(day).minusNanos(1).dividedBy(day);
  }

  private static List<Row> steps(CountedCases counted, LocalDate asOf) {
    List<Row> rows = new ArrayList<>();
    counted
        .steps()
        .forEach(
            (name, step) -> {
              long journeys = step.counted(StepTally.JOURNEYS);
              Figures distance = step.selfDistance();
              long[] batches = counted.batches().get(name);
              if (journeys > 0) {
                rows.add(
                    RowFactory.create(
                        Date.valueOf(asOf),
                        name,
                        journeys,
                        (double) journeys / counted.inWindow(),
                        step.counted(StepTally.EVENTS),
                        step.counted(StepTally.REPEATING),
                        distance.measured(),
                        step.counted(StepTally.LOOPS),
                        distance.least(),
                        distance.mean(),
                        batches[2],
                        batches[0],
                        batches[1],
                        (double) batches[1] / batches[2],
                        share(batches[1], batches[0]),
                        batches[3],
                        batches[0] == 0 ? null : (Long) batches[4]));
              }
            });
    return rows;
  }

  private static List<Row> spectra(CountedCases counted, LocalDate asOf) {
    List<Row> rows = new ArrayList<>();
    for (Row bin : counted.spectra()) {
      List<Long> classes = bin.getList(3);
      List<Double> seconds = bin.getList(5);
      rows.add(
          RowFactory.create(
              Date.valueOf(asOf),
              bin.getString(1),
              bin.getString(2),
              Date.valueOf(LocalDate.ofEpochDay(bin.getLong(4))),
              classes.stream().mapToLong(Long::longValue).sum(),
              classes.get(0),
              classes.get(1),
              classes.get(2),
              classes.get(3),
              seconds.get(0),
              seconds.get(1),
              seconds.get(2),
              seconds.get(3)));
    }
    return rows;
  }

  private static List<Row> profiles(CountedCases counted, LocalDate asOf, LocalDate trainedOn) {
    List<Row> rows = new ArrayList<>();
    counted
        .pairs()
        .forEach(
            (both, pair) -> {
              Figures usual = pair.usual();
              long[] checks = counted.deviating().get(both);
              boolean isChecked = checks != null;
              long from =
                  counted
                      .steps()
                      .getOrDefault(both.get(0), UNKNOWN)
                      .counted(Age.LEARNT, StepTally.HAVE);
              if (usual.measured() > 0) {
                rows.add(
                    RowFactory.create(
                        Date.valueOf(asOf),
                        both.get(0),
                        both.get(1),
                        Date.valueOf(trainedOn),
                        usual.measured(),
                        share(usual.measured(), from),
                        usual.mean(),
                        usual.deviation(),
                        usual.least(),
                        usual.most(),
                        isChecked ? (Long) (checks[0] + checks[2]) : null,
                        isChecked ? (Long) (checks[1] + checks[3]) : null,
                        isChecked ? share(checks[1] + checks[3], checks[0] + checks[2]) : null,
                        isChecked ? (Long) checks[2] : null,
                        isChecked ? (Long) checks[3] : null));
              }
            });
    return rows;
  }

  private static Double share(long part, long whole) {
    return whole == 0 ? null : (Double) ((double) part / whole);
  }
}
