package io.itinera.core.spark;

import static org.apache.spark.sql.types.DataTypes.StringType;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.objects.Invoke;
import org.apache.spark.sql.catalyst.util.CollationSupport;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.ObjectType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Spark's {@code lower} and {@code upper}, which ask a library of all the world's scripts. To wake
 * it takes nearly a second of a process, most of which never see a letter but ASCII's.
 *
 * <p>Public only because generated code calls it.
 */
public final class LetterCase implements Serializable {

  private static final long serialVersionUID = 1;

  /** Names of the functions. */
  public static final Set<String> NAMES = Set.of("lower", "lcase", "upper", "ucase");

  private LetterCase() {}

  /** The function of that name. */
  public static Expression of(String name, Expression text) {
    boolean isLower = name.equals("lower") || name.equals("lcase");
    return new Invoke(
        Literal.create(new LetterCase(), new ObjectType(LetterCase.class)),
        isLower ? "lower" : "upper",
        StringType,
        CollectionConverters.asScala(List.of(text)).toSeq(),
        CollectionConverters.asScala(List.<AbstractDataType>of(StringType)).toSeq(),
        true,
        true,
        true);
  }

  /** {@code text} in small letters. */
  public static UTF8String small(UTF8String text) {
    return text.isFullAscii()
        ? text.toLowerCaseAscii()
        : CollationSupport.Lower.execBinaryICU(text);
  }

  public UTF8String lower(UTF8String text) {
    return small(text);
  }

  public UTF8String upper(UTF8String text) {
    return text.isFullAscii()
        ? text.toUpperCaseAscii()
        : CollationSupport.Upper.execBinaryICU(text);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LetterCase;
  }

  @Override
  public int hashCode() {
    return LetterCase.class.hashCode();
  }

  @Override
  public String toString() {
    return "letters";
  }
}
