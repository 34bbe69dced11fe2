package io.itinera.core.persistence;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.trim;

import io.itinera.core.persistence.CarryValues.Touch;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.core.table.TouchpointDimensions;
import io.itinera.core.table.Touchpoints;
import java.sql.Timestamp;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Finds the values of dimensions that count at each touchpoint. */
public final class PersistValues {

  private static final String SCOPE = "scope";
  private static final String SET = "set_values";

  private PersistValues() {}

  /**
   * One row per touchpoint and dimension that has a value there.
   *
   * @param touchpoints rows of {@link OwnedTouchpoints} that somebody owns, all of each customer
   * @param dimensions at least one
   * @return rows of {@link TouchpointDimensions}
   */
  public static Dataset<Row> values(Dataset<Row> touchpoints, List<DimensionRules> dimensions) {
    return Stream.of(true, false)
        .map(isWithin -> some(dimensions, each -> each.isWithinSession() == isWithin))
        .filter(alike -> !alike.isEmpty())
        .map(alike -> carried(touchpoints, alike))
        .reduce(Dataset::union)
        .orElseThrow();
  }

  private static List<DimensionRules> some(
      List<DimensionRules> dimensions, Predicate<DimensionRules> isOne) {
    return dimensions.stream().filter(isOne).toList();
  }

  /** Touchpoints stream by in their order: nothing of a customer is held but what counts. */
  private static Dataset<Row> carried(Dataset<Row> touchpoints, List<DimensionRules> dimensions) {
    Column customer = col(OwnedTouchpoints.CUSTOMER_ID);
    Column scope =
        dimensions.get(0).isWithinSession()
            ? coalesce(col(OwnedTouchpoints.SESSION_ID), col(Touchpoints.TOUCHPOINT_ID))
            : customer;
    Column[] set = dimensions.stream().map(dimension -> set(dimension)).toArray(Column[]::new);
    return touchpoints
        .select(
            customer,
            scope.as(SCOPE),
            col(Touchpoints.OCCURRED_AT),
            col(Touchpoints.SEQUENCE),
            col(Touchpoints.TOUCHPOINT_ID),
            col(Touchpoints.EVENT_DATE),
            col(Touchpoints.TYPE),
            struct(set).as(SET))
        .repartition(customer)
        .sortWithinPartitions(
            customer,
            col(SCOPE),
            col(Touchpoints.OCCURRED_AT),
            col(Touchpoints.SEQUENCE),
            col(Touchpoints.TOUCHPOINT_ID))
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>) rows -> each(rows, dimensions),
            Encoders.row(TouchpointDimensions.TABLE.schema()));
  }

  private static Column set(DimensionRules dimension) {
    Column value = trim(expr(dimension.value()).cast("string"));
    return nullif(value, lit("")).as(dimension.name());
  }

  private static Iterator<Row> each(Iterator<Row> rows, List<DimensionRules> dimensions) {
    List<CarryValues> carried = dimensions.stream().map(CarryValues::new).toList();
    Iterable<Row> once = () -> rows;
    return StreamSupport.stream(once.spliterator(), false)
        .flatMap(
            row ->
                IntStream.range(0, carried.size())
                    .mapToObj(i -> row(row, dimensions.get(i), carried.get(i).next(touch(row, i))))
                    .filter(Objects::nonNull))
        .iterator();
  }

  private static Touch touch(Row row, int dimension) {
    Row set = row.getStruct(row.fieldIndex(SET));
    Timestamp at = row.getTimestamp(row.fieldIndex(Touchpoints.OCCURRED_AT));
    return new Touch(
        row.getString(row.fieldIndex(SCOPE)),
        at.toInstant(),
        row.getString(row.fieldIndex(Touchpoints.TYPE)),
        set.getString(dimension));
  }

  /** Null where nothing counts. */
  private static Row row(Row row, DimensionRules dimension, List<String> values) {
    return values.isEmpty()
        ? null
        : RowFactory.create(
            row.getString(row.fieldIndex(Touchpoints.TOUCHPOINT_ID)),
            row.getDate(row.fieldIndex(Touchpoints.EVENT_DATE)),
            row.getString(row.fieldIndex(OwnedTouchpoints.CUSTOMER_ID)),
            dimension.name(),
            values.toArray(String[]::new));
  }
}
