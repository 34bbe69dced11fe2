package io.itinera.core.trail;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * What many touches are to funnels, or one segment of a customer.
 *
 * @param name as people read it
 * @param bits of each funnel; see {@link FunnelRules#bits}
 * @param conditions what each condition is
 * @param named what patterns look at; null where there are none
 * @param segmentType null of a touch
 * @param segmentValue null of a touch
 */
record FunnelTouch(
    String name,
    List<Long> bits,
    List<String> conditions,
    TouchName named,
    String segmentType,
    String segmentValue) {

  /** Of a row with the columns of {@link CountFunnels#touches}. */
  static FunnelTouch of(Row kind) {
    boolean hasNames = Arrays.asList(kind.schema().fieldNames()).containsAll(StepPatterns.COLUMNS);
    return new FunnelTouch(
        kind.getAs(CountFunnels.NAME),
        kind.getList(kind.fieldIndex(CountFunnels.BITS)),
        kind.getList(kind.fieldIndex(CountFunnels.CONDITIONS)),
        hasNames ? TouchName.of(kind) : null,
        kind.getAs(CountFunnels.SEGMENT_TYPE),
        kind.getAs(CountFunnels.SEGMENT_VALUE));
  }

  boolean isTouch() {
    return segmentType == null;
  }
}
