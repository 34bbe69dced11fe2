package io.itinera.jobs;

import static io.itinera.core.table.Touchpoints.CUSTOMER_ID;
import static io.itinera.core.table.Touchpoints.EVENT_DATE;
import static io.itinera.core.table.Touchpoints.SESSION_ID;
import static io.itinera.core.table.Touchpoints.TOUCHPOINT_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.rule.Hold;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.Slice;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes the customer and session of touchpoints, where they are other ones than stored. */
final class Assignment {

  private static final String ASSIGNED_ID = "assigned_id";
  private static final String ASSIGNED_DATE = "assigned_date";
  private static final String ASSIGNED_CUSTOMER = "assigned_customer_id";
  private static final String ASSIGNED_SESSION = "assigned_session_id";

  private Assignment() {}

  /** Among {@code assigned}, those whose customer or session is not the stored one. */
  static Dataset<Row> changed(Dataset<Row> assigned) {
    Column isStored =
        col(CUSTOMER_ID)
            .eqNullSafe(col(OwnedTouchpoints.STORED_CUSTOMER_ID))
            .and(col(SESSION_ID).eqNullSafe(col(OwnedTouchpoints.STORED_SESSION_ID)));
    return assigned
        .where(isStored.equalTo(false))
        .select(
            col(TOUCHPOINT_ID).as(ASSIGNED_ID),
            col(EVENT_DATE).as(ASSIGNED_DATE),
            col(CUSTOMER_ID).as(ASSIGNED_CUSTOMER),
            col(SESSION_ID).as(ASSIGNED_SESSION));
  }

  /** As {@link #changed}; and touchpoints that {@code assigned} lacks lose what they have. */
  static Dataset<Row> ofAll(Dataset<Row> touchpoints, Dataset<Row> assigned) {
    Dataset<Row> losing =
        touchpoints
            .where(col(CUSTOMER_ID).isNotNull())
            .select(TOUCHPOINT_ID, EVENT_DATE)
            .join(
                assigned.select(col(TOUCHPOINT_ID).as(ASSIGNED_ID)),
                col(TOUCHPOINT_ID).equalTo(col(ASSIGNED_ID)),
                "left_anti");
    Column nothing = org.apache.spark.sql.functions.lit(null).cast("string");
    return changed(assigned)
        .union(losing.select(col(TOUCHPOINT_ID), col(EVENT_DATE), nothing, nothing));
  }

  /** Rewrites the days in which the few {@code changes} are; without any, nothing is written. */
  static void write(Lake lake, Dataset<Row> changes) {
    Dataset<Row> none = lake.read(Touchpoints.TABLE).limit(0);
    write(lake, changes, (days, rows) -> replace(lake, days, rows, none));
  }

  /** As {@link #write}, where most touchpoints of a day change and are laid out anew. */
  static void writeMost(Lake lake, Dataset<Row> changes) {
    Dataset<Row> none = lake.read(Touchpoints.TABLE).limit(0);
    write(lake, changes, (days, rows) -> replace(lake, days, none, rows));
  }

  private static void replace(
      Lake lake, List<String> days, Dataset<Row> staying, Dataset<Row> coming) {
    lake.replacePartitions(Touchpoints.TABLE, days, staying, coming);
  }

  private static void write(
      Lake lake, Dataset<Row> changes, BiConsumer<List<String>, Dataset<Row>> replace) {
    Dataset<Row> kept = changes.transform(Hold::toJoin);
    List<String> days =
        kept.select(ASSIGNED_DATE).distinct().collectAsList().stream()
            .map(row -> row.getDate(0).toString())
            .toList();
    if (days.isEmpty()) {
      return;
    }
    Dataset<Row> touchpoints =
        lake.read(Touchpoints.TABLE).where(Slice.of(Touchpoints.TABLE, days).sql());
    Column same =
        col(EVENT_DATE)
            .equalTo(col(ASSIGNED_DATE))
            .and(col(TOUCHPOINT_ID).equalTo(col(ASSIGNED_ID)));
    Column isChanged = col(ASSIGNED_ID).isNotNull();
    Column[] columns =
        Stream.of(Touchpoints.TABLE.schema().fieldNames())
            .map(
                name ->
                    switch (name) {
                      case CUSTOMER_ID ->
                          when(isChanged, col(ASSIGNED_CUSTOMER)).otherwise(col(name)).as(name);
                      case SESSION_ID ->
                          when(isChanged, col(ASSIGNED_SESSION)).otherwise(col(name)).as(name);
                      default -> col(name);
                    })
            .toArray(Column[]::new);
    replace.accept(days, touchpoints.join(kept, same, "left").select(columns));
  }
}
