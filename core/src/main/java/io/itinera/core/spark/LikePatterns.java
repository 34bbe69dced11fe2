package io.itinera.core.spark;

import java.util.List;
import java.util.Locale;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ILike;
import org.apache.spark.sql.catalyst.expressions.Like;
import org.apache.spark.sql.catalyst.expressions.LikeAll;
import org.apache.spark.sql.catalyst.expressions.LikeAny;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Lower;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.NotLikeAll;
import org.apache.spark.sql.catalyst.expressions.NotLikeAny;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.util.StringUtils;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** {@code LIKE} in all its forms, which Spark makes regular expressions of. */
final class LikePatterns {

  /** What Spark does without a regular expression. */
  private static final Pattern PLAIN = Pattern.compile("%?[^_%\\\\]*%?|[^_%\\\\]+%[^_%\\\\]+");

  private static final char ESCAPE = '\\';

  private LikePatterns() {}

  static boolean isOne(Expression node) {
    return node instanceof Like
        || node instanceof ILike
        || node instanceof LikeAny
        || node instanceof LikeAll
        || node instanceof NotLikeAny
        || node instanceof NotLikeAll;
  }

  /** The same as {@code node}, within bounds. */
  static Expression safe(Expression node) {
    if (node instanceof Like like) {
      return safe(like);
    }
    if (node instanceof ILike like) {
      return safe(sameCase(like.left(), like.right(), like.escapeChar()));
    }
    if (node instanceof LikeAny any) {
      return each(any.child(), any.patterns(), false, Or::new);
    }
    if (node instanceof LikeAll all) {
      return each(all.child(), all.patterns(), false, And::new);
    }
    if (node instanceof NotLikeAny any) {
      return each(any.child(), any.patterns(), true, Or::new);
    }
    return node instanceof NotLikeAll all
        ? each(all.child(), all.patterns(), true, And::new)
        : node;
  }

  /** The same as the function {@code like} or {@code ilike}, if Spark would take it. */
  static Expression safe(UnresolvedFunction call, List<Expression> arguments) {
    char escape = ESCAPE;
    if (arguments.size() > 2) {
      if (arguments.size() > 3
          || !(arguments.get(2) instanceof Literal literal)
          || !(literal.value() instanceof UTF8String text)
          || text.toString().length() != 1) {
        return call;
      }
      escape = text.toString().charAt(0);
    }
    boolean isSameCase = call.nameParts().head().toLowerCase(Locale.ROOT).equals("ilike");
    return safe(
        isSameCase
            ? sameCase(arguments.get(0), arguments.get(1), escape)
            : new Like(arguments.get(0), arguments.get(1), escape));
  }

  private static Expression safe(Like like) {
    if (!(like.right() instanceof Literal literal)) {
      return PatternCalls.isLike(like.left(), like.right(), text("" + like.escapeChar()));
    }
    if (!(literal.value() instanceof UTF8String pattern)
        || PLAIN.matcher(pattern.toString()).matches()) {
      return like;
    }
    String regex = StringUtils.escapeLikeRegex(pattern.toString(), like.escapeChar());
    return PatternCalls.isWhole(like.left(), text(regex));
  }

  private static Like sameCase(Expression text, Expression pattern, char escape) {
    Expression lower =
        pattern instanceof Literal literal && literal.value() instanceof UTF8String known
            ? text(known.toLowerCase().toString())
            : new Lower(pattern);
    return new Like(new Lower(text), lower, escape);
  }

  private static Expression each(
      Expression text, Seq<UTF8String> patterns, boolean isNot, BinaryOperator<Expression> joined) {
    return CollectionConverters.asJava(patterns).stream()
        .map(pattern -> safe(new Like(text, Literal.create(pattern, DataTypes.StringType), ESCAPE)))
        .map(like -> isNot ? new Not(like) : like)
        .reduce(joined)
        .orElseThrow();
  }

  private static Literal text(String value) {
    return Literal.create(UTF8String.fromString(value), DataTypes.StringType);
  }
}
