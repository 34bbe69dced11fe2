package io.itinera.core.path;

import static org.apache.spark.sql.functions.lit;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import org.apache.spark.sql.Column;

/**
 * Which journeys paths are made of, and what of them is told.
 *
 * @param windowDays journeys that ended within this many days up to as_of count
 * @param leastOfNode beginnings of paths that fewer journeys share are no nodes of the tree
 * @param patterns what makes a pattern frequent
 * @param transitionsOf whose steps transitions are counted of
 */
public record PathRules(
    int windowDays, long leastOfNode, Patterns patterns, TransitionsOf transitionsOf) {

  /** Whose steps transitions are counted of. */
  public enum TransitionsOf {
    /** Journeys. */
    JOURNEY,
    /** Sessions: what was done in each, one step a touchpoint. */
    SESSION
  }

  /**
   * What makes a pattern frequent.
   *
   * @param leastSupport the share of journeys of one outcome that must have it
   * @param mostSteps of a pattern
   * @param mostPatterns where more are frequent, those of most steps are left out, until no more
   *     are left or those of one step only
   * @param onlyClosed whether patterns go of which a longer one has the same support
   */
  public record Patterns(double leastSupport, int mostSteps, int mostPatterns, boolean onlyClosed)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    public Patterns {
      if (!(leastSupport > 0) || leastSupport > 1 || mostSteps < 1 || mostPatterns < 1) {
        throw new IllegalArgumentException(
            ("least-support must be above 0 and at most 1, most-steps and most-patterns at least 1,"
                    + " were %s, %d and %d")
                .formatted(leastSupport, mostSteps, mostPatterns));
      }
    }

    /** So many of {@code journeys} must have a pattern: exactly the share is enough. */
    long least(long journeys) {
      BigDecimal share = BigDecimal.valueOf(leastSupport).multiply(BigDecimal.valueOf(journeys));
      return Math.max(1, share.setScale(0, RoundingMode.CEILING).longValueExact());
    }
  }

  public PathRules {
    if (windowDays < 1) {
      throw new IllegalArgumentException("window-days must be at least 1, was " + windowDays);
    }
  }

  /** Of a window, with everything told that is not rare. */
  public static PathRules of(int windowDays) {
    return new PathRules(
        windowDays, 1, new Patterns(0.05, 6, 10_000, false), TransitionsOf.JOURNEY);
  }

  /** True for the days of the window: {@code asOf} and those before it. */
  Column covers(Column day, LocalDate asOf) {
    return day.gt(lit(asOf.minusDays(windowDays))).and(day.leq(lit(asOf)));
  }
}
