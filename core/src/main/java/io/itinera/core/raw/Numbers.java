package io.itinera.core.raw;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.replace;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;

/** Numbers as people and their spreadsheets write them. */
final class Numbers {

  private static final String GAPS = "(?<=\\d)[\\s\u00a0\u2007\u202f'\u2019](?=\\d)";

  /** Both signs, the comma last: 1.234,50. */
  private static final String COMMA_LAST = "^[-+]?\\d{1,3}(\\.\\d{3})+,\\d*$";

  /** Both signs, the point last: 1,234.50. */
  private static final String POINT_LAST = "^[-+]?\\d{1,3}(,\\d{3})+\\.\\d*$";

  /** Only commas, in all places where thousands would have them: 1,234. */
  private static final String THOUSANDS = "^[-+]?[1-9]\\d{0,2}(,\\d{3})+$";

  /** Only points, in all places where thousands would have them: 1.234. */
  private static final String POINTED_THOUSANDS = "^[-+]?[1-9]\\d{0,2}(\\.\\d{3})+$";

  /** More than one comma, or point, each where thousands have them: 1,234,567. */
  private static final String MANY_COMMAS = "^[-+]?\\d{1,3}(,\\d{3}){2,}$";

  private static final String MANY_POINTS = "^[-+]?\\d{1,3}(\\.\\d{3}){2,}$";

  /** One comma: 12,5. */
  private static final String ONE_COMMA = "^[-+]?\\d*,\\d+$";

  private Numbers() {}

  /** The number that {@code text} means, null if it means none of {@code type}. */
  static Column read(Column text, DataType type, boolean decimalComma) {
    Column plain = text.try_cast(type);
    Column dense = regexp_replace(text, GAPS, "");
    Column comma = lit(",");
    Column point = lit(".");
    Column none = lit("");
    Column withoutCommas = replace(dense, comma, none);
    Column withoutPoints = replace(replace(dense, point, none), comma, point);
    Column odd =
        when(dense.rlike(COMMA_LAST), withoutPoints)
            .when(dense.rlike(POINT_LAST), withoutCommas)
            .when(dense.rlike(MANY_COMMAS), withoutCommas)
            .when(dense.rlike(MANY_POINTS), replace(dense, point, none))
            .when(dense.rlike(THOUSANDS).and(lit(!decimalComma)), withoutCommas)
            .when(dense.rlike(ONE_COMMA), replace(dense, comma, point))
            .otherwise(dense)
            .try_cast(type);
    if (!decimalComma) {
      return when(plain.isNotNull(), plain).otherwise(odd);
    }
    Column thousands = replace(dense, point, none).try_cast(type);
    return when(dense.rlike(POINTED_THOUSANDS), thousands)
        .when(plain.isNotNull(), plain)
        .otherwise(odd);
  }
}
