package io.itinera.core.process;

import io.itinera.core.process.CaseRules.Learning;
import io.itinera.core.process.Template.Kept;
import io.itinera.core.table.ProcessConstraints;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map.Entry;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Finds which constraints journeys keep to, and counts how many newer ones do not.
 *
 * @param counted of all journeys
 * @param learning what is enough for a constraint
 */
record MineConstraints(CountedCases counted, Learning learning) {

  private static final PairTally NEVER = new PairTally();

  /** What a constraint says. */
  private record Said(Template template, String first, String second) {}

  /**
   * The constraints that held on {@code trainedOn}.
   *
   * @return rows of {@link ProcessConstraints}
   */
  List<Row> rows(LocalDate asOf, LocalDate trainedOn) {
    List<Row> rows = new ArrayList<>();
    Date[] days = {Date.valueOf(asOf), Date.valueOf(trainedOn)};
    for (Entry<String, StepTally> step : counted.steps().entrySet()) {
      for (Template template : Template.OF_ONE) {
        Said said = new Said(template, step.getKey(), ProcessConstraints.NO_STEP);
        add(rows, said, days, age -> template.of(counted.of(age), step.getValue(), age));
      }
    }
    // What hardly any journey has is something that others have not: that says nothing of them.
    List<Entry<String, StepTally>> common =
        counted.steps().entrySet().stream().filter(step -> isCommon(step.getValue())).toList();
    for (Entry<String, StepTally> one : common) {
      for (Entry<String, StepTally> other : common) {
        if (!one.getKey().equals(other.getKey())) {
          pair(rows, one, other, days);
        }
      }
    }
    return rows;
  }

  private boolean isCommon(StepTally step) {
    long have = step.counted(Age.LEARNT, StepTally.HAVE);
    return have >= learning.leastSupport() * counted.of(Age.LEARNT) && have > 0;
  }

  private void pair(
      List<Row> rows, Entry<String, StepTally> one, Entry<String, StepTally> other, Date... days) {
    PairTally pair = counted.pairs().getOrDefault(List.of(one.getKey(), other.getKey()), NEVER);
    for (Template template : Template.OF_TWO) {
      add(
          rows,
          new Said(template, one.getKey(), other.getKey()),
          days,
          age ->
              template.of(
                  one.getValue().counted(age, StepTally.HAVE),
                  other.getValue().counted(age, StepTally.HAVE),
                  pair,
                  age));
    }
  }

  private void add(List<Row> rows, Said said, Date[] days, Function<Age, Kept> look) {
    Kept learnt = look.apply(Age.LEARNT);
    double support = (double) learnt.held() / counted.of(Age.LEARNT);
    boolean isHeld =
        learnt.journeys() >= learning.leastJourneys()
            && support >= learning.leastSupport()
            && learnt.confidence() >= learning.leastConfidence();
    if (isHeld) {
      Kept night = look.apply(Age.NIGHT);
      Kept newer = look.apply(Age.SINCE).plus(night);
      rows.add(
          RowFactory.create(
              days[0],
              said.template().text(),
              said.first(),
              said.second(),
              days[1],
              learnt.journeys(),
              learnt.held(),
              support,
              learnt.confidence(),
              newer.journeys(),
              newer.violations(),
              newer.journeys() == 0
                  ? null
                  : (Double) ((double) newer.violations() / newer.journeys()),
              night.journeys(),
              night.violations()));
    }
  }
}
