package io.itinera.core.value;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How well scores tell who will order nothing. */
public final class MeasureChurn {

  private static final int DECILES = 10;

  private MeasureChurn() {}

  /**
   * Area under the curve: how often a customer who fell silent had the higher score of two, ties
   * counting half; a half where all fell silent or none.
   */
  public static double auc(List<ChurnBin> bins) {
    List<ChurnBin> rising = new ArrayList<>(bins);
    rising.sort(Comparator.comparingDouble(ChurnBin::score));
    double staying = 0;
    double silent = 0;
    double ordered = 0;
    int at = 0;
    while (at < rising.size()) {
      double tiedStaying = 0;
      double tiedSilent = 0;
      double score = rising.get(at).score();
      for (; at < rising.size() && rising.get(at).score() == score; at++) {
        tiedSilent += rising.get(at).silent();
        tiedStaying += rising.get(at).customers() - rising.get(at).silent();
      }
      ordered += tiedSilent * (staying + tiedStaying / 2);
      staying += tiedStaying;
      silent += tiedSilent;
    }
    return staying * silent == 0 ? 0.5 : ordered / (staying * silent);
  }

  /** Mean square of the scores' distance from what was (Brier, 1950); 0 is perfect. */
  public static double brier(List<ChurnBin> bins) {
    double squares = 0;
    double customers = 0;
    for (ChurnBin bin : bins) {
      double missed = 1 - bin.score();
      squares += bin.silent() * missed * missed;
      squares += (bin.customers() - bin.silent()) * bin.score() * bin.score();
      customers += bin.customers();
    }
    return squares / customers;
  }

  /**
   * How many times as often those of the highest tenth of scores fell silent as all customers did;
   * of those whose score ties with the last of them, as many as there is room for, all alike.
   */
  public static double lift(List<ChurnBin> bins) {
    double all = 0;
    double silent = 0;
    for (ChurnBin bin : bins) {
      all += bin.customers();
      silent += bin.silent();
    }
    double room = all / DECILES;
    double found = 0;
    List<ChurnBin> tied = new ArrayList<>();
    List<ChurnBin> falling = new ArrayList<>(bins);
    falling.sort(Comparator.comparingDouble(bin -> -bin.score()));
    for (int at = 0; at < falling.size() && room > 0; at++) {
      tied.add(falling.get(at));
      boolean isLast =
          at + 1 == falling.size() || falling.get(at + 1).score() != falling.get(at).score();
      if (isLast) {
        double customers = tied.stream().mapToDouble(ChurnBin::customers).sum();
        double share = Math.min(1, room / customers);
        found += share * tied.stream().mapToDouble(ChurnBin::silent).sum();
        room -= customers;
        tied.clear();
      }
    }
    return silent == 0 ? 1 : found * DECILES / silent;
  }

  /** The same scores gathered into {@code count} bins of about as many customers each. */
  public static List<ChurnBin> quantiles(List<ChurnBin> bins, int count) {
    List<ChurnBin> rising = new ArrayList<>(bins);
    rising.sort(Comparator.comparingDouble(ChurnBin::score));
    double all = rising.stream().mapToDouble(ChurnBin::customers).sum();
    List<ChurnBin> gathered = new ArrayList<>();
    double scores = 0;
    double customers = 0;
    double silent = 0;
    double passed = 0;
    for (ChurnBin bin : rising) {
      scores += bin.score() * bin.customers();
      customers += bin.customers();
      silent += bin.silent();
      passed += bin.customers();
      if (passed >= all * (gathered.size() + 1) / count) {
        gathered.add(new ChurnBin(scores / customers, customers, silent));
        scores = 0;
        customers = 0;
        silent = 0;
      }
    }
    return gathered;
  }

  /**
   * Of each tenth of the customers by their score, the mean score beside the share that ordered
   * nothing: metrics {@code calibration-01} to {@code -10}.
   */
  public static List<ModelReport> calibration(String model, List<ChurnBin> scored) {
    List<ChurnBin> deciles = quantiles(scored, DECILES);
    List<ModelReport> reports = new ArrayList<>();
    for (int i = 0; i < deciles.size(); i++) {
      ChurnBin bin = deciles.get(i);
      reports.add(
          new ModelReport(
              model,
              "calibration-%02d".formatted(i + 1),
              bin.score(),
              bin.silent() / bin.customers(),
              Math.round(bin.customers()),
              "mean score of the tenth, against its share that ordered nothing"));
    }
    return reports;
  }
}
