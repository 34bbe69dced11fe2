package io.itinera.core.session;

import static io.itinera.core.table.OwnedTouchpoints.CUSTOMER_ID;
import static io.itinera.core.table.Touchpoints.CHANNEL;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.rule.Money;
import io.itinera.core.rule.Place;
import io.itinera.core.spark.Expressions;
import io.itinera.core.spark.FoldInTurn;
import io.itinera.core.table.SessionEnd;
import io.itinera.core.table.Sessions;
import java.time.Instant;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Sums up the touchpoints of each session. */
public final class Summarize {

  private static final String EARLIER = "earlier_sessions";

  private Summarize() {}

  /**
   * One row per session.
   *
   * @param assigned the result of {@link Sessionize#assign}, in its order
   * @param earlier what {@link RestartSessions#earlierSessions} tells of the customer's sessions
   *     that began before those in {@code assigned}; a missing customer has none
   * @param asOfEnd first instant after the night; a session whose timeout is not over by then is
   *     {@code open}
   * @return rows of {@link Sessions}
   */
  public static Dataset<Row> sessions(
      Dataset<Row> assigned, Dataset<Row> earlier, Instant asOfEnd, SessionRules rules) {
    Column localTime = from_utc_timestamp(col(Sessions.STARTED_AT), rules.timeZone().getId());
    Dataset<Row> sessions =
        summed(assigned, rules)
            .withColumns(
                Map.of(
                    Sessions.BOUNCED, col(Sessions.TOUCHPOINTS_COUNT).equalTo(1),
                    Sessions.ENGAGED, engaged(rules),
                    Sessions.END_REASON, endReason(asOfEnd, rules),
                    Sessions.EVENT_DATE, to_date(localTime)));
    return Sessions.TABLE.conform(FollowWeb.inTime(numbered(sessions, earlier), rules.preceding()));
  }

  private static Dataset<Row> summed(Dataset<Row> assigned, SessionRules rules) {
    Dataset<Row> linked = assigned.withColumn(SumInTurn.LINK, link(rules.preceding()));
    return FoldInTurn.rows(linked, new SumInTurn(rules), SumInTurn.SUMMED, SumInTurn.COLUMNS)
        .withColumn(Sessions.REVENUE, Money.of(col(Sessions.REVENUE)))
        .withColumns(places(rules));
  }

  /** Where it begins and ends in the order of touchpoints, if instants do not tell. */
  private static Map<String, Column> places(SessionRules rules) {
    Column isTold = lit(rules.partWhatTimeDoesNot());
    return Map.of(
        Sessions.FIRST_SEQUENCE, when(isTold, col(SumInTurn.FIRST).getField(Place.SEQUENCE)),
        Sessions.FIRST_TOUCHPOINT_ID, when(isTold, col(SumInTurn.FIRST).getField(Place.ID)),
        Sessions.LAST_SEQUENCE, when(isTold, col(SumInTurn.LAST).getField(Place.SEQUENCE)),
        Sessions.LAST_TOUCHPOINT_ID, when(isTold, col(SumInTurn.LAST).getField(Place.ID)));
  }

  /** What touchpoints say of the vendor's session that they follow. */
  private static Column link(PrecedingRules rules) {
    if (rules.link().isEmpty()) {
      return lit(null).cast("string");
    }
    return when(
        col(CHANNEL).isin(rules.channels().toArray()),
        Expressions.over(rules.link().get()).cast("string"));
  }

  private static Column engaged(SessionRules rules) {
    return col(Sessions.DURATION_SECONDS)
        .geq(rules.engagedSeconds())
        .or(col(Sessions.PAGE_VIEWS).geq(2))
        .or(col(Sessions.CONVERTED));
  }

  private static Column endReason(Instant asOfEnd, SessionRules rules) {
    Column after = timestamp_micros(col(Sessionize.ENDS_AFTER));
    Column ofTime =
        when(after.geq(lit(java.sql.Timestamp.from(asOfEnd))), SessionEnd.OPEN.text())
            .otherwise(col(Sessionize.ENDS_BY));
    if (rules.all().noneMatch(channel -> channel.limits().needTheNextTouchpoint())) {
      return ofTime;
    }
    WindowSpec way =
        Window.partitionBy(
                col(CUSTOMER_ID),
                SessionDefinition.channel(CHANNEL, rules),
                col(Sessions.DEFINITION))
            .orderBy(SumInTurn.FIRST);
    return coalesce(lead(Sessionize.BEGUN_BY, 1).over(way), ofTime);
  }

  private static Dataset<Row> numbered(Dataset<Row> sessions, Dataset<Row> earlier) {
    Dataset<Row> offsets = earlier.withColumnRenamed(CUSTOMER_ID, "earlier_id");
    Column number = row_number().over(Window.partitionBy(CUSTOMER_ID).orderBy(SumInTurn.FIRST));
    return sessions
        .join(offsets, col(CUSTOMER_ID).equalTo(col("earlier_id")), "left")
        .withColumn(
            Sessions.SESSION_NUMBER, number.cast("long").plus(coalesce(col(EARLIER), lit(0L))));
  }
}
