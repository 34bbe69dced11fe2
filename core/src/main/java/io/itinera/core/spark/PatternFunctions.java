package io.itinera.core.spark;

import static org.apache.spark.sql.functions.lit;

import io.itinera.core.pattern.SafePattern;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedArgumentExpression;
import org.apache.spark.sql.catalyst.expressions.RLike;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractPartialFunction;

/** Finds the regular expressions of a parsed expression of Spark SQL. */
public final class PatternFunctions {

  /** What {@code split} does without a regular expression. */
  private static final Pattern PLAIN_SPLIT =
      Pattern.compile("|[^.$|()\\[{^?*+\\\\]|\\\\[^0-9a-zA-Z]");

  private PatternFunctions() {}

  /**
   * The expression {@code text} of Spark SQL, with {@link SafePattern} in place of Spark's own
   * matching.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Column expr(String text) {
    return ExpressionUtils.column(madeSafe(parse(text)));
  }

  /** Whether {@code pattern} is found in {@code text}; null where nobody knows. */
  public static Column isIn(Column text, SafePattern pattern) {
    return PatternCalls.isIn(text, lit(pattern.toString()));
  }

  /**
   * What {@code text} says in Spark SQL.
   *
   * @throws IllegalArgumentException if that is nothing
   */
  public static Expression parse(String text) {
    try {
      return new CatalystSqlParser().parseExpression(text);
    } catch (Exception e) {
      // Scala declares no exceptions, so the compiler knows of no checked one here.
      if (e instanceof AnalysisException) {
        throw new IllegalArgumentException(
            "%s is not an expression of Spark SQL: %s".formatted(text, e.getMessage()), e);
      }
      throw e;
    }
  }

  /** {@code parsed}, with {@link SafePattern} in place of Spark's own matching. */
  public static Expression madeSafe(Expression parsed) {
    return parsed.transformUp(
        new AbstractPartialFunction<Expression, Expression>() {
          @Override
          public boolean isDefinedAt(Expression node) {
            return node instanceof RLike
                || node instanceof UnresolvedFunction
                || LikePatterns.isOne(node);
          }

          @Override
          @SuppressWarnings("unchecked")
          public <A extends Expression, B> B applyOrElse(A node, scala.Function1<A, B> otherwise) {
            return isDefinedAt(node) ? (B) safe(node) : otherwise.apply(node);
          }
        });
  }

  private static Expression safe(Expression node) {
    if (node instanceof RLike like) {
      return PatternCalls.isIn(like.left(), like.right());
    }
    if (!(node instanceof UnresolvedFunction call)) {
      return LikePatterns.safe(node);
    }
    List<Expression> arguments = List.copyOf(CollectionConverters.asJava(call.arguments()));
    String called = call.nameParts().head().toLowerCase(Locale.ROOT);
    if (call.nameParts().size() == 1 && OwnFunctions.NAMES.contains(called)) {
      return OwnFunctions.of(called, arguments);
    }
    if (call.nameParts().size() == 1
        && arguments.size() == 1
        && LetterCase.NAMES.contains(called)) {
      return LetterCase.of(called, arguments.get(0));
    }
    boolean isPlain =
        call.nameParts().size() == 1
            && arguments.size() > 1
            && arguments.stream().noneMatch(NamedArgumentExpression.class::isInstance);
    return isPlain ? safe(call, arguments) : call;
  }

  private static Expression safe(UnresolvedFunction call, List<Expression> arguments) {
    Expression text = arguments.get(0);
    Expression regex = arguments.get(1);
    int count = arguments.size();
    String name = call.nameParts().head().toLowerCase(Locale.ROOT);
    return switch (name) {
      case "rlike", "regexp", "regexp_like" -> count == 2 ? PatternCalls.isIn(text, regex) : call;
      case "like", "ilike" -> LikePatterns.safe(call, arguments);
      case "regexp_extract" ->
          count <= 3 ? PatternCalls.extractFrom(text, regex, third(arguments, 1)) : call;
      case "regexp_extract_all" ->
          count <= 3 ? PatternCalls.extractAll(text, regex, third(arguments, 1)) : call;
      case "regexp_replace" -> replacing(call, arguments);
      case "regexp_count" -> count == 2 ? PatternCalls.count(text, regex) : call;
      case "regexp_instr" -> count <= 3 ? PatternCalls.place(text, regex) : call;
      case "regexp_substr" -> count == 2 ? PatternCalls.first(text, regex) : call;
      case "split" ->
          count <= 3 && !isPlainSplit(regex)
              ? PatternCalls.split(text, regex, third(arguments, -1))
              : call;
      default -> call;
    };
  }

  private static Expression replacing(UnresolvedFunction call, List<Expression> arguments) {
    Expression text = arguments.get(0);
    Expression regex = arguments.get(1);
    return switch (arguments.size()) {
      case 3 -> PatternCalls.replaceIn(text, regex, arguments.get(2));
      case 4 -> PatternCalls.replaceFrom(text, regex, arguments.get(2), arguments.get(3));
      default -> call;
    };
  }

  private static Expression third(List<Expression> arguments, int otherwise) {
    return arguments.size() > 2
        ? arguments.get(2)
        : Literal.create(otherwise, DataTypes.IntegerType);
  }

  private static boolean isPlainSplit(Expression regex) {
    return regex instanceof Literal literal
        && literal.value() instanceof UTF8String pattern
        && PLAIN_SPLIT.matcher(pattern.toString()).matches();
  }
}
