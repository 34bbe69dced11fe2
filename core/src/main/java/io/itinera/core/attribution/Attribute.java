package io.itinera.core.attribution;

import io.itinera.core.attribution.Estimate.Parts;
import io.itinera.core.attribution.Lines.Line;
import io.itinera.core.attribution.Lines.Target;
import io.itinera.core.spark.FoldInTurn;
import io.itinera.core.table.Attribution;
import io.itinera.core.table.CampaignCosts;
import io.itinera.core.table.Journeys;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Parts conversions and revenue among marketing channels and campaigns, by every model. */
public final class Attribute {

  private static final int SCALE = 4;

  private final LocalDate asOf;
  private final Counts counts;
  private final AttributionRules rules;
  private final Map<String, Parts> models;

  private Attribute(LocalDate asOf, Counts counts, AttributionRules rules) {
    this.asOf = asOf;
    this.counts = counts;
    this.rules = rules;
    this.models = Estimate.whole(counts, rules);
  }

  /**
   * Counts the journeys, by one Spark job, and computes the models.
   *
   * @param touched journeys with their touches, from {@link GatherTouches}
   */
  public static Attribute models(Dataset<Row> touched, LocalDate asOf, AttributionRules rules) {
    int groups = rules.resamples() == 0 ? 1 : TallyJourneys.GROUPS;
    TallyJourneys tally = new TallyJourneys(rules.halfLifeMicros(), rules.markovOrders(), groups);
    return of(tally.count(touched).collectAsList(), asOf, rules);
  }

  static Attribute of(List<Row> counted, LocalDate asOf, AttributionRules rules) {
    return new Attribute(asOf, new Counts(counted), rules);
  }

  /** How many journeys converted. */
  public BigDecimal conversions() {
    return BigDecimal.valueOf(Math.multiplyExact(total(0), Estimate.CONVERSION), SCALE);
  }

  /** What they brought. */
  public BigDecimal revenue() {
    return BigDecimal.valueOf(total(1), SCALE);
  }

  private long total(int place) {
    return counts.types().stream().mapToLong(type -> counts.total(type, once())[place]).sum();
  }

  private static int[] once() {
    int[] once = new int[TallyJourneys.GROUPS];
    Arrays.fill(once, 1);
    return once;
  }

  /**
   * The table of the night.
   *
   * @param costs in one currency: marketing_channel, campaign and cost, as {@link CampaignCosts}
   *     has them; several rows of one campaign add up
   * @return rows of {@link Attribution}, sorted
   */
  public List<Row> rows(List<Row> costs) {
    Map<Target, BigDecimal> spent = new TreeMap<>(Target.ORDER);
    for (Row cost : costs) {
      Target target = new Target(named(cost.getString(0)), named(cost.getString(1)));
      if (!cost.isNullAt(2)) {
        spent.merge(target, cost.getDecimal(2), BigDecimal::add);
      }
    }
    Intervals intervals = new Intervals(counts, rules);
    List<Row> rows = new ArrayList<>();
    models.forEach(
        (model, parts) -> {
          Lines lines = new Lines(counts, parts, once());
          spent.keySet().forEach(lines::line);
          lines
              .all()
              .forEach(
                  (target, line) ->
                      rows.add(row(new Figure(model, target, line, spent.get(target)), intervals)));
        });
    return rows;
  }

  private static String named(String text) {
    return text == null ? GatherTouches.NONE : text;
  }

  /** What a row is made of. */
  private record Figure(String model, Target target, Line line, BigDecimal cost) {

    /** Revenue for each unit of money spent; null where nothing was. */
    private Double returnOnCost(BigDecimal revenue) {
      return cost == null || cost.signum() <= 0
          ? null
          : Double.valueOf(revenue.doubleValue() / cost.doubleValue());
    }

    private Map<String, BigDecimal> byType(int place) {
      Map<String, BigDecimal> amounts = new TreeMap<>();
      line.byType.forEach(
          (type, sums) -> amounts.put(type, BigDecimal.valueOf(sums[place], SCALE)));
      return amounts;
    }
  }

  private Row row(Figure figure, Intervals intervals) {
    BigDecimal revenue = BigDecimal.valueOf(figure.line().revenue(), SCALE);
    double[] conversions = intervals.conversions(figure.model(), figure.target());
    double[] revenues = intervals.revenue(figure.model(), figure.target());
    double error = Math.sqrt(figure.line().variance);
    return RowFactory.create(
        Date.valueOf(asOf),
        figure.model(),
        figure.target().channel(),
        figure.target().campaign(),
        BigDecimal.valueOf(figure.line().conversions(), SCALE),
        revenue,
        figure.cost() == null ? null : figure.cost().setScale(SCALE),
        figure.returnOnCost(revenue),
        conversions == null ? null : (Double) conversions[0],
        conversions == null ? null : (Double) conversions[1],
        revenues == null ? null : (Double) revenues[0],
        revenues == null ? null : (Double) revenues[1],
        error == 0 ? null : (Double) error,
        figure.byType(0),
        figure.byType(1));
  }

  /** Sums of conversions and revenue that a model gives, of {@code rows} of the table. */
  public static Map<String, List<BigDecimal>> sums(List<Row> rows) {
    Map<String, List<BigDecimal>> sums = new TreeMap<>();
    for (Row row : rows) {
      sums.merge(
          row.getString(1),
          List.of(row.getDecimal(4), row.getDecimal(5)),
          (one, other) -> List.of(one.get(0).add(other.get(0)), one.get(1).add(other.get(1))));
    }
    sums.remove(TouchModel.PARTICIPATION.text());
    return sums;
  }

  /**
   * What each touch of a converted journey is given by each model, by one more Spark job. Models of
   * channels give to the touches of a channel and campaign what they give to it, parted among them
   * as linear does, to the last digit; what they take from a channel that no converted journey
   * touched is nobody's.
   *
   * @param touched as {@link #models} had them
   * @return rows of {@link io.itinera.core.table.AttributionTouchpoints}
   */
  public Dataset<Row> touchpoints(Dataset<Row> touched) {
    Dataset<Row> converted =
        touched.where(touched.col(Journeys.CONVERSION_TOUCHPOINT_ID).isNotNull());
    double halfLifeMicros = rules.halfLifeMicros();
    ChannelCredit credit =
        credit(
            given ->
                converted
                    .mapPartitions(
                        new SumCredits(halfLifeMicros, given), Encoders.row(CreditSums.SCHEMA))
                    .collectAsList());
    return FoldInTurn.rows(
        converted,
        new CreditTouches(halfLifeMicros, List.of(TouchModel.values()), credit),
        CreditTouches.SCHEMA,
        CreditTouches.COLUMNS);
  }

  /**
   * What {@link TouchModel#LINEAR} gives to each touch of a converted journey.
   *
   * @param touched as {@link #models} had them
   * @return rows of {@link io.itinera.core.table.AttributionTouchpoints}
   */
  public static Dataset<Row> linear(Dataset<Row> touched, AttributionRules rules) {
    return FoldInTurn.rows(
        touched.where(touched.col(Journeys.CONVERSION_TOUCHPOINT_ID).isNotNull()),
        new CreditTouches(
            rules.halfLifeMicros(), List.of(TouchModel.LINEAR), ChannelCredit.nothing()),
        CreditTouches.SCHEMA,
        CreditTouches.COLUMNS);
  }

  /**
   * What models of channels give to touches.
   *
   * @param summed to rows of {@link CreditSums#SCHEMA} of all touches, by {@link SumCredits}
   */
  ChannelCredit credit(Function<ChannelCredit, List<Row>> summed) {
    Map<String, Lines> lines = new TreeMap<>();
    models.forEach((model, parts) -> lines.put(model, new Lines(counts, parts)));
    ChannelCredit credit = ChannelCredit.of(lines);
    if (credit.models().isEmpty()) {
      return credit;
    }
    List<String> names = List.copyOf(credit.models());
    Map<Target, CreditSums> found = new TreeMap<>(Target.ORDER);
    for (Row row : summed.apply(credit)) {
      found.computeIfAbsent(CreditSums.target(row), target -> new CreditSums(names)).add(row);
    }
    found.forEach(
        (target, sums) ->
            names.forEach(model -> credit.settle(model, lines.get(model).line(target), sums)));
    return credit;
  }
}
