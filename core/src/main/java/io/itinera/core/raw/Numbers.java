package io.itinera.core.raw;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.udf;

import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Numbers as people and their spreadsheets write them. */
final class Numbers {

  /** Blanks and apostrophes that part thousands. */
  private static final Pattern GAPS =
      Pattern.compile("(?<=\\d)[\\s\u00a0\u2007\u202f'\u2019](?=\\d)");

  /** Commas in all places where thousands would have them, and perhaps a point behind: 1,234.5. */
  private static final Pattern COMMA_THOUSANDS =
      Pattern.compile("[-+]?[1-9]\\d{0,2}(,\\d{3})+(\\.\\d*)?");

  /** The same with points, and perhaps a comma behind: 1.234,5. */
  private static final Pattern POINT_THOUSANDS =
      Pattern.compile("[-+]?[1-9]\\d{0,2}(\\.\\d{3})+(,\\d*)?");

  /** One comma: 12,5. */
  private static final Pattern ONE_COMMA = Pattern.compile("[-+]?\\d*,\\d+");

  /** Wide enough for every number of a record. */
  static final DataType DIGITS = DataTypes.createDecimalType(38, 12);

  // Built-in functions can do this, but only by naming the text a dozen times for each number of
  // each source, which takes longer to plan than to compute.
  private static final UserDefinedFunction WITH_POINT =
      udf((UDF1<String, String>) text -> plain(text, false), DataTypes.StringType);

  private static final UserDefinedFunction WITH_COMMA =
      udf((UDF1<String, String>) text -> plain(text, true), DataTypes.StringType);

  /** What stands where there is no number, in small letters. */
  private static final Object[] NONE = {
    "-", "--", "n/a", "na", "n.a.", "none", "(none)", "null", "nil", "not set", "(not set)"
  };

  private Numbers() {}

  /** Whether {@code text} only says that there is no number. */
  static Column isNone(Column text) {
    return coalesce(lower(text).isin(NONE), lit(false));
  }

  /** The number that {@code text} means, null if it means none of {@code type}. */
  static Column read(Column text, DataType type, boolean decimalComma) {
    if (type.equals(DataTypes.DoubleType)) {
      // Java takes NaN, Infinity, 5d and 0x1p3 for numbers, too.
      return read(text, DIGITS, decimalComma).cast(type);
    }
    // Most numbers are plain ones; a point in 1.234 is one only where commas are not.
    return decimalComma
        ? WITH_COMMA.apply(text).try_cast(type)
        : coalesce(text.try_cast(type), WITH_POINT.apply(text).try_cast(type));
  }

  /** The same number with digits and a decimal point only; any other text as it is. */
  static String plain(String text, boolean decimalComma) {
    if (text == null) {
      return null;
    }
    String dense = GAPS.matcher(text).replaceAll("");
    boolean hasPoint = dense.indexOf('.') >= 0;
    boolean hasComma = dense.indexOf(',') >= 0;
    boolean areBoth = hasPoint && hasComma;
    boolean areCommas = areBoth || dense.indexOf(',') != dense.lastIndexOf(',');
    boolean arePoints = areBoth || dense.indexOf('.') != dense.lastIndexOf('.');
    if ((areCommas || !decimalComma) && COMMA_THOUSANDS.matcher(dense).matches()) {
      return dense.replace(",", "");
    }
    if ((arePoints || decimalComma) && POINT_THOUSANDS.matcher(dense).matches()) {
      return dense.replace(".", "").replace(',', '.');
    }
    return ONE_COMMA.matcher(dense).matches() ? dense.replace(',', '.') : dense;
  }
}
