package io.itinera.core.persona;

import java.util.List;
import java.util.Optional;

/**
 * How groups are looked for, and which numbers of them are worth telling.
 *
 * @param method what looks for them
 * @param smallestShare a number of groups of which one has a smaller share of the customers is not
 *     taken: a few odd ones are no persona
 * @param leastStability a number of groups that other samples of the same customers agree on less,
 *     as adjusted Rand index, is not taken: it is chance
 * @param leastGain a number of groups that is not that of the training before is taken only where
 *     its silhouette is larger by more
 * @param own a model that finds groups instead, however many
 */
public record Grouping(
    Method method,
    double smallestShare,
    double leastStability,
    double leastGain,
    Optional<OwnModel> own) {

  /** Groups are found here. */
  public Grouping(Method method, double smallestShare, double leastStability) {
    this(method, smallestShare, leastStability, 0.1, Optional.empty());
  }

  /** K-means, as it is shipped. */
  public static final Grouping USUAL = new Grouping(Method.K_MEANS, 0.02, 0.5);

  /** What looks for groups. */
  public enum Method {
    /** All centres at once, from several starts. */
    K_MEANS,
    /** The loosest group is parted in two, again and again. */
    BISECTING_K_MEANS,
    /** Groups that overlap and are as wide as their customers differ, from those of k-means. */
    GAUSSIAN_MIXTURE
  }

  /**
   * As many groups as the training before had, and nearly those, unless others are better; where
   * groups are parted, what was before does not help.
   *
   * @param centers of its groups
   */
  Fit from(List<double[]> points, List<double[]> centers, long seed) {
    return switch (method) {
      case K_MEANS -> Fit.of(FindCenters.from(points, centers, seed));
      case BISECTING_K_MEANS -> fit(points, centers.size(), seed);
      case GAUSSIAN_MIXTURE -> FitMixture.from(points, FindCenters.from(points, centers, seed));
    };
  }

  /** The same, but that model finds groups. */
  public Grouping with(OwnModel other) {
    return new Grouping(method, smallestShare, leastStability, leastGain, Optional.of(other));
  }

  /** At most {@code size} groups; fewer where there are no more different points. */
  Fit fit(List<double[]> points, int size, long seed) {
    return switch (method) {
      case K_MEANS -> Fit.of(FindCenters.of(points, size, seed));
      case BISECTING_K_MEANS -> Fit.of(PartGroups.of(points, size, seed));
      case GAUSSIAN_MIXTURE -> FitMixture.of(points, size, seed);
    };
  }
}
