package io.itinera.core.offer;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * Products that are bought by the same customers: association rules with one product on either side
 * (Agrawal, Imieliński and Swami, 1993).
 *
 * <p>The confidence of a rule, the share of those with one product who have the other, is drawn
 * towards the share of all customers who have it, as if {@value #PRIOR} more of them were there:
 * few customers prove little. A product's score is the mean confidence of the rules from what a
 * customer has to it.
 *
 * @param rules product to what goes with it: the share of its customers, without those drawn
 * @param shares product to the share of all customers who have it
 * @param drawn product to how far its rules are drawn towards these shares, 0 to 1
 * @param sellers the products that most have, best first
 */
record Companions(
    Map<String, List<Offer>> rules,
    Map<String, Double> shares,
    Map<String, Double> drawn,
    List<Offer> sellers)
    implements OfferModel {

  private static final int PRIOR = 10;
  private static final int MOST_RULES = 100;
  private static final int MOST_SELLERS = 200;

  /**
   * A product, and how likely it is bought.
   *
   * @param product the product
   * @param score 0 to 1
   */
  record Offer(String product, double score) implements Serializable {

    private static final Comparator<Offer> BEST_FIRST =
        Comparator.comparingDouble((Offer offer) -> -offer.score()).thenComparing(Offer::product);
  }

  /**
   * What counts teach.
   *
   * @param count which of the counts
   * @param least rules of fewer customers are none
   */
  static Companions of(List<PairCount> counts, ToLongFunction<PairCount> count, int least) {
    Map<String, Long> sold = new HashMap<>();
    counts.stream()
        .filter(each -> each.left().equals(each.right()) && count.applyAsLong(each) > 0)
        .forEach(each -> sold.put(each.left(), count.applyAsLong(each)));
    double customers = sold.getOrDefault(CountTogether.ANYTHING, 1L);
    sold.remove(CountTogether.ANYTHING);
    Map<String, List<Offer>> rules = new HashMap<>();
    for (PairCount each : counts) {
      long both = count.applyAsLong(each);
      if (!each.left().equals(each.right())
          && both >= least
          && sold.containsKey(each.left())
          && sold.containsKey(each.right())) {
        double bought = both;
        add(each.left(), new Offer(each.right(), bought / (sold.get(each.left()) + PRIOR)), rules);
        add(each.right(), new Offer(each.left(), bought / (sold.get(each.right()) + PRIOR)), rules);
      }
    }
    rules.replaceAll((product, offers) -> best(offers, MOST_RULES));
    Map<String, Double> shares = new HashMap<>();
    Map<String, Double> drawn = new HashMap<>();
    List<Offer> sellers = new ArrayList<>();
    sold.forEach(
        (product, sales) -> {
          shares.put(product, sales / customers);
          drawn.put(product, (double) PRIOR / (sales + PRIOR));
          sellers.add(new Offer(product, sales / customers));
        });
    return new Companions(rules, shares, drawn, best(sellers, MOST_SELLERS));
  }

  private static void add(String from, Offer to, Map<String, List<Offer>> rules) {
    rules.computeIfAbsent(from, product -> new ArrayList<>()).add(to);
  }

  /** The best of these, in order. */
  static List<Offer> best(Collection<Offer> offers, int most) {
    return new ArrayList<>(offers.stream().sorted(Offer.BEST_FIRST).limit(most).toList());
  }

  @Override
  public List<Offer> offers(Collection<String> owned, int most) {
    Map<String, Double> sums = new HashMap<>();
    sellers.forEach(seller -> sums.put(seller.product(), 0.0));
    double draw = 0;
    for (String product : owned) {
      draw += drawn.getOrDefault(product, 1.0);
      for (Offer rule : rules.getOrDefault(product, List.of())) {
        sums.merge(rule.product(), rule.score(), Double::sum);
      }
    }
    sums.keySet().removeAll(new HashSet<>(owned));
    List<Offer> offers = new ArrayList<>();
    for (Map.Entry<String, Double> each : sums.entrySet()) {
      double usual = draw * shares.get(each.getKey());
      offers.add(new Offer(each.getKey(), Math.min(1, (each.getValue() + usual) / owned.size())));
    }
    return best(offers, most);
  }

  /** The best sellers that who owns these does not own. */
  List<Offer> sellers(Collection<String> owned, int most) {
    Set<String> has = new HashSet<>(owned);
    return sellers.stream().filter(each -> !has.contains(each.product())).limit(most).toList();
  }

  /** Whether no product is sold. */
  boolean areNone() {
    return sellers.isEmpty();
  }
}
