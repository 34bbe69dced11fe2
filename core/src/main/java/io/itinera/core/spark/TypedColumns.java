package io.itinera.core.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.try_to_timestamp;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.pattern.SafePattern;
import io.itinera.core.source.MappingRules;
import io.itinera.core.table.CampaignCosts;
import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.Profiles;
import io.itinera.core.table.Touchpoints;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Turns the results of a source's expressions, of whatever types they have, into the few types that
 * a record is mapped from. Texts stay texts, also those of numbers: plain Java reads them.
 *
 * @param results columns that {@link EvaluateSource} made, to be selected in the source's zone
 * @param formats of times that are not written as ISO 8601 has it
 */
record TypedColumns(StructType results, List<String> formats) {

  /** Wide enough for every number of a record. */
  private static final DecimalType DIGITS = DataTypes.createDecimalType(38, 12);

  private static final Map<String, DataType> NUMBERS =
      Map.of(
          Touchpoints.SEQUENCE, DataTypes.LongType,
          Touchpoints.VALUE, ColumnTypes.MONEY,
          Touchpoints.COST, ColumnTypes.MONEY,
          Touchpoints.DURATION_SECONDS, DataTypes.LongType,
          Touchpoints.RATING, DataTypes.DoubleType,
          CampaignCosts.IMPRESSIONS, DataTypes.LongType,
          CampaignCosts.CLICKS, DataTypes.LongType);

  private static final Set<String> TIMES =
      Set.of(
          Touchpoints.OCCURRED_AT,
          MappingRules.RECEIVED_AT,
          Profiles.CREATED_AT,
          Profiles.UPDATED_AT);

  private static final Set<String> DATES = Set.of(Profiles.BIRTH_DATE, CampaignCosts.DATE);

  private static final Map<String, DataType> OTHERS =
      Map.of(
          MappingRules.DELETED, DataTypes.BooleanType,
          Touchpoints.PROPERTIES, ColumnTypes.STRING_MAP,
          Profiles.ATTRIBUTES, ColumnTypes.STRING_MAP,
          Profiles.CONSENT, ColumnTypes.BOOLEAN_MAP);

  /** Times as text start with a date; Spark would take a bare 10:30 for today. */
  private static final SafePattern STARTS_WITH_DATE =
      SafePattern.of("^\\s*\\d{4}-\\d{1,2}-\\d{1,2}");

  private static final int DATE_LENGTH = "2026-01-31".length();

  /**
   * The columns that hold the result {@code column} of the block's expression for {@code name}.
   *
   * @param text the expression
   * @param layout learns in which form it comes
   */
  List<Column> of(String column, String name, String text, RecordLayout layout) {
    if (TIMES.contains(name)) {
      return times(column, name, text, layout);
    }
    if (NUMBERS.containsKey(name)) {
      return number(column, name, layout);
    }
    if (DATES.contains(name)) {
      return List.of(date(column).as(column));
    }
    if (name.equals(Touchpoints.PRODUCT_IDS)) {
      return List.of(identifier(column));
    }
    DataType type = OTHERS.get(name);
    Column value = type == null ? col(column).cast("string") : typed(column, type);
    return List.of(value.as(column));
  }

  /** One text or several. */
  Column identifier(String column) {
    boolean areSeveral = type(column) instanceof ArrayType;
    return col(column).cast(areSeveral ? ColumnTypes.STRINGS : DataTypes.StringType).as(column);
  }

  /** An instant in a column of its own. */
  Column instant(String name, String column) {
    return instant(name, col(column), type(column), formats);
  }

  private List<Column> number(String column, String name, RecordLayout layout) {
    if (isText(column)) {
      layout.isText(column);
      return List.of(col(column));
    }
    DataType type = NUMBERS.get(name);
    boolean isCutOff = name.equals(Touchpoints.DURATION_SECONDS);
    Column value =
        isCutOff ? col(column).try_cast(DIGITS).try_cast(type) : col(column).try_cast(type);
    return List.of(value.as(column), col(column).isNotNull().as(EvaluateSource.given(column)));
  }

  private List<Column> times(String column, String name, String text, RecordLayout layout) {
    List<String> fields = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    if (type(column) instanceof StructType clocks) {
      for (StructField field : clocks.fields()) {
        Column value = col(column).getField(field.name());
        String time = EvaluateSource.time(column, fields.size());
        columns.addAll(clock(time, field.name(), value, field.dataType()));
        fields.add(field.name());
      }
    } else {
      String field = Expressions.firstField(text).orElse(name);
      columns.addAll(clock(EvaluateSource.time(column, 0), field, col(column), type(column)));
      fields.add(field);
    }
    layout.hasClocks(column, fields);
    return columns;
  }

  private List<Column> clock(String time, String field, Column value, DataType type) {
    return List.of(
        instant(field, value, type, formats).as(time),
        isGiven(value, type).as(EvaluateSource.given(time)));
  }

  private static Column instant(String name, Column value, DataType type, List<String> formats) {
    List<DataType> times =
        List.of(DataTypes.TimestampType, DataTypes.TimestampNTZType, DataTypes.DateType);
    if (times.contains(type) || type.equals(DataTypes.NullType)) {
      return value.cast("timestamp");
    }
    if (type.equals(DataTypes.StringType)) {
      Column text = text(value);
      List<Column> readings = new ArrayList<>();
      readings.add(when(PatternFunctions.isIn(text, STARTS_WITH_DATE), text.try_cast("timestamp")));
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
  private Column date(String column) {
    if (!isText(column)) {
      return col(column).try_cast("date");
    }
    Column text = text(col(column));
    List<Column> readings = new ArrayList<>();
    readings.add(
        when(
            PatternFunctions.isIn(text, STARTS_WITH_DATE),
            substring(text, 1, DATE_LENGTH).try_cast("date")));
    formats.forEach(format -> readings.add(try_to_timestamp(text, lit(format)).cast("date")));
    return coalesce(readings.toArray(Column[]::new));
  }

  private Column typed(String column, DataType type) {
    return isText(column) ? text(col(column)).try_cast(type) : col(column).try_cast(type);
  }

  private static Column text(Column value) {
    return BlankTexts.trimmed(value.cast("string"));
  }

  /** Whether {@code value} holds something; only a text can be there and say nothing. */
  static Column isGiven(Column value, DataType type) {
    return type.equals(DataTypes.StringType) ? text(value).isNotNull() : value.isNotNull();
  }

  private boolean isText(String column) {
    return type(column).equals(DataTypes.StringType);
  }

  private DataType type(String column) {
    return Arrays.stream(results.fields())
        .filter(field -> field.name().equals(column))
        .findFirst()
        .orElseThrow()
        .dataType();
  }
}
