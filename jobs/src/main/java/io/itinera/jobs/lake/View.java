package io.itinera.jobs.lake;

import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.CustomerMeasures;
import io.itinera.core.table.Customers;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.core.table.RfmScores;
import io.itinera.core.table.SetOwners;
import io.itinera.core.table.Table;
import io.itinera.core.table.Tables;
import io.itinera.core.table.TouchpointSessions;
import io.itinera.core.table.Touchpoints;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A question that is asked so often that it has a name. Its SQL is understood by Spark, DuckDB and
 * Trino alike; only what they call the tables differs.
 *
 * @param name as queries call it
 * @param comment what one row is
 * @param columns the table that its columns are described by
 * @param tables those that it reads
 * @param select its SQL, given what the engine calls a table
 */
public record View(
    String name,
    String comment,
    Table columns,
    List<Table> tables,
    Function<Engine, String> select) {

  /** What differs in the SQL of the engines that read the warehouse. */
  public interface Engine {

    /** What it calls a table. */
    String called(Table table);

    /** Days from one date to another, which are expressions. */
    String days(String from, String to);
  }

  private static final String AS_OF = "as_of";

  /** Touchpoints with their customer and session. */
  public static final View OWNED_TOUCHPOINTS =
      new View(
          OwnedTouchpoints.VIEW.name(),
          OwnedTouchpoints.VIEW.comment(),
          OwnedTouchpoints.VIEW,
          List.of(Touchpoints.TABLE, TouchpointSessions.TABLE, SetOwners.TABLE),
          View::ownedTouchpoints);

  /** Customers with the measures that marketers ask for first. */
  public static final View CUSTOMER_MEASURES =
      new View(
          CustomerMeasures.VIEW.name(),
          CustomerMeasures.VIEW.comment(),
          CustomerMeasures.VIEW,
          List.of(Customers.TABLE, CustomerDays.TABLE, RfmScores.TABLE),
          View::customerMeasures);

  /** All of them. */
  public static final List<View> ALL =
      Stream.concat(
              Stream.of(OWNED_TOUCHPOINTS, CUSTOMER_MEASURES),
              Tables.ALL.stream().filter(table -> table.key().contains(AS_OF)).map(View::latest))
          .toList();

  /** The rows of the last night of a table that keeps each night's beside those of all others. */
  private static View latest(Table table) {
    return new View(
        table.name() + "_latest",
        "%s of the last night alone".formatted(table.name()),
        table,
        List.of(table),
        engine ->
            "SELECT * FROM %1$s WHERE %2$s = (SELECT max(%2$s) FROM %1$s)"
                .formatted(engine.called(table), AS_OF));
  }

  /** Who takes part in no session belongs to nobody, whoever has the same identifiers. */
  private static String ownedTouchpoints(Engine engine) {
    return """
    SELECT t.*,
      CASE WHEN s.session_id IS NOT NULL THEN o.customer_id END AS customer_id,
      s.session_id
    FROM %s t
    LEFT JOIN %s s
      ON s.event_date = t.event_date AND s.touchpoint_id = t.touchpoint_id
    LEFT JOIN %s o
      ON o.set_id = t.set_id AND o.set_check = t.set_check AND o.valid_from <= t.occurred_at
      AND (o.valid_to IS NULL OR t.occurred_at < o.valid_to)\
    """
        .formatted(
            engine.called(Touchpoints.TABLE),
            engine.called(TouchpointSessions.TABLE),
            engine.called(SetOwners.TABLE));
  }

  /** Days are those of customer_days; who has no order in the window has a last one, too. */
  private static String customerMeasures(Engine engine) {
    return """
    SELECT customer_id, orders_count, revenue, first_seen_on, last_seen_on, lifespan_days,
      CAST(revenue AS DOUBLE) / lifespan_days AS revenue_per_day,
      CAST(revenue AS DOUBLE) / lifespan_days * 365.25 / 12 AS revenue_per_month,
      CAST(revenue AS DOUBLE) / lifespan_days * 365.25 AS revenue_per_year,
      last_order_on,
      CAST(%s AS BIGINT) AS days_since_last_order
    FROM (
      SELECT c.customer_id, c.orders_count, c.revenue, d.first_seen_on, d.last_seen_on,
        CAST(1 + %s AS BIGINT) AS lifespan_days, d.last_order_on, n.as_of
      FROM %s c
      LEFT JOIN (
        SELECT customer_id, min(event_date) AS first_seen_on, max(event_date) AS last_seen_on,
          max(CASE WHEN orders_count > 0 THEN event_date END) AS last_order_on
        FROM %s
        GROUP BY customer_id) d
        ON d.customer_id = c.customer_id
      CROSS JOIN (SELECT max(as_of) AS as_of FROM %s) n) m\
    """
        .formatted(
            engine.days("last_order_on", "as_of"),
            engine.days("d.first_seen_on", "d.last_seen_on"),
            engine.called(Customers.TABLE),
            engine.called(CustomerDays.TABLE),
            engine.called(RfmScores.TABLE));
  }

  /** The view's SQL as {@code engine} writes it. */
  public String sql(Engine engine) {
    return select.apply(engine);
  }

  /** The view's rows, of the latest versions of its tables. */
  public Dataset<Row> read(Lake lake) {
    return lake.spark().sql(sql(new InSpark(table -> "delta.`%s`".formatted(lake.path(table)))));
  }

  /**
   * Spark.
   *
   * @param names what it calls tables
   */
  public record InSpark(Function<Table, String> names) implements Engine {

    @Override
    public String called(Table table) {
      return names.apply(table);
    }

    @Override
    public String days(String from, String to) {
      return "datediff(%s, %s)".formatted(to, from);
    }
  }
}
