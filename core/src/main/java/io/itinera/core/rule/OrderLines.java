package io.itinera.core.rule;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.table.Touchpoints;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Tells which touchpoints of one customer are lines of one order, so that they are one touch.
 *
 * <p>They are of one order id of one source, of one channel and type, and of one instant; or, where
 * money changed hands or an order is told again, of one day, since some tills write down when each
 * line was typed in; and of the day after for {@link #OVER_MIDNIGHT} from the last line of its own
 * day, since midnight parts no order. One that comes again later is another order: tills begin
 * anew. Whatever else an order brings, such as two calls about it, is no line of it.
 */
public final class OrderLines {

  /**
   * So long after its last line of a day an order may go on in the next; exactly that is in time.
   */
  public static final Duration OVER_MIDNIGHT = Duration.ofHours(3);

  private static final long OVER_MIDNIGHT_MICROS = OVER_MIDNIGHT.toNanos() / 1_000;

  /** Name of the column {@link #line}. */
  public static final String LINE = "order_line";

  /** Type of the column {@link #line}. */
  public static final StructType TYPE =
      new StructType().add("order", DataTypes.StringType).add("day", DataTypes.IntegerType);

  /** Columns of {@link Touchpoints} that tell it. */
  public static final List<String> COLUMNS =
      List.of(
          Touchpoints.SOURCE,
          Touchpoints.CHANNEL,
          Touchpoints.TYPE,
          Touchpoints.ORDER_ID,
          Touchpoints.VALUE,
          Touchpoints.REPEATS_TOUCHPOINT_ID,
          Touchpoints.EVENT_DATE);

  private final Map<String, Known> orders = new HashMap<>();

  /**
   * An order so far.
   *
   * @param place of its first line
   * @param day of its first line with a price; null without one
   * @param ofDay when its last line of that day was
   * @param last when its last line was
   */
  private record Known(int place, Integer day, long ofDay, long last) {

    boolean hasToo(Line line, long micros) {
      boolean isInTime =
          line.day() != null
              && day != null
              && (line.day().equals(day) || micros - ofDay <= OVER_MIDNIGHT_MICROS);
      return isInTime || last == micros;
    }

    Known with(Line line, long micros) {
      Integer first = day == null ? line.day() : day;
      boolean isOfDay = line.day() != null && line.day().equals(first);
      return new Known(place, first, isOfDay ? micros : ofDay, micros);
    }
  }

  /**
   * What a touchpoint says of its order.
   *
   * @param order the order, as one source and one kind of touchpoint tell it
   * @param day of the order, counted from 1970; null where only lines of one instant belong
   *     together
   */
  public record Line(String order, Integer day) {

    /** From a row that has {@link #LINE}; null without an order, or a row. */
    public static Line of(Row row) {
      Row line = row == null ? null : row.getAs(LINE);
      return line == null
          ? null
          : new Line(line.getString(0), line.isNullAt(1) ? null : (Integer) line.getInt(1));
    }
  }

  /** The order, as its source numbers it, for days that count orders; null without one. */
  public static Column order() {
    return when(
        col(Touchpoints.ORDER_ID).isNotNull(),
        concat_ws("\u0000", col(Touchpoints.ORDER_ID), col(Touchpoints.SOURCE)));
  }

  /** What a touchpoint says of its order, for {@link Line#of}; null without one. */
  public static Column line() {
    Column order =
        concat_ws(
            "\u0000",
            col(Touchpoints.ORDER_ID),
            col(Touchpoints.SOURCE),
            col(Touchpoints.CHANNEL),
            col(Touchpoints.TYPE));
    Column isOfDay =
        col(Touchpoints.VALUE).isNotNull().or(col(Touchpoints.REPEATS_TOUCHPOINT_ID).isNotNull());
    return when(
            col(Touchpoints.ORDER_ID).isNotNull(),
            struct(
                order.as("order"), when(isOfDay, unix_date(col(Touchpoints.EVENT_DATE))).as("day")))
        .as(LINE);
  }

  /**
   * The place of the touch that a touchpoint of the customer is a further line of; its own where it
   * is none. Touchpoints come in their order.
   *
   * @param place that it has if it is a touch of its own
   * @param line what it says of its order; null without one
   */
  public int touch(int place, Line line, long micros) {
    if (line == null) {
      return place;
    }
    Known known = orders.get(line.order());
    Known now =
        known != null && known.hasToo(line, micros)
            ? known.with(line, micros)
            : new Known(place, line.day(), micros, micros);
    orders.put(line.order(), now);
    return now.place();
  }
}
