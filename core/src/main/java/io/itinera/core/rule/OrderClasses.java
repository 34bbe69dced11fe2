package io.itinera.core.rule;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;

/**
 * Classes of customers by how recently and how often they ordered.
 *
 * @param activeDays {@code active} up to this many days since the last order
 * @param inactiveDays then {@code inactive} up to this many days, then {@code lost}
 * @param frequentOrders {@code frequent} from this many orders on, {@code occasional} below
 * @param loyalOrders {@code loyal} from this many orders on
 * @param vipShare the share of customers with the highest monetary value who are {@code vip}
 */
public record OrderClasses(
    int activeDays, int inactiveDays, int frequentOrders, int loyalOrders, double vipShare) {

  public OrderClasses {
    if (activeDays < 0 || inactiveDays < activeDays) {
      throw new IllegalArgumentException(
          "inactive-days (%d) must not be smaller than active-days (%d)"
              .formatted(inactiveDays, activeDays));
    }
    if (frequentOrders < 1 || loyalOrders < frequentOrders) {
      throw new IllegalArgumentException(
          "loyal-orders (%d) must not be smaller than frequent-orders (%d)"
              .formatted(loyalOrders, frequentOrders));
    }
    if (!(vipShare >= 0 && vipShare <= 1)) {
      throw new IllegalArgumentException("vip-share must be between 0 and 1, was " + vipShare);
    }
  }

  /** {@code active}, {@code inactive}, {@code lost}; null where {@code recencyDays} is. */
  public Column recencyClass(Column recencyDays) {
    return when(recencyDays.leq(lit(activeDays)), "active")
        .when(recencyDays.leq(lit(inactiveDays)), "inactive")
        .when(recencyDays.isNotNull(), "lost");
  }

  /**
   * {@code none}, {@code occasional}, {@code frequent}, {@code loyal} or {@code vip}.
   *
   * @param orders number of orders
   * @param isVip true for the customers of the highest monetary value
   */
  public Column frequencyClass(Column orders, Column isVip) {
    return when(orders.lt(1), "none")
        .when(isVip, "vip")
        .when(orders.geq(loyalOrders), "loyal")
        .when(orders.geq(frequentOrders), "frequent")
        .otherwise("occasional");
  }
}
