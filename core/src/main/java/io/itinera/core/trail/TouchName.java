package io.itinera.core.trail;

import io.itinera.core.rule.PageRules;
import io.itinera.core.table.Touchpoints;
import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.sql.Row;

/**
 * What a touch is called in patterns.
 *
 * @param channel such as web; null without
 * @param type such as page_view; null without
 * @param location address, store or queue; null without
 * @param page what {@link io.itinera.core.rule.PageRules} call it; null without, or where no
 *     pattern asks for it
 */
public record TouchName(String channel, String type, String location, String page)
    implements Serializable {

  /**
   * A touch of a row with channel, type and location, and with its page where that is asked for.
   */
  static TouchName of(Row touch) {
    boolean hasPage = Arrays.asList(touch.schema().fieldNames()).contains(PageRules.PAGE);
    return new TouchName(
        touch.getAs(Touchpoints.CHANNEL),
        touch.getAs(Touchpoints.TYPE),
        touch.getAs(Touchpoints.LOCATION),
        hasPage ? touch.getAs(PageRules.PAGE) : null);
  }

  /** A touch of which only a label is known, such as a step of a path. */
  public static TouchName label(String label) {
    return new TouchName(label, label, null, null);
  }
}
