package io.itinera.core.session;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.table.Sessions;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Finds the session on the web that a call or chat followed: of those of the same customer that
 * began no later than it, the last to end, if that was near enough; during it counts as at its end.
 *
 * <p>It looks only at what began before, and for the session that a vendor names a little later,
 * since clocks differ ({@link PrecedingRules#tolerance()}): what changes from some session on
 * leaves those that began longer before as they are.
 */
public final class FollowWeb {

  /** Column: of the web sessions that a customer keeps, the last to end. */
  static final String EARLIER_WEB = "earlier_web";

  private static final double MICROS_PER_MINUTE = 60e6;
  private static final String IS_MADE = "is_made";
  private static final String NAMED = "named_web";
  private static final String KEY = "named_key";

  private FollowWeb() {}

  /** {@code sessions} with the columns that tell which one they followed. */
  static Dataset<Row> inTime(Dataset<Row> sessions, PrecedingRules rules) {
    if (rules.channels().isEmpty()) {
      return sessions
          .withColumn(Sessions.PRECEDING_SESSION_ID, lit(null).cast("string"))
          .withColumn(Sessions.MINUTES_SINCE_WEB, lit(null).cast("bigint"));
    }
    Column web = greatest(lastToEnd(rules).over(soFar()), col(EARLIER_WEB));
    long within = CutRules.micros(rules.within());
    Column since = silence(web);
    Column isNear = isOf(rules.channels()).and(since.leq(within));
    return sessions.withColumns(
        Map.of(
            Sessions.PRECEDING_SESSION_ID, when(isNear, web.getField(Sessions.SESSION_ID)),
            Sessions.MINUTES_SINCE_WEB, when(isNear, minutes(since))));
  }

  /**
   * Gives sessions the one that their vendor names, wherever that is known, instead of the one that
   * time tells.
   *
   * @param made rows of {@link Sessions}, made anew
   * @param kept rows of {@link Sessions} of the same customers that began before and stay
   */
  public static Dataset<Row> named(Dataset<Row> made, Dataset<Row> kept, PrecedingRules rules) {
    Column isFound = col(Sessions.LINKED_SOURCE_SESSION).isNotNull().and(col(NAMED).isNotNull());
    Column key =
        when(isOf(rules.webChannels()), col(Sessions.SOURCE_SESSION))
            .otherwise(col(Sessions.LINKED_SOURCE_SESSION));
    Dataset<Row> known =
        Sessions.TABLE.conform(
            kept.where(isOf(rules.webChannels()).and(col(Sessions.SOURCE_SESSION).isNotNull())));
    Dataset<Row> all =
        made.withColumn(IS_MADE, lit(true)).unionByName(known.withColumn(IS_MADE, lit(false)));
    return Sessions.TABLE.conform(
        all.withColumn(KEY, key)
            .withColumn(NAMED, lastToEnd(rules).over(nearlySoFar(rules)))
            .where(IS_MADE)
            .withColumns(
                Map.of(
                    Sessions.PRECEDING_SESSION_ID,
                    when(isFound, col(NAMED).getField(Sessions.SESSION_ID))
                        .otherwise(col(Sessions.PRECEDING_SESSION_ID)),
                    Sessions.MINUTES_SINCE_WEB,
                    when(isFound, minutes(silence(col(NAMED))))
                        .otherwise(col(Sessions.MINUTES_SINCE_WEB)))));
  }

  /** Of sessions on the web the last to end, as an aggregate; null without any. */
  static Column lastToEnd(PrecedingRules rules) {
    return max(when(isOf(rules.webChannels()), struct(Sessions.ENDED_AT, Sessions.SESSION_ID)));
  }

  private static Column isOf(Set<String> channels) {
    return col(Sessions.CHANNEL).isin(channels.toArray());
  }

  /** Those of the customer that began at the same instant or before. */
  private static WindowSpec soFar() {
    return Window.partitionBy(Sessions.CUSTOMER_ID)
        .orderBy(Sessions.STARTED_AT)
        .rangeBetween(Window.unboundedPreceding(), Window.currentRow());
  }

  /** Those of the customer and the vendor's session, and those that its clock puts later. */
  private static WindowSpec nearlySoFar(PrecedingRules rules) {
    return Window.partitionBy(col(Sessions.CUSTOMER_ID), col(KEY))
        .orderBy(unix_micros(col(Sessions.STARTED_AT)))
        .rangeBetween(Window.unboundedPreceding(), CutRules.micros(rules.tolerance()));
  }

  private static Column silence(Column web) {
    Column micros =
        unix_micros(col(Sessions.STARTED_AT)).minus(unix_micros(web.getField(Sessions.ENDED_AT)));
    return when(micros.lt(0), 0L).otherwise(micros);
  }

  private static Column minutes(Column micros) {
    return floor(micros.divide(MICROS_PER_MINUTE)).cast("bigint");
  }
}
