package io.itinera.core.map;

import io.itinera.core.source.ValueRules;
import io.itinera.core.table.ColumnTypes;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

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

  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,1000}");
  private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

  /** One comma: 12,5. */
  private static final Pattern ONE_COMMA = Pattern.compile("[-+]?\\d*,\\d+");

  /** What stands where there is no number, in small letters. */
  private static final Set<String> NONE =
      Set.of(
          "-", "--", "n/a", "na", "n.a.", "none", "(none)", "null", "nil", "not set", "(not set)");

  private static final int MONEY_SCALE = ColumnTypes.MONEY.scale();
  private static final int MONEY_DIGITS = ColumnTypes.MONEY.precision();

  /** Wide enough for every number of a record. */
  private static final int MOST_DIGITS = 38;

  private static final int MOST_DECIMALS = 12;

  private Numbers() {}

  /** Whether {@code text} only says that there is no number. */
  static boolean isNone(String text) {
    return NONE.contains(text.toLowerCase(Locale.ROOT));
  }

  /**
   * The number that {@code text} means, null if it means none that {@code read} takes. Text may
   * have blanks and apostrophes between its digits and points or commas between thousands; see
   * {@link ValueRules#decimalComma}.
   */
  static <T> T read(String text, Function<String, T> read, boolean decimalComma) {
    if (text == null) {
      return null;
    }
    // Most numbers are plain ones; a point in 1.234 is one only where commas are not.
    T number = decimalComma ? null : read.apply(text);
    return number == null ? read.apply(plain(text, decimalComma)) : number;
  }

  /** An amount of money, rounded to its last decimal; null if {@code text} is none. */
  static BigDecimal money(String text) {
    return decimal(text, MONEY_DIGITS, MONEY_SCALE);
  }

  /** A double; Java takes NaN, Infinity, 5d and 0x1p3 for numbers, too. */
  static Double real(String text) {
    BigDecimal number = decimal(text, MOST_DIGITS, MOST_DECIMALS);
    return number == null ? null : number.doubleValue();
  }

  /** A whole number; what stands behind a point is cut off. */
  static Long cutOff(String text) {
    BigDecimal number = decimal(text, MOST_DIGITS, MOST_DECIMALS);
    if (number == null) {
      return null;
    }
    BigDecimal whole = number.setScale(0, RoundingMode.DOWN);
    boolean fits = whole.compareTo(LEAST) >= 0 && whole.compareTo(MOST) <= 0;
    return fits ? whole.longValueExact() : null;
  }

  /** A whole number without a point; null if {@code text} is none. */
  static Long whole(String text) {
    if (!WHOLE.matcher(text).matches()) {
      return null;
    }
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      // Too large.
      return null;
    }
  }

  private static BigDecimal decimal(String text, int digits, int decimals) {
    try {
      BigDecimal number = new BigDecimal(text.trim());
      // What is far too large takes for ever to write out.
      if (number.precision() - (long) number.scale() > MOST_DIGITS) {
        return null;
      }
      BigDecimal rounded = number.setScale(decimals, RoundingMode.HALF_UP);
      return rounded.precision() <= digits ? rounded : null;
    } catch (ArithmeticException | NumberFormatException e) {
      return null;
    }
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
