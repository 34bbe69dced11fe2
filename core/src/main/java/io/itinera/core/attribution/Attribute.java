package io.itinera.core.attribution;

import io.itinera.core.attribution.Estimate.Parts;
import io.itinera.core.attribution.Lines.Line;
import io.itinera.core.attribution.Lines.Target;
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
    TallyJourneys tally = new TallyJourneys(rules.halfLifeMicros(), rules.markovOrders());
    List<Row> counted =
        touched.mapPartitions(tally, Encoders.row(TallyJourneys.SCHEMA)).collectAsList();
    return of(counted, asOf, rules);
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
   * What each touch of a converted journey is given by each model. Models of channels give to the
   * touches of a channel what they give to it, parted among them as linear does.
   *
   * @param touched as {@link #models} had them
   * @return rows of {@link io.itinera.core.table.AttributionTouchpoints}
   */
  public Dataset<Row> touchpoints(Dataset<Row> touched) {
    return touched
        .where(touched.col(Journeys.CONVERSION_TOUCHPOINT_ID).isNotNull())
        .mapPartitions(
            new CreditTouches(rules.halfLifeMicros(), factors()),
            Encoders.row(CreditTouches.SCHEMA));
  }

  /**
   * By model of channels and channel, by how much it gives more conversions, revenue than linear.
   */
  private Map<String, Map<String, double[]>> factors() {
    Lines linear = new Lines(counts, models.get(TouchModel.LINEAR.text()), once());
    Map<String, double[]> base = byChannel(linear);
    Map<String, Map<String, double[]>> factors = new TreeMap<>();
    models.forEach(
        (model, parts) -> {
          if (!TouchModel.TEXTS.contains(model)) {
            Map<String, double[]> channels = byChannel(new Lines(counts, parts, once()));
            channels.forEach((channel, sums) -> divide(sums, base.get(channel)));
            factors.put(model, channels);
          }
        });
    return factors;
  }

  private static Map<String, double[]> byChannel(Lines lines) {
    Map<String, double[]> sums = new TreeMap<>();
    lines
        .all()
        .forEach(
            (target, line) -> {
              double[] sum = sums.computeIfAbsent(target.channel(), channel -> new double[2]);
              sum[0] += line.conversions();
              sum[1] += line.revenue();
            });
    return sums;
  }

  private static void divide(double[] sums, double... by) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] = by[i] == 0 ? 0 : sums[i] / by[i];
    }
  }
}
