package io.itinera.core.session;

import static io.itinera.core.table.OwnedTouchpoints.CUSTOMER_ID;
import static io.itinera.core.table.OwnedTouchpoints.SESSION_ID;
import static io.itinera.core.table.Touchpoints.CHANNEL;
import static io.itinera.core.table.Touchpoints.OCCURRED_AT;
import static io.itinera.core.table.Touchpoints.SEQUENCE;
import static io.itinera.core.table.Touchpoints.TOUCHPOINT_ID;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.last;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.table.Sessions;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Cuts each customer's touchpoints on each channel into sessions. */
public final class Sessionize {

  private static final String OPENS = "opens_session";
  private static final String FIRST = "first_touchpoint";
  private static final int ID_LENGTH = 32;

  private Sessionize() {}

  /**
   * Gives each touchpoint its session.
   *
   * <p>A silence longer than the channel's timeout starts a new session; one of exactly the timeout
   * does not. Where the vendor's session id or, for conversations, the receipt defines the session,
   * silence does not matter. A session's id is derived from its kind and its first touchpoint, so
   * it survives whatever comes later, a merge of its customer included.
   *
   * @param touchpoints rows of {@link io.itinera.core.table.OwnedTouchpoints} of whole sessions;
   *     columns that are not needed may be missing
   * @return the same rows with {@link Sessions#SESSION_ID} and {@link Sessions#DEFINITION}
   */
  public static Dataset<Row> assign(Dataset<Row> touchpoints, SessionRules rules) {
    WindowSpec visit =
        Window.partitionBy(CUSTOMER_ID, CHANNEL, Sessions.DEFINITION)
            .orderBy(OCCURRED_AT, SEQUENCE, TOUCHPOINT_ID);
    WindowSpec visitSoFar = visit.rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    Column firstOfSession = last(when(col(OPENS), col(TOUCHPOINT_ID)), true).over(visitSoFar);
    Column kind = when(isTimeout(), SessionDefinition.TIMEOUT).otherwise("conversation");
    return touchpoints
        .withColumn(Sessions.DEFINITION, SessionDefinition.of(rules))
        .repartition(col(CUSTOMER_ID))
        .withColumn(OPENS, opensSession(visit, rules))
        .withColumn(FIRST, firstOfSession)
        .withColumn(
            SESSION_ID, substring(sha2(concat_ws("|", kind, col(FIRST)), 256), 1, ID_LENGTH))
        .drop(OPENS, FIRST);
  }

  private static Column opensSession(WindowSpec visit, SessionRules rules) {
    Column now = unix_micros(col(OCCURRED_AT));
    Column silence = now.minus(lag(now, 1).over(visit));
    Column isOver = isTimeout().and(silence.gt(SessionDefinition.timeoutMicros(rules)));
    // The first touchpoint follows no silence at all: it opens a session.
    return when(silence.isNull(), true).otherwise(coalesce(isOver, lit(false)));
  }

  private static Column isTimeout() {
    return col(Sessions.DEFINITION).equalTo(SessionDefinition.TIMEOUT);
  }
}
