package io.itinera.core.spark;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.itinera.core.pattern.Hits;
import io.itinera.core.pattern.Replacement;
import io.itinera.core.pattern.SafePattern;
import io.itinera.core.pattern.SeenTexts;
import io.itinera.core.pattern.TooHardException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.catalyst.util.StringUtils;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Spark SQL's functions of regular expressions, each as {@link SafePattern} does it. Null where a
 * text is too hard for its pattern. Public only because generated code calls it.
 */
public final class PatternCalls implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final DataType TEXTS = DataTypes.createArrayType(StringType);

  /** Methods whose last argument is a number. */
  private static final List<String> NUMBERED =
      List.of("extract", "extractAll", "split", "replaceFrom");

  private transient volatile Known known;

  private PatternCalls() {}

  /**
   * The pattern of the record before.
   *
   * @param by what it was replaced by; null where nothing was
   * @param group the number that was given; 0 without one
   * @param seen what came of the last texts
   */
  private record Known(
      UTF8String regex, UTF8String by, int group, SafePattern pattern, SeenTexts seen) {

    boolean isOf(UTF8String otherRegex, UTF8String otherBy, int otherGroup) {
      return group == otherGroup
          && regex.equals(otherRegex)
          && Objects.equals(by, otherBy)
          && seen.isMine();
    }

    /** What {@code work} makes of {@code text}; null if that is too hard for the pattern. */
    <T> T search(UTF8String text, BiFunction<String, Hits, T> work) {
      return seen.answer(text, each -> searched(each, work));
    }

    private <T> T searched(UTF8String text, BiFunction<String, Hits, T> work) {
      String string = text.toString();
      try {
        return pattern.search(string, hits -> work.apply(string, hits));
      } catch (TooHardException e) {
        return null;
      }
    }
  }

  static Column isIn(Column text, Column regex) {
    return column(isIn(expression(text), expression(regex)));
  }

  static Expression isIn(Expression text, Expression regex) {
    return call("find", BooleanType, text, regex);
  }

  static Expression isWhole(Expression text, Expression regex) {
    return call("whole", BooleanType, text, regex);
  }

  static Expression replaceIn(Expression text, Expression regex, Expression by) {
    return call("replace", StringType, text, regex, by);
  }

  static Expression replaceFrom(
      Expression text, Expression regex, Expression by, Expression position) {
    return call("replaceFrom", StringType, text, regex, by, position);
  }

  static Expression isLike(Expression text, Expression pattern, Expression escape) {
    return call("like", BooleanType, text, pattern, escape);
  }

  static Expression extractFrom(Expression text, Expression regex, Expression group) {
    return call("extract", StringType, text, regex, group);
  }

  static Expression extractAll(Expression text, Expression regex, Expression group) {
    return call("extractAll", TEXTS, text, regex, group);
  }

  static Expression split(Expression text, Expression regex, Expression limit) {
    return call("split", TEXTS, text, regex, limit);
  }

  static Expression count(Expression text, Expression regex) {
    return call("count", IntegerType, text, regex);
  }

  static Expression place(Expression text, Expression regex) {
    return call("place", IntegerType, text, regex);
  }

  static Expression first(Expression text, Expression regex) {
    return call("first", StringType, text, regex);
  }

  // One method of each name: Spark finds them by their names alone.

  /** Whether the pattern is found in {@code text}. */
  public Boolean find(UTF8String text, UTF8String regex) {
    return search(text, regex, (string, hits) -> hits.find());
  }

  /** Whether {@code text} as a whole is what the pattern says. */
  public Boolean whole(UTF8String text, UTF8String regex) {
    return search(text, regex, (string, hits) -> hits.isWhole());
  }

  /** {@code text} with {@code by}, in which {@code $1} is a group, for all that is found. */
  public UTF8String replace(UTF8String text, UTF8String regex, UTF8String by) {
    String replacement = by.toString();
    return known(regex, by, 0)
        .search(
            text,
            (string, hits) -> UTF8String.fromString(Replacement.in(string, hits, replacement)));
  }

  /** From the character {@code position} on, which is to the pattern where the text begins. */
  public UTF8String replaceFrom(UTF8String text, UTF8String regex, UTF8String by, int position) {
    if (position < 1) {
      throw new IllegalArgumentException("Positions in a text begin with 1, not " + position);
    }
    String string = text.toString();
    if (position > 1 && position > string.length()) {
      return text;
    }
    UTF8String rest = replace(UTF8String.fromString(string.substring(position - 1)), regex, by);
    return rest == null ? null : UTF8String.fromString(string.substring(0, position - 1) + rest);
  }

  /** Whether {@code text} is like SQL's {@code pattern}, whose signs {@code escape} makes plain. */
  public Boolean like(UTF8String text, UTF8String pattern, UTF8String escape) {
    String regex = StringUtils.escapeLikeRegex(pattern.toString(), escape.toString().charAt(0));
    return whole(text, UTF8String.fromString(regex));
  }

  /** The group of what is found first; empty where nothing is. */
  public UTF8String extract(UTF8String text, UTF8String regex, int group) {
    return known(regex, null, group)
        .search(text, (string, hits) -> hits.find() ? group(hits, group) : group(hits, group, ""));
  }

  /** The group of all that is found, in order. */
  public ArrayData extractAll(UTF8String text, UTF8String regex, int group) {
    return known(regex, null, group)
        .search(
            text,
            (string, hits) -> {
              List<UTF8String> found = new ArrayList<>();
              while (hits.find()) {
                found.add(group(hits, group));
              }
              return new GenericArrayData(found.toArray());
            });
  }

  /** The parts between what is found, {@code limit} at most unless that is zero or less. */
  public ArrayData split(UTF8String text, UTF8String regex, int limit) {
    return known(regex, null, limit)
        .search(text, (string, hits) -> new GenericArrayData(parts(string, hits, limit).toArray()));
  }

  /** How often the pattern is found. */
  public Integer count(UTF8String text, UTF8String regex) {
    return search(
        text,
        regex,
        (string, hits) -> {
          int found = 0;
          while (hits.find()) {
            found++;
          }
          return found;
        });
  }

  /** At which character, from 1, the pattern is found first; 0 where it is not. */
  public Integer place(UTF8String text, UTF8String regex) {
    return search(text, regex, (string, hits) -> hits.find() ? hits.start() + 1 : 0);
  }

  /** What is found first; null where nothing is. */
  public UTF8String first(UTF8String text, UTF8String regex) {
    return search(text, regex, (string, hits) -> hits.find() ? group(hits, 0) : null);
  }

  private static List<UTF8String> parts(String text, Hits hits, int limit) {
    List<UTF8String> parts = new ArrayList<>();
    int from = 0;
    while ((limit <= 0 || parts.size() < limit - 1) && hits.find()) {
      // Nothing found before the first character parts nothing.
      if (hits.end() > 0) {
        parts.add(UTF8String.fromString(text.substring(from, hits.start())));
        from = hits.end();
      }
    }
    parts.add(UTF8String.fromString(text.substring(from)));
    return parts;
  }

  private static UTF8String group(Hits hits, int group) {
    String found = hits.group(requireGroup(hits, group));
    return UTF8String.fromString(found == null ? "" : found);
  }

  private static UTF8String group(Hits hits, int group, String otherwise) {
    int unused = requireGroup(hits, group);
    return UTF8String.fromString(otherwise);
  }

  private static int requireGroup(Hits hits, int group) {
    if (group < 0 || group > hits.groups()) {
      throw new IllegalArgumentException(
          "The pattern has %d groups, but group %d is asked for.".formatted(hits.groups(), group));
    }
    return group;
  }

  private <T> T search(UTF8String text, UTF8String regex, BiFunction<String, Hits, T> work) {
    return known(regex, null, 0).search(text, work);
  }

  /** Nearly always the pattern of the record before. */
  private Known known(UTF8String regex, UTF8String by, int group) {
    Known last = known;
    if (last == null || !last.isOf(regex, by, group)) {
      last =
          new Known(
              regex.copy(),
              by == null ? null : by.copy(),
              group,
              SafePattern.of(regex.toString()),
              new SeenTexts());
      known = last;
    }
    return last;
  }

  private static Expression call(String method, DataType type, Expression... arguments) {
    List<DataType> types = new ArrayList<>(Collections.nCopies(arguments.length, StringType));
    if (NUMBERED.contains(method)) {
      types.set(arguments.length - 1, IntegerType);
    }
    return new JavaMethod(new PatternCalls(), method, type, types).of(arguments);
  }

  private static Expression expression(Column column) {
    return ExpressionUtils.expression(column);
  }

  private static Column column(Expression expression) {
    return ExpressionUtils.column(expression);
  }

  /** All do the same: what they know of a pattern is the pattern's. */
  @Override
  public boolean equals(Object other) {
    return other instanceof PatternCalls;
  }

  @Override
  public int hashCode() {
    return PatternCalls.class.hashCode();
  }

  @Override
  public String toString() {
    return "pattern";
  }
}
