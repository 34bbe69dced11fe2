package io.itinera.core.spark;

import io.itinera.core.rule.BusinessHours;
import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataTypes;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractPartialFunction;

/**
 * {@code business_seconds(start, end)}: seconds of business hours between two instants, in
 * expressions over columns of tables. Null where one of them is, or where the end comes first.
 *
 * <p>Public only because generated code calls it.
 */
public final class BusinessTime implements Serializable {

  private static final long serialVersionUID = 1;

  /** What expressions call it. */
  public static final String NAME = "business_seconds";

  private static final long MICROS = 1_000_000;

  private final BusinessHours hours;

  private BusinessTime(BusinessHours hours) {
    this.hours = hours;
  }

  /**
   * The value of {@code text} over a row of a table, null where it cannot be computed.
   *
   * @param hours that {@link #NAME} counts
   */
  public static Column over(String text, BusinessHours hours) {
    BusinessTime target = new BusinessTime(hours);
    return Expressions.unguarded(
        Expressions.parse(text)
            .transformUp(
                new AbstractPartialFunction<Expression, Expression>() {
                  @Override
                  public boolean isDefinedAt(Expression node) {
                    return node instanceof UnresolvedFunction call && isOurs(call);
                  }

                  @Override
                  @SuppressWarnings("unchecked")
                  public <A extends Expression, B> B applyOrElse(
                      A node, scala.Function1<A, B> otherwise) {
                    return isDefinedAt(node)
                        ? (B) target.call((UnresolvedFunction) node)
                        : otherwise.apply(node);
                  }
                }));
  }

  private static boolean isOurs(UnresolvedFunction call) {
    return call.nameParts().size() == 1
        && call.nameParts().head().toLowerCase(Locale.ROOT).equals(NAME);
  }

  private Expression call(UnresolvedFunction call) {
    return of(List.copyOf(CollectionConverters.asJava(call.arguments())));
  }

  private Expression of(List<Expression> arguments) {
    requireTwo(arguments);
    return new JavaMethod(
            this,
            "secondsBetween",
            DataTypes.LongType,
            List.of(DataTypes.TimestampType, DataTypes.TimestampType))
        .of(arguments);
  }

  /**
   * Looks at what the function is called with.
   *
   * @throws IllegalArgumentException if it takes other arguments
   */
  public static void requireTwo(List<Expression> arguments) {
    if (arguments.size() != 2) {
      throw new IllegalArgumentException("The function is called as " + NAME + "(start, end)");
    }
  }

  /** Whole seconds of business hours between two instants, given in microseconds. */
  public Long secondsBetween(long start, long end) {
    return end < start ? null : hours.microsBetween(instant(start), instant(end)) / MICROS;
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
