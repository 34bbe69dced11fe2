package io.itinera.core.spark;

import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.util.CollationSupport;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Spark's {@code lower} and {@code upper}, which ask a library of all the world's scripts. To wake
 * it takes nearly a second of a process, most of which never see a letter but ASCII's.
 *
 * <p>{@link #lower(UTF8String)} and {@link #upper} are public only because generated code calls
 * them.
 */
public final class LetterCase {

  /** Names of the functions. */
  public static final Set<String> NAMES = Set.of("lower", "lcase", "upper", "ucase");

  private LetterCase() {}

  /** The function of that name, one of {@link #NAMES}. */
  public static Expression of(String name, Expression text) {
    String method = name.equals("lower") || name.equals("lcase") ? "lower" : "upper";
    return new JavaMethod(LetterCase.class, method, StringType, List.of(StringType)).of(text);
  }

  /** {@code text} in small letters, as {@code functions.lower} would give it. */
  public static Column lower(Column text) {
    return ExpressionUtils.column(of("lower", ExpressionUtils.expression(text)));
  }

  /** {@code text} in small letters. */
  public static UTF8String lower(UTF8String text) {
    return text.isFullAscii()
        ? text.toLowerCaseAscii()
        : CollationSupport.Lower.execBinaryICU(text);
  }

  /** {@code text} in capital letters. */
  public static UTF8String upper(UTF8String text) {
    return text.isFullAscii()
        ? text.toUpperCaseAscii()
        : CollationSupport.Upper.execBinaryICU(text);
  }
}
