package io.itinera.core.raw;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.try_to_timestamp;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.pattern.SafePattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The values of one block's expressions, turned into the types of the table they are meant for. A
 * value that cannot be turned is null.
 *
 * @param prefix what the names of the block's columns start with
 * @param rules the block
 * @param values how texts are read
 * @param schema columns that {@link EvaluateSource} made
 */
record MappedColumns(String prefix, MappingRules rules, ValueRules values, StructType schema) {

  /** What {@code trim} takes away: spaces of several kinds, line ends and byte order marks. */
  static final String BLANKS = " \t\r\n\u00a0\u2007\u202f\u3000\ufeff";

  /** Times as text start with a date; Spark would take a bare 10:30 for today. */
  private static final SafePattern STARTS_WITH_DATE =
      SafePattern.of("^\\s*\\d{4}-\\d{1,2}-\\d{1,2}");

  private static final int DATE = "2026-01-31".length();

  boolean has(String name) {
    return rules.columns().containsKey(name);
  }

  Column text(String name) {
    return value(name).map(MappedColumns::text).orElse(lit(null).cast("string"));
  }

  static Column text(Column value) {
    return nullif(trim(value.cast("string"), lit(BLANKS)), lit(""));
  }

  /** A value of {@code type}, null if blank or not such a value. */
  Column typed(String name, DataType type) {
    return value(name)
        .map(value -> isText(name) ? text(value).try_cast(type) : value.try_cast(type))
        .orElse(lit(null).cast(type));
  }

  /** One string or several. */
  Column strings(String name) {
    ArrayType type = DataTypes.createArrayType(DataTypes.StringType);
    if (value(name).isPresent() && !(type(name) instanceof ArrayType)) {
      return when(text(name).isNotNull(), array(text(name)));
    }
    return typed(name, type);
  }

  /**
   * The clocks that {@code name} gives; to be selected {@link Expressions#inZone in the zone} of
   * the source.
   *
   * @param server column of the vendor's own clock, which bounds the others and stands in for them
   * @param tolerance by how much they may be ahead of it
   */
  Clocks clocks(String name, String server, Duration tolerance) {
    return new Clocks(readings(name), has(name) ? readings(server) : List.of(), tolerance);
  }

  /** Whether several clocks tell {@code name}. */
  boolean hasSeveral(String name) {
    return has(name) && type(name) instanceof StructType;
  }

  private List<Clocks.Reading> readings(String name) {
    if (!has(name)) {
      return List.of();
    }
    if (type(name) instanceof StructType clocks) {
      return Arrays.stream(clocks.fields())
          .map(
              field ->
                  reading(
                      field.name(), col(prefix + name).getField(field.name()), field.dataType()))
          .toList();
    }
    String field = Expressions.firstField(rules.columns().get(name)).orElse(name);
    return List.of(reading(field, col(prefix + name), type(name)));
  }

  private Clocks.Reading reading(String field, Column value, DataType type) {
    return new Clocks.Reading(
        field, instant(field, value, type, values.timeFormats()), isGiven(value));
  }

  static Column instant(String name, Column value, DataType type, List<String> formats) {
    List<DataType> times =
        List.of(DataTypes.TimestampType, DataTypes.TimestampNTZType, DataTypes.DateType);
    if (times.contains(type) || type.equals(DataTypes.NullType)) {
      return value.cast("timestamp");
    }
    if (type.equals(DataTypes.StringType)) {
      Column text = text(value);
      List<Column> readings = new ArrayList<>();
      readings.add(when(STARTS_WITH_DATE.isIn(text), text.try_cast("timestamp")));
      formats.forEach(format -> readings.add(try_to_timestamp(text, lit(format))));
      readings.add(TimeTexts.read(text));
      return coalesce(readings.toArray(Column[]::new));
    }
    throw new IllegalArgumentException(
        "%s is of type %s, not a time; write timestamp_seconds(…), timestamp_millis(…) or"
                .formatted(name, type.sql())
            + " to_timestamp(…, 'format') around it");
  }

  /** A calendar day, from whatever tells it; a time of day is cut off. */
  Column date(String name) {
    if (value(name).isEmpty()) {
      return lit(null).cast("date");
    }
    if (!isText(name)) {
      return value(name).get().try_cast("date");
    }
    List<Column> readings = new ArrayList<>();
    readings.add(
        when(STARTS_WITH_DATE.isIn(text(name)), substring(text(name), 1, DATE).try_cast("date")));
    values
        .timeFormats()
        .forEach(format -> readings.add(try_to_timestamp(text(name), lit(format)).cast("date")));
    return coalesce(readings.toArray(Column[]::new));
  }

  /**
   * A number of {@code type}, null if blank or none. Text may have blanks and apostrophes between
   * its digits and points or commas between thousands; see {@link ValueRules#decimalComma}.
   */
  Column number(String name, DataType type) {
    return value(name).isPresent() && isText(name)
        ? Numbers.read(text(name), type, values.decimalComma())
        : typed(name, type);
  }

  /** The same without what stands behind the point, which is cut off: a duration in seconds. */
  Column wholeNumber(String name) {
    return number(name, Numbers.DIGITS).try_cast(DataTypes.LongType);
  }

  /**
   * Whether the expression gave what should be a number, be it readable or not; what only says that
   * there is none, such as n/a, is nothing.
   */
  Column isNumberGiven(String name) {
    if (value(name).isEmpty() || !isText(name)) {
      return isGiven(name);
    }
    return isGiven(name).and(not(Numbers.isNone(text(name))));
  }

  /** Whether the expression gave anything, be it readable or not. */
  Column isGiven(String name) {
    return value(name).isEmpty()
        ? lit(false)
        : hasSeveral(name)
            ? readings(name).stream()
                .map(Clocks.Reading::isGiven)
                .reduce(Column::or)
                .orElse(lit(false))
            : isText(name) ? text(name).isNotNull() : rawIsPresent(name);
  }

  /** Whether all columns that the expression names hold something. */
  Column allGiven(String name) {
    return value(name).isEmpty() ? lit(false) : coalesce(col(all(name)), lit(false));
  }

  /** Whether any column that the expression names holds something. */
  Column anyGiven(String name) {
    return value(name).isEmpty() ? lit(false) : coalesce(col(any(name)), lit(false));
  }

  static Column isGiven(Column input) {
    return coalesce(length(trim(input.cast("string"), lit(BLANKS))).gt(0), lit(false));
  }

  Column identifier(String type) {
    return col(identifierColumn(type));
  }

  String identifierColumn(String type) {
    return prefix + "id_" + type;
  }

  String mergedColumn(String type) {
    return prefix + "always_" + type;
  }

  DataType typeOf(String column) {
    return schema.apply(column).dataType();
  }

  DataType identifierType(String type) {
    return schema.apply(prefix + "id_" + type).dataType();
  }

  /** True where the block's own condition holds. */
  Column holds() {
    return rules.where().isEmpty()
        ? lit(true)
        : coalesce(col(prefix + "where").try_cast("boolean"), lit(false));
  }

  /** The record's own id; null where the block names none, or the record has none. */
  Column recordId() {
    return rules.recordId().isEmpty() ? lit(null).cast("string") : text(col(prefix + "record_id_"));
  }

  String all(String name) {
    return prefix + name + "_all_given";
  }

  String any(String name) {
    return prefix + name + "_any_given";
  }

  private Column rawIsPresent(String name) {
    return col(prefix + name).isNotNull();
  }

  private boolean isText(String name) {
    return type(name).equals(DataTypes.StringType);
  }

  private Optional<Column> value(String name) {
    return has(name) ? Optional.of(col(prefix + name)) : Optional.empty();
  }

  private DataType type(String name) {
    return schema.apply(prefix + name).dataType();
  }
}
