package io.itinera.core.churn;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.xxhash64;

import io.itinera.core.churn.ChurnRules.Candidate;
import io.itinera.core.spark.HoldRows;
import io.itinera.core.value.ModelReport;
import io.itinera.core.value.ValueRules;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Lets candidates learn who orders nothing, from what was known two windows ago; judges them by
 * what came since one window ago; and lets the best learn from that.
 *
 * <p>At most so many customers as the rules say are looked at, chosen and ordered by a hash of
 * their id: what is found does not depend on how rows are spread, nor the time it takes on how many
 * customers there are.
 */
public final class TrainChurn {

  private final LocalDate asOf;
  private final ValueRules value;
  private final ChurnRules rules;
  private final List<ModelReport> reports = new ArrayList<>();

  TrainChurn(LocalDate asOf, ValueRules value, ChurnRules rules) {
    this.asOf = asOf;
    this.value = value;
    this.rules = rules;
  }

  /**
   * What is learnt by {@code asOf}.
   *
   * @param customerDays rows of {@link io.itinera.core.table.CustomerDays}; those after {@code
   *     asOf} do not count
   */
  public static ChurnTraining train(
      Dataset<Row> customerDays, LocalDate asOf, ValueRules value, ChurnRules rules) {
    return new TrainChurn(asOf, value, rules).train(customerDays);
  }

  /**
   * Says that too few customers are known for anything to be learnt.
   *
   * @param customers how many may have been known two windows ago
   */
  public static List<ModelReport> tooFew(long customers, ChurnRules rules) {
    return rules.learners().stream()
        .map(
            each ->
                new ModelReport(
                    ChurnReports.name(each),
                    "known-customers",
                    customers,
                    2.0 * rules.leastLabelled(),
                    customers,
                    "too few customers had ordered two churn windows ago to learn from them"))
        .toList();
  }

  private ChurnTraining train(Dataset<Row> customerDays) {
    int window = value.churnWindow();
    Dataset<Row> earlier = examples(customerDays, asOf.minusDays(2L * window));
    Dataset<Row> later = examples(customerDays, asOf.minusDays(window));
    try {
      List<Example> known = Example.of(later.collectAsList());
      List<Example> before = Example.of(earlier.collectAsList());
      Optional<ModelReport> lacking = lacking(before).or(() -> lacking(known));
      if (lacking.isPresent()) {
        reports.add(lacking.get());
        return found(Candidate.VALUE_MODEL, Optional.empty());
      }
      return judge(earlier, later, known);
    } finally {
      earlier.unpersist();
      later.unpersist();
    }
  }

  private ChurnTraining judge(Dataset<Row> earlier, Dataset<Row> later, List<Example> known) {
    JudgeChurn judge = new JudgeChurn(known, value);
    List<JudgedChurn> learners =
        rules.learners().stream()
            .map(each -> judge.learnt(each, FitMargin.fit(each, earlier)))
            .toList();
    JudgedChurn best =
        learners.stream().min(Comparator.comparingDouble(JudgedChurn::brier)).orElseThrow();
    ChurnReports told = new ChurnReports(known, asOf, value.churnWindow());
    learners.forEach(each -> reports.addAll(told.of(each)));
    JudgedChurn purchases = judge.purchases();
    reports.addAll(told.of(purchases));
    boolean isBetter = best.brier() < judge.naiveBrier() && judge.isBeyondChance(best, purchases);
    if (!isBetter) {
      reports.add(told.chosen(Candidate.VALUE_MODEL));
      return found(Candidate.VALUE_MODEL, Optional.empty());
    }
    Margin margin = FitMargin.fit(best.candidate(), later);
    ChurnScorer scorer = new ChurnScorer(margin, best.calibration(), judge.usual());
    reports.add(told.chosen(best.candidate()));
    reports.addAll(told.triggers(best.candidate(), scorer));
    return found(best.candidate(), Optional.of(scorer));
  }

  private ChurnTraining found(Candidate candidate, Optional<ChurnScorer> scorer) {
    return new ChurnTraining(
        asOf, rules.version(value), candidate, scorer, reports, ChurnTraining.UNKNOWN);
  }

  /** Customers as they were at a cut-off, in an order of their own, held in one partition. */
  Dataset<Row> examples(Dataset<Row> customerDays, LocalDate cutOff) {
    Column id = col(DescribeBehaviour.CUSTOMER_ID);
    return DescribeBehaviour.labelled(customerDays, cutOff, value.churnWindow())
        .orderBy(xxhash64(id), id)
        .limit(rules.mostCustomers())
        .coalesce(1)
        .transform(HoldRows::of);
  }

  private Optional<ModelReport> lacking(List<Example> examples) {
    long silent = Example.silent(examples);
    long fewer = Math.min(silent, examples.size() - silent);
    return fewer >= rules.leastLabelled()
        ? Optional.empty()
        : Optional.of(
            new ModelReport(
                ChurnReports.name(rules.learners().get(0)),
                "labelled-customers",
                fewer,
                (double) rules.leastLabelled(),
                examples.size(),
                "too few customers ordered again, or nothing, within a churn window to learn from"
                    + " them"));
  }
}
