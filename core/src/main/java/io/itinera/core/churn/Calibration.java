package io.itinera.core.churn;

import java.io.Serializable;
import java.util.List;

/**
 * How log-odds that a model gave become probabilities that come true (Platt: Probabilistic Outputs
 * for Support Vector Machines, 1999): a logistic curve of two parameters.
 *
 * @param slope below 1 where the model was too sure
 * @param shift above 0 where it expected too much to be ordered
 */
record Calibration(double slope, double shift) implements Serializable {

  /** Log-odds as they are. */
  static final Calibration NONE = new Calibration(1, 0);

  private static final int STEPS = 50;
  private static final double STANDING_STILL = 1e-10;

  /** Holds both parameters where few customers would let them run away. */
  private static final double RIDGE = 1e-3;

  double probability(double margin) {
    return 1 / (1 + Math.exp(-(slope * margin + shift)));
  }

  /** The likeliest curve through what came true, by Newton's method. */
  static Calibration of(double[] margins, List<Example> came) {
    double slope = 1;
    double shift = 0;
    for (int step = 0; step < STEPS; step++) {
      Calibration now = new Calibration(slope, shift);
      double toSlope = RIDGE * (1 - slope);
      double toShift = -RIDGE * shift;
      double slopes = RIDGE;
      double both = 0;
      double shifts = RIDGE;
      for (int i = 0; i < margins.length; i++) {
        double said = now.probability(margins[i]);
        double missed = (came.get(i).silent() ? 1 : 0) - said;
        double weight = said * (1 - said);
        toSlope += missed * margins[i];
        toShift += missed;
        slopes += weight * margins[i] * margins[i];
        both += weight * margins[i];
        shifts += weight;
      }
      double determinant = slopes * shifts - both * both;
      double bySlope = (toSlope * shifts - toShift * both) / determinant;
      double byShift = (toShift * slopes - toSlope * both) / determinant;
      slope += bySlope;
      shift += byShift;
      if (Math.abs(bySlope) + Math.abs(byShift) < STANDING_STILL) {
        break;
      }
    }
    boolean isCurve = slope > 0 && Double.isFinite(slope) && Double.isFinite(shift);
    return isCurve ? new Calibration(slope, shift) : NONE;
  }
}
