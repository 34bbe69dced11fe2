package io.itinera.core.value;

import io.itinera.core.value.ReasonWords.Phrase;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What a customer is worth: functions that Spark calls for each. What depends on the purchases and
 * the age alone is worked out once for all who share them.
 */
public final class ScoreCustomer implements Serializable {

  private static final long serialVersionUID = 2;
  private static final int STEP = 30;
  private static final double YEAR = 365.25;
  private static final int MOST_KEPT = 100_000;
  private static final double NOTABLE = 0.02;

  /**
   * More than any age: what is kept of different customers shall not be looked for in one place.
   */
  private static final long AGES = 1_000_003;

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
    String all = "%s %s".formatted(by, rules.with(ReasonWords.ENGLISH));
    return "%08x".formatted(all.hashCode());
  }

  ValueRules rules() {
    return rules;
  }

  /** Probability that the customer has not gone for good. */
  public double alive(int purchases, int last, int age) {
    return by.model().alive(purchases, last, age);
  }

  /** Probability that a customer who has not gone orders nothing within the churn window. */
  public double silentIfAlive(int purchases, int age) {
    return ifAlive(purchases, age)[0];
  }

  /** Expected orders within a horizon, by its place, of a customer who has not gone. */
  public double ordersIfAlive(int horizon, int purchases, int age) {
    return ifAlive(purchases, age)[1 + 2 * horizon];
  }

  /** The same, each less the later it comes. */
  public double discountedIfAlive(int horizon, int purchases, int age) {
    return ifAlive(purchases, age)[2 + 2 * horizon];
  }

  /** Expected value of an order, less refunds. */
  public double value(int purchases, double mean) {
    return by.spend().expected(purchases, mean) * by.kept();
  }

  /** Probability of nothing, then per horizon the orders, and these discounted. */
  private double[] ifAlive(int purchases, int age) {
    long key = purchases * AGES + age;
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

  /**
   * What would make silence less likely, were it otherwise; the greatest difference first.
   *
   * @param silent how likely it is
   */
  List<String> reasons(int purchases, int last, int age, double silent) {
    List<Reason> reasons = new ArrayList<>();
    if (age > last) {
      double fresh = ifFresh(purchases, age);
      reasons.add(new Reason(silent - fresh, () -> sinceLast(purchases, last, age)));
    }
    int usual = (int) Math.ceil(by.usualPurchases());
    if (purchases < usual) {
      double more =
          by.model().nothing(usual, purchases == 0 ? age : last, age, rules.churnWindow());
      reasons.add(new Reason(silent - more, () -> fewOrders(purchases)));
    }
    return reasons.stream()
        .filter(reason -> reason.effect() > NOTABLE)
        .sorted(Comparator.comparingDouble(reason -> -reason.effect()))
        .map(reason -> reason.text().get())
        .toList();
  }

  /** By how much it makes silence likelier, and how that is told. */
  private record Reason(double effect, Supplier<String> text) {}

  /** Probability of silence of a customer who ordered today. */
  private double ifFresh(int purchases, int age) {
    int then = purchases == 0 ? 0 : age;
    return by.model().nothing(purchases, then, then, rules.churnWindow());
  }

  private String sinceLast(int purchases, int last, int age) {
    int silence = age - last;
    return purchases == 0
        ? rules.words().say(Phrase.SILENCE, silence)
        : rules.words().say(Phrase.SILENCE_OF_MANY, silence, (double) last / purchases);
  }

  private String fewOrders(int purchases) {
    Phrase phrase = purchases == 0 ? Phrase.FEW_ORDERS_ONE : Phrase.FEW_ORDERS;
    return rules.words().say(phrase, purchases + 1, by.usualPurchases() + 1);
  }
}
