package io.itinera.core.value;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF4;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What a customer is worth: a function that Spark calls for each. What depends on the purchases and
 * the age alone is worked out once for all who share them.
 */
public final class ScoreCustomer implements UDF4<Integer, Integer, Integer, Double, Row> {

  static final String ALIVE = "p_alive";
  static final String SILENT = "silent";
  static final String REASONS = "reasons";
  static final String HORIZONS = "horizons";
  static final String DAYS = "horizon_days";
  static final String ORDERS = "expected_orders";
  static final String SPEND = "spend";
  static final String WORTH = "worth";

  static final StructType SCORED =
      new StructType()
          .add(ALIVE, DataTypes.DoubleType)
          .add(SILENT, DataTypes.DoubleType)
          .add(REASONS, DataTypes.createArrayType(DataTypes.StringType))
          .add(
              HORIZONS,
              DataTypes.createArrayType(
                  new StructType()
                      .add(DAYS, DataTypes.IntegerType)
                      .add(ORDERS, DataTypes.DoubleType)
                      .add(SPEND, DataTypes.DoubleType)
                      .add(WORTH, DataTypes.DoubleType)));

  private static final long serialVersionUID = 1;
  private static final int STEP = 30;
  private static final double YEAR = 365.25;
  private static final int MOST_KEPT = 100_000;
  private static final double NOTABLE = 0.02;

  private final Valuation by;
  private final ValueRules rules;
  private final Map<Long, double[]> known = new ConcurrentHashMap<>();

  ScoreCustomer(Valuation by, ValueRules rules) {
    this.by = by;
    this.rules = rules;
  }

  /** Name of the model of purchases. */
  public String model() {
    return by.model().name();
  }

  /** A hash of everything that scores depend on. */
  public String version() {
    String all = "%s %s".formatted(by, rules);
    return "%08x".formatted(all.hashCode());
  }

  @Override
  public Row call(Integer purchases, Integer last, Integer age, Double mean) {
    double alive = by.model().alive(purchases, last, age);
    double[] ifAlive = ifAlive(purchases, age);
    double silent = 1 - alive + alive * ifAlive[0];
    double value = by.spend().expected(purchases, mean) * by.kept();
    List<Row> horizons = new ArrayList<>();
    for (int i = 0; i < rules.horizons().size(); i++) {
      double orders = alive * ifAlive[1 + 2 * i];
      double discounted = alive * ifAlive[2 + 2 * i];
      horizons.add(
          RowFactory.create(
              rules.horizons().get(i),
              orders,
              orders * value,
              discounted * value * rules.margin()));
    }
    return RowFactory.create(
        alive,
        silent,
        reasons(purchases, last, age, silent).toArray(String[]::new),
        horizons.toArray(Row[]::new));
  }

  /** Probability of nothing, then per horizon the orders, and these discounted. */
  private double[] ifAlive(int purchases, int age) {
    long key = ((long) purchases << 32) | age;
    double[] found = known.get(key);
    if (found == null) {
      found = worked(purchases, age);
      if (known.size() < MOST_KEPT) {
        known.put(key, found);
      }
    }
    return found;
  }

  private double[] worked(int purchases, int age) {
    double[] all = new double[1 + 2 * rules.horizons().size()];
    all[0] = by.model().nothingIfAlive(purchases, age, rules.churnWindow());
    for (int i = 0; i < rules.horizons().size(); i++) {
      int horizon = rules.horizons().get(i);
      double before = 0;
      double discounted = 0;
      for (int from = 0; from < horizon; from += STEP) {
        int to = Math.min(horizon, from + STEP);
        double orders = by.model().purchasesIfAlive(purchases, age, to);
        double middle = (from + to) / 2.0 / YEAR;
        discounted += (orders - before) * Math.pow(1 + rules.discount(), -middle);
        before = orders;
      }
      all[1 + 2 * i] = before;
      all[2 + 2 * i] = discounted;
    }
    return all;
  }

  /** What would make silence less likely, were it otherwise; the greatest difference first. */
  private List<String> reasons(int purchases, int last, int age, double silent) {
    int window = rules.churnWindow();
    record Reason(String text, double effect) {}
    List<Reason> reasons = new ArrayList<>();
    if (age > last) {
      double today = by.model().nothing(purchases, purchases == 0 ? 0 : age, age, window);
      double fresh = purchases == 0 ? by.model().nothing(0, 0, 0, window) : today;
      String usual =
          purchases == 0
              ? ""
              : String.format(Locale.ROOT, ", usually every %.0f", (double) last / purchases);
      reasons.add(
          new Reason("no order for %d days%s".formatted(age - last, usual), silent - fresh));
    }
    int usual = (int) Math.ceil(by.usualPurchases());
    if (purchases < usual) {
      double more = by.model().nothing(usual, purchases == 0 ? age : last, age, window);
      String orders = purchases == 0 ? "a single order" : "only %d orders".formatted(purchases + 1);
      reasons.add(
          new Reason(
              String.format(
                  Locale.ROOT,
                  "%s, %.0f are usual of those who come back",
                  orders,
                  by.usualPurchases() + 1),
              silent - more));
    }
    return reasons.stream()
        .filter(reason -> reason.effect() > NOTABLE)
        .sorted(Comparator.comparingDouble(reason -> -reason.effect()))
        .map(Reason::text)
        .toList();
  }
}
