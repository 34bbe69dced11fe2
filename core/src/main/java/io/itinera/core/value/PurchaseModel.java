package io.itinera.core.value;

import java.io.Serializable;

/**
 * How a population buys: each customer at random times at a rate of their own, until they stop.
 *
 * <p>A customer is told by three numbers in the model's unit of time: the repeat purchases, when
 * the last of them was (both counted from the first purchase), and how long ago the first was.
 */
public sealed interface PurchaseModel extends Serializable permits BgNbd, Nbd, ParetoNbd {

  /** Short name, as in the tables. */
  String name();

  /** Probability that a customer has not stopped yet. */
  double alive(int purchases, double last, double age);

  /** Expected purchases within {@code time} from now, of a customer who has not stopped yet. */
  double purchasesIfAlive(int purchases, double age, double time);

  /** Probability that a customer who has not stopped yet buys nothing within {@code time}. */
  double nothingIfAlive(int purchases, double age, double time);

  /** The parameters, in words of the model's literature. */
  java.util.SortedMap<String, Double> parameters();

  /** Expected purchases within {@code time} from now. */
  default double purchases(int purchases, double last, double age, double time) {
    return alive(purchases, last, age) * purchasesIfAlive(purchases, age, time);
  }

  /** Probability that nothing is bought within {@code time} from now: who stopped, or pauses. */
  default double nothing(int purchases, double last, double age, double time) {
    double alive = alive(purchases, last, age);
    return 1 - alive + alive * nothingIfAlive(purchases, age, time);
  }
}
