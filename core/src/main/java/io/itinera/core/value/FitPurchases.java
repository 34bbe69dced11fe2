package io.itinera.core.value;

import io.itinera.core.value.Maximise.Found;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Fits models of purchases to counted histories by maximum likelihood. */
public final class FitPurchases {

  /** Who stops less often than this share of the time, or in a mean customer's age, never does. */
  private static final double NEVER = 1e-4;

  /** Half of the 95th percentile of chi-squared with two degrees: two parameters more. */
  private static final double GAIN = 3;

  private static final int FEW = 4_000;
  private static final int MORE = 16;

  /** Where a history costs little, all of them count. */
  private static final int MANY = Integer.MAX_VALUE / (MORE * MORE);

  /** Where each costs an integral, so many stand for all. */
  private static final int SOME = 30_000;

  private final Kind kind;
  private final PurchaseCounts counts;
  private final double unit;

  private FitPurchases(Kind kind, PurchaseCounts counts, double unit) {
    this.kind = kind;
    this.counts = counts;
    this.unit = unit;
  }

  /** Models that can be asked for. */
  public enum Kind {
    BG_NBD(BgNbd.NAME),
    PARETO_NBD(ParetoNbd.NAME),
    NBD(Nbd.NAME);

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** As in settings and tables. */
    public String text() {
      return text;
    }
  }

  /**
   * The model of {@code kind} under which the histories are likeliest.
   *
   * <p>Where customers seem never to stop, or that they do explains no more than chance would, the
   * parameters of stopping can be anything: then the negative binomial model is fitted in its
   * place, and the fit says so.
   *
   * @param counts at least one customer
   */
  public static PurchaseFit fit(Kind kind, PurchaseCounts counts) {
    PurchaseCounts sorted = counts.sorted();
    // In mean ages, all parameters are of one size whatever the unit.
    double unit = sorted.meanAge() > 0 ? sorted.meanAge() : 1;
    FitPurchases search = new FitPurchases(kind, sorted.inUnitsOf(unit), unit);
    return switch (kind) {
      case BG_NBD -> search.bgNbd();
      case PARETO_NBD -> search.paretoNbd();
      case NBD -> search.fit(search.nbd(), Optional.empty());
    };
  }

  private PurchaseFit bgNbd() {
    Found found = climb(BgNbdLikelihood::new, MANY, 0.5, 0.3, 1, 2);
    double a = found.parameter(2);
    double b = found.parameter(3);
    return orNbd("a/(a+b)", a / (a + b), found)
        .orElseGet(
            () -> {
              double alpha = found.parameter(1) * unit;
              return fit(new BgNbd(found.parameter(0), alpha, a, b), found, Optional.empty());
            });
  }

  private PurchaseFit paretoNbd() {
    Found found = climb(ParetoNbdLikelihood::new, SOME, 0.5, 0.3, 0.5, 0.5);
    double s = found.parameter(2);
    double beta = found.parameter(3);
    return orNbd("s/beta", s / beta, found)
        .orElseGet(
            () -> {
              double alpha = found.parameter(1) * unit;
              ParetoNbd model = new ParetoNbd(found.parameter(0), alpha, s, beta * unit);
              return fit(model, found, Optional.empty());
            });
  }

  /** When the last purchase was says nothing where nobody stops. */
  private Found nbd() {
    return new FitPurchases(Kind.NBD, counts.whenever(), unit)
        .climb(NbdLikelihood::new, MANY, 0.5, 0.3);
  }

  /** From few histories to more, each time from where the fewer led: the last steps are short. */
  private Found climb(Function<PurchaseCounts, Likelihood> likelihood, int most, double... start) {
    Likelihood few = likelihood.apply(counts.thinned(FEW));
    Found found = Maximise.from(few, start);
    for (int size = FEW * MORE; size / MORE < Math.min(most, counts.size()); size *= MORE) {
      Likelihood more = likelihood.apply(counts.thinned(Math.min(size, most)));
      found = Maximise.on(found, few, more);
      few = more;
    }
    return counts.size() <= most ? found : found.of(likelihood.apply(counts));
  }

  /** The model without stopping, if nothing can be said about who stopped. */
  private Optional<PurchaseFit> orNbd(String share, double stops, Found found) {
    Found simple = nbd();
    double gain = (found.mean() - simple.mean()) * counts.total();
    String why;
    if (!(stops >= NEVER)) {
      why =
          String.format(
              Locale.ROOT, "customers hardly ever stop (%s = %.2g, below %s)", share, stops, NEVER);
    } else if (!(gain >= GAIN)) {
      why =
          String.format(
              Locale.ROOT,
              "that customers stop explains no more than chance (log-likelihood %+.2f, below %s)",
              gain,
              GAIN);
    } else {
      return Optional.empty();
    }
    return Optional.of(
        fit(simple, Optional.of("%s is not identified: %s".formatted(kind.text(), why))));
  }

  private PurchaseFit fit(Found found, Optional<String> instead) {
    return fit(new Nbd(found.parameter(0), found.parameter(1) * unit), found, instead);
  }

  private PurchaseFit fit(PurchaseModel model, Found found, Optional<String> instead) {
    // A density per unit of time, of as many times as there are repeat purchases.
    double all = found.mean() * counts.total() - counts.allPurchases() * Math.log(unit);
    return new PurchaseFit(
        model, all, Math.round(counts.total()), found.evaluations(), found.converged(), instead);
  }
}
