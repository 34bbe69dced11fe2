package io.itinera.jobs.stage;

import io.itinera.core.churn.ChurnRules;
import io.itinera.core.churn.ChurnTraining;
import io.itinera.core.churn.TrainChurn;
import io.itinera.core.churn.TrainingRows;
import io.itinera.core.table.ChurnModels;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.value.Judged;
import io.itinera.core.value.ModelReport;
import io.itinera.core.value.ValueRules;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.StageContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * Trainings of churn models: one for each day of the calendar, which nights use until the next one.
 * Which of them a night uses depends on its day and on what is known of the days up to the training
 * alone, so a night that looks back finds again what it found then.
 */
final class ChurnTrainings {

  private final StageContext context;
  private final ValueRules value;
  private final ChurnRules rules;

  private ChurnTrainings(StageContext context) {
    this.context = context;
    this.value = context.config().value();
    this.rules = context.config().churn();
  }

  /**
   * What a night tells churn by.
   *
   * @param training the last one; none where nothing is or can be learnt
   * @param reports what is told of it
   * @param writes what is to be stored
   */
  record InForce(
      Optional<ChurnTraining> training, List<ModelReport> reports, List<Runnable> writes) {

    private static final InForce NONE = new InForce(Optional.empty(), List.of(), List.of());

    /** The training, if customers are told by what was learnt. */
    Optional<ChurnTraining> learnt() {
      return training.filter(ChurnTraining::isLearnt);
    }
  }

  /**
   * The training that is in force; made now on its own day, or if it is not stored.
   *
   * @param judged knows how many customers there are: no job looks for examples where there cannot
   *     be enough
   */
  static InForce of(StageContext context, Judged judged) {
    return new ChurnTrainings(context).inForce(judged);
  }

  private InForce inForce(Judged judged) {
    if (rules.learners().isEmpty() || judged.scoring().isEmpty()) {
      return InForce.NONE;
    }
    if (judged.known() < 2L * rules.leastLabelled()) {
      return new InForce(Optional.empty(), TrainChurn.tooFew(judged.known(), rules), List.of());
    }
    Lake lake = context.lake();
    LocalDate day = rules.trainedAt(context.asOf());
    List<Row> rows = lake.rows(ChurnModels.TABLE);
    Optional<ChurnTraining> stored = stored(rows, day);
    if (stored.isPresent()) {
      return new InForce(stored, stored.get().reports(), List.of());
    }
    ChurnTraining made =
        TrainChurn.train(lake.read(CustomerDays.TABLE), day, value, rules)
            .learntFrom(lake.version(CustomerDays.TABLE));
    List<Row> all = new ArrayList<>();
    rows.stream().filter(row -> !TrainingRows.day(row).equals(day)).forEach(all::add);
    all.add(TrainingRows.row(made));
    return new InForce(
        Optional.of(made), made.reports(), List.of(() -> lake.overwrite(ChurnModels.TABLE, all)));
  }

  /**
   * The training of {@code day}, unless that is tonight, other settings decided about it, all is to
   * be made anew, or days that it learnt from have changed since.
   */
  private Optional<ChurnTraining> stored(List<Row> rows, LocalDate day) {
    if (day.equals(context.asOf()) || context.night().fullRefresh()) {
      return Optional.empty();
    }
    return rows.stream()
        .filter(row -> TrainingRows.day(row).equals(day))
        .filter(row -> TrainingRows.version(row).equals(rules.version(value)))
        .map(TrainingRows::training)
        .filter(
            training ->
                LearntDays.areAsThen(
                    context.lake(), training.daysVersion(), each -> !each.isAfter(day)))
        .findFirst();
  }
}
