package io.itinera.core.offer;

import io.itinera.core.offer.Companions.Offer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Products in a space of few dimensions, in which those lie the same way that the same customers
 * buy.
 *
 * <p>A customer is placed by what they own, as the last step of the training would place them; so
 * what is offered is a function of one customer's products, also of customers whom it did not learn
 * from. A product's score is the preference that their places say, no less than 0 and no more than
 * 1. Who owns nothing that is known is offered the best sellers.
 */
final class Factors implements OfferModel {

  private static final long serialVersionUID = 1;

  private final List<String> products;
  private final double[][] places;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Placing placing;
  private final Companions companions;

  /**
   * @param products in alphabetical order
   * @param places of each of them
   * @param rules how they were found
   * @param companions knows the best sellers
   */
  Factors(List<String> products, double[][] places, AlsRules rules, Companions companions) {
    this.products = List.copyOf(products);
    this.places = places;
    this.placing = new Placing(places, rules);
    this.companions = companions;
    products.forEach(product -> numbers.put(product, numbers.size()));
  }

  @Override
  public List<Offer> offers(Collection<String> owned, int most) {
    int[] known =
        owned.stream()
            .map(numbers::get)
            .filter(Objects::nonNull)
            .mapToInt(number -> number)
            .sorted()
            .toArray();
    if (known.length == 0) {
      return companions.sellers(owned, most);
    }
    double[] customer = placing.of(known);
    Set<String> has = new HashSet<>(owned);
    List<Offer> offers = new ArrayList<>();
    for (int i = 0; i < places.length; i++) {
      if (!has.contains(products.get(i))) {
        double preference = times(customer, places[i]);
        offers.add(new Offer(products.get(i), Math.max(0, Math.min(1, preference))));
      }
    }
    return Companions.best(offers, most);
  }

  private static double times(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }
}
