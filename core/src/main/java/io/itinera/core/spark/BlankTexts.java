package io.itinera.core.spark;

import static org.apache.spark.sql.types.DataTypes.StringType;

import io.itinera.core.rule.Texts;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Texts without what is blank around them, and those that say something: in expressions over
 * records, many times for each, where Spark's {@code trim} compares every character with every
 * blank. Nearly all texts begin and end with a letter of ASCII, which is seen at a glance.
 *
 * <p>Public only because generated code calls it.
 */
public final class BlankTexts implements Serializable {

  private static final long serialVersionUID = 1;

  private static final UTF8String BLANKS = UTF8String.fromString(Texts.BLANKS);

  private final Set<String> nothing;

  private BlankTexts(Set<String> nothing) {
    this.nothing = Set.copyOf(nothing);
  }

  /** {@code text} without blanks around it; null if nothing is left. */
  static Column trimmed(Column text) {
    return ExpressionUtils.column(
        call("trimmed", ExpressionUtils.expression(text), new BlankTexts(Set.of())));
  }

  /**
   * {@code text} as it is; null if it is blank, or without blanks and in small letters one of
   * {@code nothing}.
   */
  static Expression saying(Expression text, Set<String> nothing) {
    return call("saying", text, new BlankTexts(nothing));
  }

  private static Expression call(String method, Expression text, BlankTexts target) {
    return new JavaMethod(target, method, StringType, List.of(StringType)).of(text);
  }

  /** {@code text} without blanks around it; null if nothing is left. */
  public UTF8String trimmed(UTF8String text) {
    int bytes = text.numBytes();
    if (bytes > 0 && isSign(text.getByte(0)) && isSign(text.getByte(bytes - 1))) {
      return text;
    }
    UTF8String dense = text.trim(BLANKS);
    return dense.numBytes() == 0 ? null : dense;
  }

  /** {@code text} as it is; null if it is blank, or one of the texts that say nothing. */
  public UTF8String saying(UTF8String text) {
    if (nothing.isEmpty() && text.numBytes() > 0 && isSign(text.getByte(0))) {
      return text;
    }
    UTF8String dense = trimmed(text);
    boolean saysNothing = dense == null || nothing.contains(LetterCase.lower(dense).toString());
    return saysNothing ? null : text;
  }

  /** One of ASCII's characters that can be seen. */
  private static boolean isSign(byte first) {
    return first > ' ' && first < Byte.MAX_VALUE;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BlankTexts texts && nothing.equals(texts.nothing);
  }

  @Override
  public int hashCode() {
    return nothing.hashCode();
  }

  @Override
  public String toString() {
    return "texts";
  }
}
