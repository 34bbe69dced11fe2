package io.itinera.core.cohort;

import io.itinera.core.cohort.RetentionCounts.Place;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Counts the customers of a task. The input is (customer, day since 1970, orders, value), a
 * customer's days together and in order; the output {@link #SCHEMA}.
 *
 * @param rules which cohorts are followed
 */
record TallyRetention(CohortRules rules) implements MapPartitionsFunction<Row, Row> {

  private static final long serialVersionUID = 1L;

  static final String WAY = "way";
  static final String FIRST = "first_day";
  static final String PERIOD = "period";
  static final String NUMBER = "number_";

  static final StructType SCHEMA = schema();

  private static StructType schema() {
    StructType schema =
        new StructType()
            .add(WAY, DataTypes.IntegerType)
            .add(FIRST, DataTypes.IntegerType)
            .add(PERIOD, DataTypes.IntegerType);
    for (int number = 0; number < RetentionCounts.NUMBERS; number++) {
      schema = schema.add(NUMBER + number, DataTypes.LongType);
    }
    return schema;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> days) {
    RetentionCounts counts = new RetentionCounts(rules);
    String customer = null;
    while (days.hasNext()) {
      Row day = days.next();
      if (!day.getString(0).equals(customer)) {
        counts.end();
        customer = day.getString(0);
      }
      counts.add(day.getInt(1), day.isNullAt(2) ? 0 : day.getLong(2), units(day.getDecimal(3)));
    }
    counts.end();
    List<Row> rows = new ArrayList<>();
    counts.counts().forEach((place, numbers) -> rows.add(row(place, numbers)));
    return rows.iterator();
  }

  /** Money in ten thousandths, as which it is stored. */
  private static long units(BigDecimal value) {
    return value == null
        ? 0
        : value.setScale(RetentionReport.SCALE).unscaledValue().longValueExact();
  }

  private static Row row(Place place, long[] numbers) {
    Object[] cells = new Object[SCHEMA.size()];
    cells[0] = place.way();
    cells[1] = place.first();
    cells[2] = place.period();
    for (int number = 0; number < numbers.length; number++) {
      cells[3 + number] = numbers[number];
    }
    return RowFactory.create(cells);
  }

  static Place place(Row row) {
    return new Place(row.getInt(0), row.getInt(1), row.getInt(2));
  }

  static long[] numbers(Row row) {
    long[] numbers = new long[RetentionCounts.NUMBERS];
    for (int number = 0; number < numbers.length; number++) {
      numbers[number] = row.getLong(3 + number);
    }
    return numbers;
  }
}
