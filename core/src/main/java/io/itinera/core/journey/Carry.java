package io.itinera.core.journey;

import static io.itinera.core.table.Journeys.CUSTOMER_ID;
import static io.itinera.core.table.Journeys.ENDED_AT;
import static io.itinera.core.table.Journeys.STARTED_AT;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;

import io.itinera.core.rule.Hold;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.Sessions;
import java.sql.Timestamp;
import java.time.Instant;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What an affected customer's journeys go on from.
 *
 * @param since customer_id and {@link #SINCE}: touchpoints from then on must be read
 * @param replaced customer_id and {@code since}: journeys that started from then on are replaced
 * @param journeys rows of {@link Journeys} that are carried on as fragments
 * @param straddling column session_id: sessions that the carried journeys have counted already
 * @param earlier customer_id and {@link #EARLIER_JOURNEYS}: how many journeys the customer keeps
 */
public record Carry(
    Dataset<Row> since,
    Dataset<Row> replaced,
    Dataset<Row> journeys,
    Dataset<Row> straddling,
    Dataset<Row> earlier) {

  /** Column of the input: first instant of the customer that changed. */
  public static final String FROM_AT = "from_at";

  public static final String SINCE = "since";
  public static final String EARLIER_JOURNEYS = "earlier_journeys";

  private static final String WANTED = "wanted_id";
  private static final String LAST = "last_journey";

  /** Nothing to go on from: everyone's journeys are made from their first touchpoint. */
  public static Carry nothing(Dataset<Row> journeys, Dataset<Row> sessions) {
    Dataset<Row> none = journeys.limit(0);
    Dataset<Row> nobody = none.select(col(CUSTOMER_ID), col(STARTED_AT).as(SINCE));
    return new Carry(
        nobody,
        nobody,
        none,
        sessions.limit(0).select(Sessions.SESSION_ID),
        none.select(col(CUSTOMER_ID), lit(0L).as(EARLIER_JOURNEYS)));
  }

  /**
   * Finds what to go on from. Only additions behind a journey's end can be carried: a journey that
   * reaches past the first change is made anew from its start.
   *
   * @param affected customer_id and {@link #FROM_AT}
   * @param journeys rows of {@link Journeys} as they are stored
   * @param sessions rows of {@link Sessions} as they are now
   */
  public static Carry of(Dataset<Row> affected, Dataset<Row> journeys, Dataset<Row> sessions) {
    Dataset<Row> reachedSince = reachedSince(affected, journeys).transform(Hold::of);
    Dataset<Row> straddlingAll = straddling(reachedSince, sessions).transform(Hold::of);
    Dataset<Row> last = lastBefore(reachedSince, journeys).transform(Hold::of);
    // A session that began before the last journey did may or may not be counted in it: that
    // journey is made anew.
    Dataset<Row> unclear =
        straddlingAll
            .join(last, col(WANTED).equalTo(col(CUSTOMER_ID)), "inner")
            .where(col("session_started_at").lt(col(STARTED_AT)))
            .groupBy(col(CUSTOMER_ID).as("unclear_id"))
            .agg(min(STARTED_AT).as("unclear_at"));
    Dataset<Row> since =
        reachedSince
            .join(unclear, col(CUSTOMER_ID).equalTo(col("unclear_id")), "left")
            .select(
                col(CUSTOMER_ID),
                least(col(SINCE), coalesce(col("unclear_at"), col(SINCE))).as(SINCE))
            .transform(Hold::of);
    Dataset<Row> carried =
        last.join(unclear, col(CUSTOMER_ID).equalTo(col("unclear_id")), "left_anti")
            .where(col(Journeys.OUTCOME).notEqual(CutJourneys.CONVERTED))
            .transform(Hold::of);
    Dataset<Row> replaced = replaced(since, carried).transform(Hold::of);
    return new Carry(
        since,
        replaced,
        carried,
        straddlingAll.select(Sessions.SESSION_ID),
        earlier(replaced, journeys));
  }

  /** Customers whose open journey's silence has passed by {@code asOfEnd}. */
  public static Dataset<Row> expired(Dataset<Row> journeys, Instant asOfEnd, JourneyRules rules) {
    Column end = lit(Timestamp.from(asOfEnd));
    return journeys
        .where(col(Journeys.OUTCOME).equalTo(CutJourneys.OPEN))
        .where(CutJourneys.isAbandoned(asOfEnd, rules))
        .select(col(CUSTOMER_ID), end.as(FROM_AT))
        .distinct();
  }

  private static Dataset<Row> reachedSince(Dataset<Row> affected, Dataset<Row> journeys) {
    Dataset<Row> reached =
        of(affected, journeys)
            .where(col(ENDED_AT).geq(col(FROM_AT)))
            .groupBy(col(CUSTOMER_ID).as("reached_id"))
            .agg(min(STARTED_AT).as("reached_at"));
    return affected
        .join(reached, col(CUSTOMER_ID).equalTo(col("reached_id")), "left")
        .select(
            col(CUSTOMER_ID),
            least(col(FROM_AT), coalesce(col("reached_at"), col(FROM_AT))).as(SINCE));
  }

  private static Dataset<Row> lastBefore(Dataset<Row> since, Dataset<Row> journeys) {
    Column[] all =
        java.util.stream.Stream.of(Journeys.TABLE.schema().fieldNames())
            .map(name -> col(name))
            .toArray(Column[]::new);
    return of(since, journeys)
        .where(col(ENDED_AT).lt(col(SINCE)))
        .groupBy(col(CUSTOMER_ID).as(WANTED))
        .agg(max_by(struct(all), struct(STARTED_AT, Journeys.JOURNEY_ID)).as(LAST))
        .select(LAST + ".*");
  }

  private static Dataset<Row> straddling(Dataset<Row> since, Dataset<Row> sessions) {
    Dataset<Row> wanted = since.withColumnRenamed(CUSTOMER_ID, WANTED);
    return sessions
        .join(wanted, col(Sessions.CUSTOMER_ID).equalTo(col(WANTED)), "inner")
        .where(col(Sessions.STARTED_AT).lt(col(SINCE)).and(col(Sessions.ENDED_AT).geq(col(SINCE))))
        .select(
            col(WANTED),
            col(Sessions.SESSION_ID),
            col(Sessions.STARTED_AT).as("session_started_at"));
  }

  private static Dataset<Row> replaced(Dataset<Row> since, Dataset<Row> carried) {
    Dataset<Row> starts =
        carried.select(col(CUSTOMER_ID).as("carried_customer"), col(STARTED_AT).as("carried_at"));
    return since
        .join(starts, col(CUSTOMER_ID).equalTo(col("carried_customer")), "left")
        .select(col(CUSTOMER_ID), coalesce(col("carried_at"), col(SINCE)).as(SINCE));
  }

  private static Dataset<Row> earlier(Dataset<Row> replaced, Dataset<Row> journeys) {
    return of(replaced, journeys)
        .where(col(STARTED_AT).lt(col(SINCE)))
        .groupBy(CUSTOMER_ID)
        .agg(count(lit(1)).as(EARLIER_JOURNEYS));
  }

  private static Dataset<Row> of(Dataset<Row> customers, Dataset<Row> journeys) {
    Dataset<Row> wanted = customers.withColumnRenamed(CUSTOMER_ID, WANTED);
    return journeys.join(wanted, col(CUSTOMER_ID).equalTo(col(WANTED)), "inner").drop(WANTED);
  }
}
