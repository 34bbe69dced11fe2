package io.itinera.core.persona;

import java.util.Locale;

/** What a feature goes through before it is put on the scale of all others. */
public enum Transform {
  /** sign(x) · ln(1 + |x|): of counts and amounts, whose few large values say little more. */
  LOG("signum(%1$s) * log1p(abs(%1$s))"),

  /** As it is. */
  LINEAR("%1$s"),

  /**
   * As it is, but measured from the median, by the distance of the quartiles: of what has values
   * far out that would make the deviation their own.
   */
  ROBUST("%1$s"),

  /**
   * 2 · arcsin(√x), by which the spread of a share does not depend on its size (Anscombe, The
   * Transformation of Poisson, Binomial and Negative-Binomial Data, 1948); below 0 counts as 0,
   * above 1 as 1.
   */
  SHARE("2 * asin(sqrt(greatest(0D, least(1D, %1$s))))");

  private final String sql;

  Transform(String sql) {
    this.sql = sql;
  }

  /** As configuration and tables have it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  double of(double value) {
    return switch (this) {
      case LOG -> Math.signum(value) * StrictMath.log1p(Math.abs(value));
      case LINEAR, ROBUST -> value;
      case SHARE -> 2 * StrictMath.asin(Math.sqrt(Math.max(0, Math.min(1, value))));
    };
  }

  /** The value of which {@code transformed} was made. */
  double back(double transformed) {
    return switch (this) {
      case LOG -> Math.signum(transformed) * StrictMath.expm1(Math.abs(transformed));
      case LINEAR, ROBUST -> transformed;
      case SHARE -> {
        double root = StrictMath.sin(Math.max(0, Math.min(Math.PI, transformed)) / 2);
        yield root * root;
      }
    };
  }

  /** The same in SQL. */
  String sql(String column) {
    return sql.formatted(column);
  }
}
