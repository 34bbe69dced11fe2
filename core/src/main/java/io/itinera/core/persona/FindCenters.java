package io.itinera.core.persona;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * K-means over points in memory: Lloyd's iterations from centres that k-means++ (Arthur and
 * Vassilvitskii, 2007) spreads, several times, of which the tightest groups are kept. No order but
 * that of the points and no randomness but the seed's decides.
 */
public final class FindCenters {

  private static final int MOST_STARTS = 10;
  private static final int FEWEST_STARTS = 3;
  // So many points in all starts: few points cost little, and chance counts for more among them.
  private static final int STARTING_POINTS = 20_000;
  private static final int ITERATIONS = 50;
  // Squared, in standard deviations: smaller moves change nobody's group.
  private static final double STANDING_STILL = 1e-8;

  private static final double TIGHTER = 0.05;

  private final List<double[]> points;
  private final int[] groups;

  private FindCenters(List<double[]> points) {
    this.points = points;
    this.groups = new int[points.size()];
  }

  /** At most {@code size} centres; fewer where there are no more different points. */
  public static List<double[]> of(List<double[]> points, int size, long seed) {
    return new FindCenters(points).tightest(size, seed);
  }

  /**
   * As many centres as {@code start} has, and those to which it leads, unless others are tighter by
   * a twentieth: of many ways to part customers some are about equally good.
   */
  public static List<double[]> from(List<double[]> points, List<double[]> start, long seed) {
    List<double[]> settled = new ArrayList<>(start);
    FindCenters search = new FindCenters(points);
    double cost = search.settle(settled);
    List<double[]> other = search.tightest(start.size(), seed);
    return search.group(other) < (1 - TIGHTER) * cost ? other : settled;
  }

  private List<double[]> tightest(int size, long seed) {
    Random random = new Random(seed);
    List<double[]> best = List.of();
    double least = Double.POSITIVE_INFINITY;
    int starts = Math.max(FEWEST_STARTS, Math.min(MOST_STARTS, STARTING_POINTS / points.size()));
    for (int start = 0; start < starts; start++) {
      List<double[]> centers = spread(size, random);
      double cost = settle(centers);
      if (cost < least) {
        least = cost;
        best = centers;
      }
    }
    return best;
  }

  /** Per point the number of its nearest centre, the first of equally near ones. */
  public static int[] groups(List<double[]> points, List<double[]> centers) {
    FindCenters search = new FindCenters(points);
    search.group(centers);
    return search.groups;
  }

  /** The square of the Euclidean distance. */
  public static double squaredDistance(double[] a, double[] b) {
    double squares = 0;
    for (int i = 0; i < a.length; i++) {
      squares += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return squares;
  }

  /** Each next centre is a point, the likelier the further it is from all before. */
  private List<double[]> spread(int size, Random random) {
    List<double[]> centers = new ArrayList<>();
    double[] distances = new double[points.size()];
    Arrays.fill(distances, Double.POSITIVE_INFINITY);
    int next = random.nextInt(points.size());
    while (next >= 0) {
      double[] center = points.get(next).clone();
      centers.add(center);
      for (int i = 0; i < distances.length; i++) {
        distances[i] = Math.min(distances[i], squaredDistance(points.get(i), center));
      }
      next = centers.size() < size ? drawn(distances, random.nextDouble()) : -1;
    }
    return centers;
  }

  /** The point at {@code share} of all distances added up; −1 if all are zero. */
  private static int drawn(double[] distances, double share) {
    double left = Arrays.stream(distances).sum() * share;
    int last = -1;
    for (int i = 0; i < distances.length; i++) {
      if (distances[i] > 0) {
        last = i;
        left -= distances[i];
        if (left < 0) {
          return last;
        }
      }
    }
    return last;
  }

  /** Moves {@code centers} until they stand still; the sum of all squared distances to them. */
  private double settle(List<double[]> centers) {
    double cost = group(centers);
    for (int i = 0; i < ITERATIONS && moved(centers) > STANDING_STILL; i++) {
      cost = group(centers);
    }
    return cost;
  }

  private double group(List<double[]> centers) {
    double cost = 0;
    for (int i = 0; i < groups.length; i++) {
      double nearest = Double.POSITIVE_INFINITY;
      for (int center = 0; center < centers.size(); center++) {
        double distance = squaredDistance(points.get(i), centers.get(center));
        if (distance < nearest) {
          nearest = distance;
          groups[i] = center;
        }
      }
      cost += nearest;
    }
    return cost;
  }

  /** Puts each centre in the middle of its group; the square of the furthest move. */
  private double moved(List<double[]> centers) {
    double[][] sums = new double[centers.size()][points.get(0).length];
    int[] members = new int[centers.size()];
    for (int i = 0; i < groups.length; i++) {
      members[groups[i]]++;
      for (int j = 0; j < sums[groups[i]].length; j++) {
        sums[groups[i]][j] += points.get(i)[j];
      }
    }
    double furthest = 0;
    for (int center = 0; center < members.length; center++) {
      // A centre that lost its last member stays where it is.
      if (members[center] > 0) {
        for (int j = 0; j < sums[center].length; j++) {
          sums[center][j] /= members[center];
        }
        furthest = Math.max(furthest, squaredDistance(centers.get(center), sums[center]));
        centers.set(center, sums[center]);
      }
    }
    return furthest;
  }
}
