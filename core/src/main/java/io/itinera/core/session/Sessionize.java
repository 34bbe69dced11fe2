package io.itinera.core.session;

import static io.itinera.core.table.OwnedTouchpoints.CUSTOMER_ID;
import static io.itinera.core.table.OwnedTouchpoints.SESSION_ID;
import static io.itinera.core.table.Touchpoints.CHANNEL;
import static io.itinera.core.table.Touchpoints.OCCURRED_AT;
import static io.itinera.core.table.Touchpoints.SEQUENCE;
import static io.itinera.core.table.Touchpoints.TOUCHPOINT_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.unix_micros;

import io.itinera.core.spark.AskInTurn;
import io.itinera.core.table.Sessions;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Cuts each customer's touchpoints on each channel into sessions. */
public final class Sessionize {

  /** Column of a session's first touchpoint: why the session before it ended. */
  static final String BEGUN_BY = "begun_by";

  /** Column: the latest instant, microseconds, at which the session goes on; null if it always. */
  static final String ENDS_AFTER = "ends_after";

  /** Column: what ends the session if no touchpoint does. */
  static final String ENDS_BY = "ends_by";

  private static final String CUT = "session_cut";

  private Sessionize() {}

  /**
   * Gives each touchpoint its session.
   *
   * <p>A silence longer than the channel's timeout starts a new session; one of exactly the timeout
   * does not. Where the vendor's session id or, for conversations, the receipt defines the session,
   * silence does not matter. What else ends sessions is in {@link SessionLimits}. A session's id is
   * derived from its kind and its first touchpoint, so it survives whatever comes later, a merge of
   * its customer included.
   *
   * @param touchpoints rows of {@link io.itinera.core.table.OwnedTouchpoints} of whole sessions;
   *     columns that are not needed may be missing
   * @return the same rows with {@link Sessions#SESSION_ID}, {@link Sessions#DEFINITION} and what
   *     {@link Summarize} needs to tell why sessions end; sorted within each customer
   */
  public static Dataset<Row> assign(Dataset<Row> touchpoints, SessionRules rules) {
    return touchpoints
        .withColumn(Sessions.DEFINITION, SessionDefinition.of(rules))
        .repartition(col(CUSTOMER_ID))
        .sortWithinPartitions(
            col(CUSTOMER_ID),
            SessionDefinition.channel(CHANNEL, rules),
            col(Sessions.DEFINITION),
            col(OCCURRED_AT),
            col(SEQUENCE),
            col(TOUCHPOINT_ID))
        .withColumn(CUT, cut(rules))
        .withColumn(SESSION_ID, col(CUT).getField(CutInTurn.SESSION))
        .withColumn(BEGUN_BY, col(CUT).getField(CutInTurn.BEGUN_BY))
        .withColumn(ENDS_AFTER, col(CUT).getField(CutInTurn.ENDS_AFTER))
        .withColumn(ENDS_BY, col(CUT).getField(CutInTurn.ENDS_BY))
        .drop(CUT);
  }

  private static Column cut(SessionRules rules) {
    String name = rules.scope().name();
    String prefix = name.isEmpty() ? "" : name + "|";
    return AskInTurn.about(
        new CutInTurn(prefix, SessionDefinition.cutRules(rules)),
        CutInTurn.CUT,
        col(CUSTOMER_ID),
        SessionDefinition.channel(CHANNEL, rules),
        col(Sessions.DEFINITION),
        SessionDefinition.placeOfRules(rules),
        unix_micros(col(OCCURRED_AT)),
        col(TOUCHPOINT_ID),
        SessionDefinition.source(rules),
        SessionDefinition.opensNew(rules));
  }
}
