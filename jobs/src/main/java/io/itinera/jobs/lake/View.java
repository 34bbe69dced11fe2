package io.itinera.jobs.lake;

import io.itinera.core.table.OwnedTouchpoints;
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
    Function<Function<Table, String>, String> select) {

  private static final String AS_OF = "as_of";

  /** Touchpoints with their customer and session. */
  public static final View OWNED_TOUCHPOINTS =
      new View(
          OwnedTouchpoints.VIEW.name(),
          OwnedTouchpoints.VIEW.comment(),
          OwnedTouchpoints.VIEW,
          List.of(Touchpoints.TABLE, TouchpointSessions.TABLE, SetOwners.TABLE),
          View::ownedTouchpoints);

  /** All of them. */
  public static final List<View> ALL =
      Stream.concat(
              Stream.of(OWNED_TOUCHPOINTS),
              Tables.ALL.stream().filter(table -> table.key().contains(AS_OF)).map(View::latest))
          .toList();

  /** The rows of the last night of a table that keeps each night's beside those of all others. */
  private static View latest(Table table) {
    return new View(
        table.name() + "_latest",
        "%s of the last night alone".formatted(table.name()),
        table,
        List.of(table),
        called ->
            "SELECT * FROM %1$s WHERE %2$s = (SELECT max(%2$s) FROM %1$s)"
                .formatted(called.apply(table), AS_OF));
  }

  /** Who takes part in no session belongs to nobody, whoever has the same identifiers. */
  private static String ownedTouchpoints(Function<Table, String> called) {
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
            called.apply(Touchpoints.TABLE),
            called.apply(TouchpointSessions.TABLE),
            called.apply(SetOwners.TABLE));
  }

  /** The view's SQL over tables as {@code called} names them. */
  public String sql(Function<Table, String> called) {
    return select.apply(called);
  }

  /** The view's rows, of the latest versions of its tables. */
  public Dataset<Row> read(Lake lake) {
    return lake.spark().sql(sql(table -> "delta.`%s`".formatted(lake.path(table))));
  }
}
