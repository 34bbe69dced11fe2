package io.itinera.core.value;

import java.util.List;

/**
 * A model of purchases and one of spend, as they foretell what a group of customers will bring.
 *
 * @param fit the model of purchases
 * @param spend the model of spend
 */
record Forecast(PurchaseFit fit, GammaGamma spend) {

  double orders(Group group, double days) {
    return fit.model().purchases(group.purchases(), group.last(), group.age(), days);
  }

  double silence(Group group, double days) {
    return fit.model().nothing(group.purchases(), group.last(), group.age(), days);
  }

  /** Of the whole group: what is expected of a mean is linear in it. */
  double revenue(Group group, double days) {
    double ofNone = spend.expected(group.purchases(), 0);
    double perMean = spend.expected(group.purchases(), 1) - ofNone;
    return orders(group, days) * (group.customers() * ofNone + perMean * group.means());
  }

  double allOrders(Groups groups, double days) {
    return groups.sum(group -> group.customers() * orders(group, days));
  }

  double allRevenue(Groups groups, double days) {
    return groups.sum(group -> revenue(group, days));
  }

  /** Mean square of what a customer's orders were missed by. */
  double squareError(Groups groups, double days) {
    double misses =
        groups.sum(
            group -> {
              double orders = orders(group, days);
              return group.laterSquares()
                  - 2 * orders * group.later()
                  + group.customers() * orders * orders;
            });
    return misses / groups.customers();
  }

  List<ChurnBin> churn(Groups groups, double days) {
    return groups.all().stream()
        .map(group -> new ChurnBin(silence(group, days), group.customers(), group.silent()))
        .toList();
  }
}
