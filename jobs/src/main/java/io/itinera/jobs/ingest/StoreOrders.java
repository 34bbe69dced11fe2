package io.itinera.jobs.ingest;

import static io.itinera.jobs.ingest.StoreTouchpoints.days;
import static io.itinera.jobs.ingest.StoreTouchpoints.isOn;
import static org.apache.spark.sql.functions.not;

import io.itinera.core.settle.RepeatedOrders;
import io.itinera.core.source.SourceRules;
import io.itinera.core.source.SourceRules.Orders;
import io.itinera.core.spark.HeldRows;
import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.OrderRecords;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.Slice;
import io.itinera.jobs.night.StageContext;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Settles which purchase of an order counts, where the source says that an order counts once. */
final class StoreOrders {

  private StoreOrders() {}

  /**
   * Looks at the orders of {@code days}, whose touchpoints came, changed or went.
   *
   * @return days, perhaps others, on which touchpoints got or lost their value by that
   */
  static Set<LocalDate> store(StageContext context, Set<LocalDate> days) {
    Lake lake = context.lake();
    List<String> once =
        context.config().sources().stream()
            .filter(source -> source.orders() == Orders.ONCE)
            .map(SourceRules::name)
            .toList();
    // Without such a source there is nothing to settle; but one may have become another.
    if (once.isEmpty() && lake.version(OrderRecords.TABLE) == 0) {
      return Set.of();
    }
    Dataset<Row> known = lake.read(OrderRecords.TABLE);
    Dataset<Row> coming =
        RepeatedOrders.records(
                lake.read(Touchpoints.TABLE).where(isOn(days)), once, context.config().raw().bots())
            .transform(HoldRows::of);
    HeldRows touched =
        HoldRows.dated(coming.union(known.where(isOn(days))), OrderRecords.EVENT_DATE);
    if (touched.areNone()) {
      return Set.of();
    }
    Dataset<Row> others = known.where(not(isOn(days)));
    HeldRows marks =
        HoldRows.dated(
            RepeatedOrders.marks(coming.union(ofOrders(others, touched.rows()))),
            OrderRecords.EVENT_DATE);
    Set<LocalDate> marked = marks.days();
    mark(lake, marked, marks.toJoin());
    Set<LocalDate> ordered = new TreeSet<>(touched.days());
    ordered.addAll(marked);
    lake.replace(
        OrderRecords.TABLE,
        Slice.of(OrderRecords.TABLE, ordered),
        RepeatedOrders.remembered(
            coming.union(others.where(isOn(without(marked, days)))), marks.toJoin()));
    return marked;
  }

  private static Dataset<Row> ofOrders(Dataset<Row> records, Dataset<Row> touched) {
    String[] order = {OrderRecords.SOURCE, OrderRecords.ORDER_ID};
    Dataset<Row> orders = touched.select(order[0], order[1]).distinct().transform(HoldRows::toJoin);
    return OrderRecords.TABLE.conform(records.join(orders, order, "left_semi"));
  }

  private static void mark(Lake lake, Set<LocalDate> days, Dataset<Row> marks) {
    Dataset<Row> touchpoints = lake.read(Touchpoints.TABLE).where(isOn(days));
    lake.replacePartitions(
        Touchpoints.TABLE,
        days,
        Touchpoints.TABLE.without(touchpoints, marks),
        RepeatedOrders.marked(touchpoints, marks));
  }

  private static Set<LocalDate> without(Set<LocalDate> days, Set<LocalDate> others) {
    Set<LocalDate> rest = new TreeSet<>(days);
    rest.removeAll(others);
    return rest;
  }
}
