package io.itinera.core.session;

import static io.itinera.core.table.OwnedTouchpoints.CUSTOMER_ID;
import static io.itinera.core.table.OwnedTouchpoints.SESSION_ID;
import static io.itinera.core.table.Touchpoints.CHANNEL;
import static io.itinera.core.table.Touchpoints.DURATION_SECONDS;
import static io.itinera.core.table.Touchpoints.OCCURRED_AT;
import static io.itinera.core.table.Touchpoints.ORDER_ID;
import static io.itinera.core.table.Touchpoints.TOUCHPOINT_ID;
import static io.itinera.core.table.Touchpoints.TYPE;
import static io.itinera.core.table.Touchpoints.VALUE;
import static org.apache.spark.sql.functions.bool_or;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.unix_seconds;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.rule.Conversions;
import io.itinera.core.rule.Money;
import io.itinera.core.rule.Place;
import io.itinera.core.spark.Expressions;
import io.itinera.core.table.SessionEnd;
import io.itinera.core.table.Sessions;
import io.itinera.core.table.Touchpoints;
import java.time.Instant;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Sums up the touchpoints of each session. */
public final class Summarize {

  private static final String LAST = "last_place";
  private static final String PLACE = "struct<at: timestamp, sequence: bigint, id: string>";
  private static final String END = "session_end";
  private static final String EARLIER = "earlier_sessions";
  private static final String FIRST = "first_place";

  private Summarize() {}

  /**
   * One row per session.
   *
   * @param assigned the result of {@link Sessionize#assign}
   * @param earlier what {@link RestartSessions#earlierSessions} tells of the customer's sessions
   *     that began before those in {@code assigned}; a missing customer has none
   * @param asOfEnd first instant after the night; a session whose timeout is not over by then is
   *     {@code open}
   * @return rows of {@link Sessions}
   */
  public static Dataset<Row> sessions(
      Dataset<Row> assigned, Dataset<Row> earlier, Instant asOfEnd, SessionRules rules) {
    Dataset<Row> sessions =
        summed(assigned, rules)
            .withColumn(Sessions.BOUNCED, col(Sessions.TOUCHPOINTS_COUNT).equalTo(1))
            .withColumn(Sessions.ENGAGED, engaged(rules))
            .withColumn(Sessions.END_REASON, endReason(asOfEnd, rules))
            .withColumn(
                Sessions.EVENT_DATE,
                to_date(from_utc_timestamp(col(Sessions.STARTED_AT), rules.timeZone().getId())));
    return Sessions.TABLE.conform(FollowWeb.inTime(numbered(sessions, earlier), rules.preceding()));
  }

  private static Dataset<Row> summed(Dataset<Row> assigned, SessionRules rules) {
    Column isConversion = Conversions.isOne(rules.conversionTypes());
    Column order = when(isConversion, coalesce(col(ORDER_ID), col(TOUCHPOINT_ID)));
    Column end = unix_seconds(col(OCCURRED_AT)).plus(coalesce(col(DURATION_SECONDS), lit(0L)));
    return assigned
        .groupBy(col(CUSTOMER_ID), col(SESSION_ID))
        .agg(
            channel(rules).as(Sessions.CHANNEL),
            min(Place.ofTouchpoint()).as(FIRST),
            lastPlace(rules).as(LAST),
            min(OCCURRED_AT).as(Sessions.STARTED_AT),
            max(OCCURRED_AT).as(Sessions.ENDED_AT),
            max(end).minus(min(unix_seconds(col(OCCURRED_AT)))).as(Sessions.DURATION_SECONDS),
            count(lit(1)).as(Sessions.TOUCHPOINTS_COUNT),
            count_if(col(TYPE).isin(rules.viewTypes().toArray())).as(Sessions.PAGE_VIEWS),
            firstOf(Touchpoints.LOCATION).as(Sessions.ENTRY_LOCATION),
            max_by(col(Touchpoints.LOCATION), orderWhere(Touchpoints.LOCATION))
                .as(Sessions.EXIT_LOCATION),
            firstOf(Touchpoints.MARKETING_CHANNEL).as(Sessions.ENTRY_MARKETING_CHANNEL),
            firstOf(Touchpoints.CAMPAIGN).as(Sessions.CAMPAIGN),
            firstOf(Touchpoints.DEVICE).as(Sessions.DEVICE),
            firstOf(Touchpoints.COUNTRY).as(Sessions.COUNTRY),
            coalesce(bool_or(isConversion), lit(false)).as(Sessions.CONVERTED),
            size(collect_set(order)).cast("long").as(Sessions.ORDERS_COUNT),
            Money.of(coalesce(sum(VALUE), lit(0))).as(Sessions.REVENUE),
            firstOf(Touchpoints.SOURCE).as(Sessions.SOURCE),
            firstOf(Touchpoints.SOURCE_SESSION).as(Sessions.SOURCE_SESSION),
            link(rules.preceding()).as(Sessions.LINKED_SOURCE_SESSION),
            min(Sessions.DEFINITION).as(Sessions.DEFINITION),
            max(Sessionize.BEGUN_BY).as(Sessionize.BEGUN_BY),
            // Both only grow while a session goes on, so the greatest is that of its last one.
            max(struct(Sessionize.ENDS_AFTER, Sessionize.ENDS_BY)).as(END))
        .withColumns(places(rules));
  }

  /** Where it begins and ends in the order of touchpoints, if instants do not tell. */
  private static Map<String, Column> places(SessionRules rules) {
    Column isTold = lit(rules.partWhatTimeDoesNot());
    return Map.of(
        Sessions.FIRST_SEQUENCE, when(isTold, col(FIRST).getField(Place.SEQUENCE)),
        Sessions.FIRST_TOUCHPOINT_ID, when(isTold, col(FIRST).getField(Place.ID)),
        Sessions.LAST_SEQUENCE, when(isTold, col(LAST).getField(Place.SEQUENCE)),
        Sessions.LAST_TOUCHPOINT_ID, when(isTold, col(LAST).getField(Place.ID)));
  }

  /** The first that touchpoints say of the vendor's session that they follow. */
  private static Column link(PrecedingRules rules) {
    if (rules.link().isEmpty()) {
      return max(lit(null).cast("string"));
    }
    Column link =
        when(
            col(CHANNEL).isin(rules.channels().toArray()),
            Expressions.over(rules.link().get()).cast("string"));
    return min_by(link, when(link.isNotNull(), Place.ofTouchpoint()));
  }

  private static Column channel(SessionRules rules) {
    return rules.scope().acrossChannels() ? firstOf(CHANNEL) : min(CHANNEL);
  }

  /** What is not shown costs nothing. */
  private static Column lastPlace(SessionRules rules) {
    return rules.partWhatTimeDoesNot() ? max(Place.ofTouchpoint()) : max(lit(null).cast(PLACE));
  }

  private static Column firstOf(String column) {
    return min_by(col(column), orderWhere(column));
  }

  /** Order of touchpoints; null, and so left out by min_by, where {@code column} is empty. */
  private static Column orderWhere(String column) {
    return when(col(column).isNotNull(), Place.ofTouchpoint());
  }

  private static Column engaged(SessionRules rules) {
    return col(Sessions.DURATION_SECONDS)
        .geq(rules.engagedSeconds())
        .or(col(Sessions.PAGE_VIEWS).geq(2))
        .or(col(Sessions.CONVERTED));
  }

  private static Column endReason(Instant asOfEnd, SessionRules rules) {
    Column after = timestamp_micros(col(END).getField(Sessionize.ENDS_AFTER));
    Column ofTime =
        when(after.geq(lit(java.sql.Timestamp.from(asOfEnd))), SessionEnd.OPEN.text())
            .otherwise(col(END).getField(Sessionize.ENDS_BY));
    if (rules.all().noneMatch(channel -> channel.limits().needTheNextTouchpoint())) {
      return ofTime;
    }
    WindowSpec way =
        Window.partitionBy(
                col(CUSTOMER_ID),
                SessionDefinition.channel(CHANNEL, rules),
                col(Sessions.DEFINITION))
            .orderBy(FIRST);
    return coalesce(lead(Sessionize.BEGUN_BY, 1).over(way), ofTime);
  }

  private static Dataset<Row> numbered(Dataset<Row> sessions, Dataset<Row> earlier) {
    Dataset<Row> offsets = earlier.withColumnRenamed(CUSTOMER_ID, "earlier_id");
    Column number = row_number().over(Window.partitionBy(CUSTOMER_ID).orderBy(FIRST));
    return sessions
        .join(offsets, col(CUSTOMER_ID).equalTo(col("earlier_id")), "left")
        .withColumn(
            Sessions.SESSION_NUMBER, number.cast("long").plus(coalesce(col(EARLIER), lit(0L))));
  }
}
