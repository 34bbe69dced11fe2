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
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.rule.Place;
import io.itinera.core.spark.HeldRows;
import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.JourneyOutcome;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.Sessions;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What an affected customer's journeys go on from.
 *
 * <p>Everything happens at {@link Place places}: those who share an instant may belong to several
 * journeys, even to one that ends and several that begin and end in it.
 *
 * @param since customer_id and {@link #SINCE}, a place: touchpoints from there on must be read
 * @param replaced customer_id and {@code since}, a place: journeys that begin there or behind it
 *     are replaced
 * @param journeys rows of {@link Journeys} that are carried on as fragments
 * @param earlier customer_id and {@link #EARLIER_JOURNEYS}: how many journeys the customer keeps
 */
public record CarryJourneys(
    Dataset<Row> since, Dataset<Row> replaced, Dataset<Row> journeys, Dataset<Row> earlier) {

  /** Column of the input: first instant of the customer that changed. */
  public static final String FROM_AT = "from_at";

  public static final String SINCE = "since";
  public static final String EARLIER_JOURNEYS = "earlier_journeys";

  private static final String WANTED = "wanted_id";
  private static final String REACHED = "first_reached";
  private static final String LAST = "last_before";
  private static final String STRADDLED = "straddled_id";

  /** Nothing to go on from: everyone's journeys are made from their first touchpoint. */
  public static CarryJourneys nothing(Dataset<Row> journeys) {
    Dataset<Row> none = journeys.limit(0);
    Dataset<Row> nobody = none.select(col(CUSTOMER_ID), placeOfJourney().as(SINCE));
    return new CarryJourneys(
        nobody, nobody, none, none.select(col(CUSTOMER_ID), lit(0L).as(EARLIER_JOURNEYS)));
  }

  /**
   * Finds what to go on from.
   *
   * <p>Every touchpoint before {@link #FROM_AT} is as it was, so the journeys that ended before it
   * are too, and so is the cut between them and one that began before it and reaches it: that one
   * is made anew from its first touchpoint. Where none does, all touchpoints from that instant on
   * are read, and only the last journey before may go on: unless a conversion ended it, it is
   * carried, or, if a session that it may have counted goes on too, made anew from its first
   * touchpoint.
   *
   * @param affected customer_id and {@link #FROM_AT}
   * @param journeys rows of {@link Journeys} as they are stored
   * @param sessions rows of {@link Sessions} as they are now
   */
  public static CarryJourneys of(
      Dataset<Row> affected, Dataset<Row> journeys, Dataset<Row> sessions) {
    return ofKnown(known(affected, journeys, sessions).toJoin(), journeys);
  }

  /** The same; nothing if nobody is affected. */
  public static Optional<CarryJourneys> ofAny(
      Dataset<Row> affected, Dataset<Row> journeys, Dataset<Row> sessions) {
    HeldRows known = known(affected, journeys, sessions);
    return known.areNone() ? Optional.empty() : Optional.of(ofKnown(known.toJoin(), journeys));
  }

  private static HeldRows known(
      Dataset<Row> affected, Dataset<Row> journeys, Dataset<Row> sessions) {
    return HoldRows.counted(
        affected
            .join(around(affected, journeys), col(CUSTOMER_ID).equalTo(col(WANTED)), "left")
            .join(straddled(affected, sessions), col(CUSTOMER_ID).equalTo(col(STRADDLED)), "left"));
  }

  private static CarryJourneys ofKnown(Dataset<Row> known, Dataset<Row> journeys) {
    Column isInTheMidst = coalesce(col(REACHED + "." + Place.AT).lt(col(FROM_AT)), lit(false));
    Column goesOn =
        not(isInTheMidst)
            .and(col(LAST + "." + Journeys.OUTCOME).notEqual(JourneyOutcome.CONVERTED.text()));
    Column isAnew = goesOn.and(col(STRADDLED).isNotNull());
    Column isCarried = goesOn.and(col(STRADDLED).isNull());
    Column placeOfLast =
        Place.of(
            col(LAST + "." + STARTED_AT),
            col(LAST + "." + Journeys.FIRST_SEQUENCE),
            col(LAST + "." + Journeys.FIRST_TOUCHPOINT_ID));
    Column read = least(Place.before(col(FROM_AT)), col(REACHED), when(isAnew, placeOfLast));
    Column replaced = coalesce(when(isCarried, placeOfLast), read);
    Dataset<Row> since = known.select(col(CUSTOMER_ID), replaced.as(SINCE));
    return new CarryJourneys(
        known.select(col(CUSTOMER_ID), read.as(SINCE)),
        since,
        known.where(isCarried).select(LAST + ".*"),
        earlier(since, journeys));
  }

  /**
   * The journeys of affected customers that stay as they are.
   *
   * @param journeys rows of {@link Journeys} as they are stored
   */
  public Dataset<Row> kept(Dataset<Row> journeys) {
    return kept(replaced, journeys);
  }

  /** Customers whose open journey's silence has passed by {@code asOfEnd}. */
  public static Dataset<Row> expired(Dataset<Row> journeys, Instant asOfEnd, JourneyRules rules) {
    Column end = lit(Timestamp.from(asOfEnd));
    return journeys
        .where(col(Journeys.OUTCOME).equalTo(JourneyOutcome.OPEN.text()))
        .where(CutJourneys.isAbandoned(asOfEnd, rules))
        .select(col(CUSTOMER_ID), end.as(FROM_AT))
        .distinct();
  }

  /** The place at which a row of {@link Journeys} begins: that of its first touchpoint. */
  public static Column placeOfJourney() {
    return Place.of(
        col(STARTED_AT), col(Journeys.FIRST_SEQUENCE), col(Journeys.FIRST_TOUCHPOINT_ID));
  }

  /** The place of the first journey that reaches the change, and the last that ended before it. */
  private static Dataset<Row> around(Dataset<Row> affected, Dataset<Row> journeys) {
    Column[] all =
        Stream.of(Journeys.TABLE.schema().fieldNames())
            .map(name -> col(name))
            .toArray(Column[]::new);
    Column reaches = col(ENDED_AT).geq(col(FROM_AT));
    Column ended = col(ENDED_AT).lt(col(FROM_AT));
    return of(affected, journeys)
        .groupBy(col(CUSTOMER_ID).as(WANTED))
        .agg(
            min(when(reaches, placeOfJourney())).as(REACHED),
            max_by(struct(all), when(ended, placeOfJourney())).as(LAST));
  }

  private static Dataset<Row> straddled(Dataset<Row> affected, Dataset<Row> sessions) {
    return of(affected, sessions)
        .where(
            col(Sessions.STARTED_AT).lt(col(FROM_AT)).and(col(Sessions.ENDED_AT).geq(col(FROM_AT))))
        .select(col(Sessions.CUSTOMER_ID).as(STRADDLED))
        .distinct();
  }

  private static Dataset<Row> earlier(Dataset<Row> replaced, Dataset<Row> journeys) {
    return kept(replaced, journeys).groupBy(CUSTOMER_ID).agg(count(lit(1)).as(EARLIER_JOURNEYS));
  }

  private static Dataset<Row> kept(Dataset<Row> replaced, Dataset<Row> journeys) {
    return Journeys.TABLE.conform(of(replaced, journeys).where(placeOfJourney().lt(col(SINCE))));
  }

  private static Dataset<Row> of(Dataset<Row> customers, Dataset<Row> rows) {
    Dataset<Row> wanted = customers.withColumnRenamed(CUSTOMER_ID, WANTED);
    return rows.join(wanted, col(CUSTOMER_ID).equalTo(col(WANTED)), "inner").drop(WANTED);
  }
}
