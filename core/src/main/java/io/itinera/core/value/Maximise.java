package io.itinera.core.value;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.exception.MathIllegalArgumentException;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.PointValuePair;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunctionGradient;
import org.apache.commons.math3.optim.nonlinear.scalar.gradient.NonLinearConjugateGradientOptimizer;
import org.apache.commons.math3.optim.nonlinear.scalar.gradient.NonLinearConjugateGradientOptimizer.Formula;

/**
 * Finds the parameters of the greatest likelihood, by conjugate gradients over their logarithms: so
 * none ever becomes zero or less, and all are of one size.
 */
final class Maximise {

  private static final double VALUE_STANDS = 1e-15;
  private static final double FLAT = 1e-6;
  private static final double NEARLY_FLAT = 1e-5;
  // Of the value along a line, relative and absolute.
  private static final double LINE = 1e-11;
  private static final double FIRST_STEP = 1;
  private static final int ROUNDS = 12;
  private static final int EVALUATIONS = 600;
  // Of the logarithms of parameters: differences that tell a curvature, and steps that it is good
  // for.
  private static final double NUDGE = 1e-4;
  private static final double FAR = 0.5;
  private static final int STEPS = 8;
  // Beyond e^±WALL nothing more can be told from data: parameters that run away stay near it.
  private static final double WALL = 14;
  private static final double STEEPNESS = 0.01;

  private final Likelihood likelihood;
  private final double flat;
  private double[] at = {};
  private double value;
  private double[] slope = {};
  private int evaluations;

  private Maximise(Likelihood likelihood, double flat) {
    this.likelihood = likelihood;
    this.flat = flat;
  }

  /**
   * What was found.
   *
   * @param parameters where the likelihood is greatest
   * @param mean the mean log-likelihood there
   * @param evaluations how often the likelihood was computed
   * @param converged its slope is flat there
   */
  record Found(List<Double> parameters, double mean, int evaluations, boolean converged) {

    /** The same parameters, and their mean log-likelihood for other customers. */
    Found of(Likelihood others) {
      double[] values = parameters.stream().mapToDouble(each -> each).toArray();
      double all = others.mean(values, new double[values.length]);
      return new Found(parameters, all, evaluations + 1, converged);
    }

    double parameter(int place) {
      return parameters.get(place);
    }
  }

  /** Climbs from {@code start}. */
  static Found from(Likelihood likelihood, double... start) {
    return new Maximise(likelihood, FLAT).climb(Arrays.stream(start).map(Math::log).toArray());
  }

  /**
   * Goes on from where fewer histories led, to well within what so many leave uncertain.
   *
   * <p>How the likelihood of all bends, those few tell nearly: its slope and their curvature lead
   * almost to the top, so that few looks at many histories do. Where they do not, it climbs.
   *
   * @param fewer what {@code found} is the maximum of
   * @param likelihood of more histories
   */
  static Found on(Found found, Likelihood fewer, Likelihood likelihood) {
    double[] start = found.parameters.stream().mapToDouble(Math::log).toArray();
    Maximise all = new Maximise(likelihood, NEARLY_FLAT);
    Maximise few = new Maximise(fewer, FLAT);
    double[] near = few.curvature(start).map(bend -> all.stepped(start, bend)).orElse(start);
    Found next = all.climb(near);
    int evaluations = found.evaluations + few.evaluations + next.evaluations;
    return new Found(next.parameters, next.mean, evaluations, next.converged);
  }

  /** Steps by the slope here and a curvature from elsewhere, for as long as each leads up. */
  private double[] stepped(double[] start, DecompositionSolver curvature) {
    double[] at = start;
    double steepest = steepest(at);
    for (int step = 0; step < STEPS && steepest >= flat; step++) {
      double[] move = curvature.solve(new ArrayRealVector(slope(at))).toArray();
      double[] next = new double[at.length];
      double far = 0;
      for (int k = 0; k < next.length; k++) {
        next[k] = at[k] - move[k];
        far = Math.max(far, Math.abs(move[k]));
      }
      double there = far < FAR ? steepest(next) : Double.POSITIVE_INFINITY;
      if (!(there < steepest / 2)) {
        break;
      }
      at = next;
      steepest = there;
    }
    return at;
  }

  /** How the slope changes, by differences; none where this is no maximum. */
  private Optional<DecompositionSolver> curvature(double[] at) {
    double[][] bend = new double[at.length][at.length];
    for (int k = 0; k < at.length; k++) {
      double[] up = at.clone();
      double[] down = at.clone();
      up[k] += NUDGE;
      down[k] -= NUDGE;
      double[] above = slope(up);
      double[] below = slope(down);
      for (int i = 0; i < at.length; i++) {
        // Both halves: rounding leaves it not quite symmetric.
        bend[k][i] += (above[i] - below[i]) / (4 * NUDGE);
        bend[i][k] += (above[i] - below[i]) / (4 * NUDGE);
      }
    }
    try {
      return Optional.of(
          new CholeskyDecomposition(new Array2DRowRealMatrix(bend), 1, 0).getSolver());
    } catch (MathIllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Found climb(double[] start) {
    double[] logs = start;
    for (int round = 0; round < ROUNDS; round++) {
      double[] next = conjugate(logs);
      boolean stands = Arrays.equals(next, logs);
      logs = next;
      if (stands || steepest(logs) < flat) {
        break;
      }
    }
    boolean converged = steepest(logs) <= NEARLY_FLAT;
    double[] parameters = Arrays.stream(logs).map(Math::exp).toArray();
    double mean = likelihood.mean(parameters, new double[parameters.length]);
    return new Found(Arrays.stream(parameters).boxed().toList(), mean, evaluations, converged);
  }

  private double[] conjugate(double[] start) {
    NonLinearConjugateGradientOptimizer optimizer =
        new NonLinearConjugateGradientOptimizer(
            Formula.POLAK_RIBIERE,
            (iteration, before, now) -> steepest(now.getPoint()) < flat || stands(before, now),
            LINE,
            LINE,
            FIRST_STEP);
    double[][] best = {start};
    double[] least = {costs(start)};
    try {
      PointValuePair end =
          optimizer.optimize(
              new ObjectiveFunction(
                  point -> {
                    double costs = costs(point);
                    if (costs < least[0]) {
                      least[0] = costs;
                      best[0] = point.clone();
                    }
                    return costs;
                  }),
              new ObjectiveFunctionGradient(this::slope),
              GoalType.MINIMIZE,
              new InitialGuess(start),
              new MaxEval(EVALUATIONS));
      return end.getValue() <= least[0] ? end.getPoint() : best[0];
    } catch (MathIllegalStateException e) {
      // Its line search gave up, or it was long enough: the next round starts from the best so far.
      return best[0];
    }
  }

  private static boolean stands(PointValuePair before, PointValuePair now) {
    return before.getValue() - now.getValue() <= VALUE_STANDS * Math.abs(now.getValue());
  }

  private double costs(double[] logs) {
    look(logs);
    return value;
  }

  private double[] slope(double[] logs) {
    look(logs);
    return slope.clone();
  }

  private double steepest(double[] logs) {
    return Arrays.stream(slope(logs)).map(Math::abs).max().orElse(0);
  }

  private void look(double[] logs) {
    if (Arrays.equals(at, logs)) {
      return;
    }
    double[] inside = new double[logs.length];
    double wall = 0;
    double[] rise = new double[logs.length];
    for (int k = 0; k < logs.length; k++) {
      double beyond = Math.abs(logs[k]) - WALL;
      inside[k] = Math.exp(Math.max(-2 * WALL, Math.min(2 * WALL, logs[k])));
      if (beyond > 0) {
        wall += STEEPNESS * beyond * beyond;
        rise[k] = 2 * STEEPNESS * beyond * Math.signum(logs[k]);
      }
    }
    double[] gradient = new double[logs.length];
    double mean = likelihood.mean(inside, gradient);
    evaluations++;
    for (int k = 0; k < logs.length; k++) {
      rise[k] -= gradient[k] * inside[k];
    }
    at = logs.clone();
    value = Double.isFinite(mean) ? wall - mean : Double.MAX_VALUE;
    slope = rise;
  }
}
