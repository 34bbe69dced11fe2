package io.itinera.core.trail;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.spark.PatternFunctions;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;

/**
 * Steps that customers should take one after the other.
 *
 * @param name as tables call it
 * @param steps two at least; the first and the last are not optional
 * @param window longest time from the first step to the last; one of exactly that is allowed
 * @param order what may lie between two steps
 * @param exclude predicates over touchpoints; one that holds between two steps ends the attempt
 */
public record FunnelRules(
    String name, List<Step> steps, Duration window, Order order, List<String> exclude)
    implements Serializable {

  /** What may lie between two steps. */
  public enum Order {
    /** Any other touches. */
    ORDERED,
    /** Nothing: each step is the touch right behind the one before. */
    STRICT
  }

  /** So many steps, so that a touch's part in them is a number. */
  static final int MOST_STEPS = 30;

  /**
   * A step.
   *
   * @param name as tables call it
   * @param any predicates over columns of touchpoints, one of which holds of a touch that takes it
   * @param patterns the last touch of a match of one of these takes it, too, wherever it began
   * @param unless predicates of touches that end the attempt of who is about to take it
   * @param isOptional whether the next may be taken without it
   */
  public record Step(
      String name,
      List<String> any,
      List<TouchPattern> patterns,
      List<String> unless,
      boolean isOptional)
      implements Serializable {

    public Step {
      any = List.copyOf(any);
      patterns = List.copyOf(patterns);
      unless = List.copyOf(unless);
      if (any.isEmpty() && patterns.isEmpty()) {
        throw new IllegalArgumentException(
            "step %s needs any = [a predicate, …] or patterns = [a pattern, …]: nobody could take it"
                .formatted(name));
      }
    }

    /** A step that must be taken, by a touch of which one of {@code any} holds. */
    public static Step of(String name, String... any) {
      return new Step(name, List.of(any), List.of(), List.of(), false);
    }
  }

  public FunnelRules {
    steps = List.copyOf(steps);
    exclude = List.copyOf(exclude);
    if (steps.size() < 2 || steps.size() > MOST_STEPS) {
      throw new IllegalArgumentException(
          "steps must be 2 to %d, were %d".formatted(MOST_STEPS, steps.size()));
    }
    if (steps.get(0).isOptional() || steps.get(steps.size() - 1).isOptional()) {
      throw new IllegalArgumentException("the first and the last step cannot be optional");
    }
    if (steps.stream().map(Step::name).distinct().count() < steps.size()) {
      throw new IllegalArgumentException("steps must have different names");
    }
    if (window.isZero() || window.isNegative()) {
      throw new IllegalArgumentException("window must be longer than zero, was " + window);
    }
  }

  /** Whether a pattern of a step asks for pages. */
  public boolean asksForPage() {
    return steps.stream()
        .flatMap(step -> step.patterns().stream())
        .anyMatch(TouchPattern::asksForPage);
  }

  /** Whether a step is not optional. */
  List<Boolean> required() {
    return steps.stream().map(step -> !step.isOptional()).toList();
  }

  /**
   * What a touch is to the funnel: bit i, it takes step i; bit {@link #MOST_STEPS} + i, it ends the
   * attempts of those who are about to take step i.
   */
  Column bits() {
    List<Column> bits = new ArrayList<>();
    Column isExcluded = anyOf(exclude);
    IntStream.range(0, steps.size())
        .forEach(
            i -> {
              bits.add(bit(anyOf(steps.get(i).any()), i));
              if (i > 0) {
                bits.add(bit(isExcluded.or(anyOf(steps.get(i).unless())), MOST_STEPS + i));
              }
            });
    return bits.stream().reduce(Column::plus).orElseThrow();
  }

  private static Column bit(Column holds, int place) {
    return when(holds, lit(1L << place)).otherwise(lit(0L));
  }

  private static Column anyOf(List<String> predicates) {
    return predicates.stream()
        .map(PatternFunctions::expr)
        .map(predicate -> coalesce(predicate.cast("boolean"), lit(false)))
        .reduce(lit(false), Column::or);
  }
}
