package io.itinera.core.pattern;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Like;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedArgumentExpression;
import org.apache.spark.sql.catalyst.expressions.RLike;
import org.apache.spark.sql.catalyst.util.StringUtils;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractPartialFunction;

/** Finds the regular expressions of a parsed expression of Spark SQL. */
public final class PatternFunctions {

  /** LIKE patterns that Spark does without a regular expression. */
  private static final Pattern PLAIN_LIKE = Pattern.compile("%?[^_%\\\\]*%?|[^_%\\\\]+%[^_%\\\\]+");

  /** What {@code split} does without a regular expression. */
  private static final Pattern PLAIN_SPLIT =
      Pattern.compile("|[^.$|()\\[{^?*+\\\\]|\\\\[^0-9a-zA-Z]");

  private PatternFunctions() {}

  /** {@code parsed}, with {@link SafePattern} in place of Spark's own matching. */
  public static Expression madeSafe(Expression parsed) {
    return parsed.transformUp(
        new AbstractPartialFunction<Expression, Expression>() {
          @Override
          public boolean isDefinedAt(Expression node) {
            return node instanceof RLike
                || node instanceof Like
                || node instanceof UnresolvedFunction;
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
    if (node instanceof Like like) {
      return safe(like);
    }
    UnresolvedFunction call = (UnresolvedFunction) node;
    List<Expression> arguments = List.copyOf(CollectionConverters.asJava(call.arguments()));
    boolean isPlain =
        call.nameParts().size() == 1
            && arguments.size() > 1
            && arguments.stream().noneMatch(NamedArgumentExpression.class::isInstance);
    return isPlain ? safe(call, arguments) : call;
  }

  private static Expression safe(Like like) {
    if (!(like.right() instanceof Literal literal)
        || !(literal.value() instanceof UTF8String pattern)
        || PLAIN_LIKE.matcher(pattern.toString()).matches()) {
      return like;
    }
    String regex = StringUtils.escapeLikeRegex(pattern.toString(), like.escapeChar());
    return PatternCalls.isWhole(
        like.left(), Literal.create(UTF8String.fromString(regex), DataTypes.StringType));
  }

  private static Expression safe(UnresolvedFunction call, List<Expression> arguments) {
    Expression text = arguments.get(0);
    Expression regex = arguments.get(1);
    int count = arguments.size();
    return switch (call.nameParts().head().toLowerCase(Locale.ROOT)) {
      case "rlike", "regexp", "regexp_like" -> count == 2 ? PatternCalls.isIn(text, regex) : call;
      case "regexp_extract" ->
          count <= 3 ? PatternCalls.extractFrom(text, regex, third(arguments, 1)) : call;
      case "regexp_extract_all" ->
          count <= 3 ? PatternCalls.extractAll(text, regex, third(arguments, 1)) : call;
      case "regexp_replace" ->
          count == 3 ? PatternCalls.replaceIn(text, regex, arguments.get(2)) : call;
      case "regexp_count" -> count == 2 ? PatternCalls.count(text, regex) : call;
      case "regexp_instr" -> PatternCalls.place(text, regex);
      case "regexp_substr" -> count == 2 ? PatternCalls.first(text, regex) : call;
      case "split" ->
          count <= 3 && !isPlainSplit(regex)
              ? PatternCalls.split(text, regex, third(arguments, -1))
              : call;
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
