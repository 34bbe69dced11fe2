package io.itinera.core.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Customers as they were known some days ago, and what came of them since.
 *
 * @param then their groups
 * @param days so many days ago
 */
record HeldOut(Groups then, int days) {

  long sample() {
    return Math.round(then.customers());
  }

  /** By how much the naive guess missed a customer's orders: as many as in the time before. */
  double naiveError() {
    return Math.sqrt(then.sum(Group::misses) / then.customers());
  }

  double error(Forecast forecast) {
    return Math.sqrt(forecast.squareError(then, days));
  }

  /** By how much a model missed the orders of all customers together, as a share of them. */
  double missed(Forecast forecast) {
    return missed(forecast.allOrders(then, days), then.sum(Group::later));
  }

  /** By how much the naive guess did: as many as in the time before. */
  double naiveMissed() {
    return missed(then.sum(Group::before), then.sum(Group::later));
  }

  /** What a model foretold of all customers, and what came. */
  String came(String model, Forecast forecast) {
    return String.format(
        Locale.ROOT,
        "%s foretold %,.0f orders for the last %d days, and %,.0f came",
        model,
        forecast.allOrders(then, days),
        days,
        then.sum(Group::later));
  }

  /** What everybody's share of silence misses. */
  double naiveBrier() {
    double share = then.sum(Group::silent) / then.customers();
    return share * (1 - share);
  }

  double brier(Forecast forecast) {
    return MeasureChurn.brier(forecast.churn(then, days));
  }

  /** How well a model foretold orders and revenue. */
  List<ModelReport> ofOrders(String model, Forecast forecast) {
    List<ModelReport> reports = new ArrayList<>();
    PurchaseFit fit = forecast.fit();
    String search = "%s after %d evaluations".formatted(fit.model(), fit.evaluations());
    String doubt = fit.fellBackFrom().orElse(null);
    reports.add(
        new ModelReport(model, "log-likelihood", fit.logLikelihood(), null, sample(), doubt));
    reports.add(
        new ModelReport(model, "converged", fit.converged() ? 1 : 0, null, sample(), search));
    String rmse =
        "orders per customer in the last %d days, against as many as in the %d before"
            .formatted(days, days);
    reports.add(
        new ModelReport(model, "orders-rmse", error(forecast), naiveError(), sample(), rmse));
    double orders = then.sum(Group::later);
    double foretold = forecast.allOrders(then, days);
    reports.add(
        new ModelReport(
            model,
            "orders-mape",
            missed(forecast),
            naiveMissed(),
            sample(),
            came("orders", foretold, orders)));
    double revenue = then.sum(Group::laterValue);
    double expected = forecast.allRevenue(then, days);
    if (revenue > 0) {
      reports.add(
          new ModelReport(
              model,
              "revenue-mape",
              missed(expected, revenue),
              missed(then.sum(Group::beforeValue), revenue),
              sample(),
              came("revenue", expected, revenue)));
    }
    return reports;
  }

  /** How well a model foretold who would order nothing. */
  List<ModelReport> ofChurn(String model, Forecast forecast) {
    List<ChurnBin> scored = forecast.churn(then, days);
    List<ChurnBin> byRecency =
        then.all().stream()
            .map(each -> new ChurnBin(each.age() - each.last(), each.customers(), each.silent()))
            .toList();
    List<ModelReport> reports = new ArrayList<>();
    String held = "no order in the last %d days, against ".formatted(days);
    reports.add(
        new ModelReport(
            model,
            "auc",
            MeasureChurn.auc(scored),
            MeasureChurn.auc(byRecency),
            sample(),
            held + "the time since the last order"));
    reports.add(
        new ModelReport(
            model, "brier", brier(forecast), naiveBrier(), sample(), held + "everybody's share"));
    reports.add(
        new ModelReport(
            model,
            "lift",
            MeasureChurn.lift(scored),
            MeasureChurn.lift(byRecency),
            sample(),
            held + "the time since the last order"));
    reports.addAll(MeasureChurn.calibration(model, scored));
    return reports;
  }

  /** What a model foretells, beside the last days going on. */
  List<ModelReport> ofForecast(Forecast forecast, Groups now, int horizon) {
    double times = (double) horizon / days;
    String model = forecast.fit().model().name();
    String ahead = "of the next %d days, against the last %d going on".formatted(horizon, days);
    long sample = Math.round(now.customers());
    return List.of(
        new ModelReport(
            model,
            "forecast-orders-" + horizon,
            forecast.allOrders(now, horizon),
            then.sum(Group::later) * times,
            sample,
            "orders " + ahead),
        new ModelReport(
            model,
            "forecast-revenue-" + horizon,
            forecast.allRevenue(now, horizon),
            then.sum(Group::laterValue) * times,
            sample,
            "value, before refunds, " + ahead));
  }

  private static double missed(double foretold, double was) {
    return Math.abs(foretold / was - 1);
  }

  private String came(String what, double foretold, double was) {
    return String.format(
        Locale.ROOT,
        "%s of %,.0f foretold for the last %d days, %,.0f came",
        what,
        foretold,
        days,
        was);
  }
}
