package io.itinera.core.journey;

import static io.itinera.core.table.Journeys.CUSTOMER_ID;
import static io.itinera.core.table.Journeys.ENDED_AT;
import static io.itinera.core.table.Journeys.STARTED_AT;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.to_utc_timestamp;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.journey.JourneysInTurn.Kind;
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
 * @param known customer_id, {@link #KIND}, {@link #PLACE} and {@link #JOURNEY}: from which place on
 *     touchpoints are put into journeys, whom one is carried on, and journeys that stay; none where
 *     all are put into journeys
 */
public record CarryJourneys(
    Dataset<Row> since, Dataset<Row> replaced, Optional<Dataset<Row>> known) {

  /** Column of the input: first instant of the customer that changed. */
  public static final String FROM_AT = "from_at";

  public static final String SINCE = "since";

  static final String CUSTOMER = CUSTOMER_ID;
  static final String KIND = "known_kind";
  static final String PLACE = "known_place";
  static final String JOURNEY = "known_journey";

  private static final String READ = "read_since";
  private static final String WANTED = "wanted_id";
  private static final String REACHED = "first_reached";
  private static final String LAST = "last_before";
  private static final String STRADDLED = "straddled_id";

  /** Nothing to go on from: everyone's journeys are made from their first touchpoint. */
  public static CarryJourneys nothing(Dataset<Row> journeys) {
    Dataset<Row> nobody = journeys.limit(0).select(col(CUSTOMER_ID), placeOfJourney().as(SINCE));
    return new CarryJourneys(nobody, nobody, Optional.empty());
  }

  /**
   * Finds what to go on from.
   *
   * <p>Every touchpoint before {@link #FROM_AT} is as it was, so the journeys that ended before it
   * are too, and so is the cut between them and one that began before it and reaches it: that one
   * is made anew from its first touchpoint. One that an order ended on the same day reaches it too,
   * since further lines of the order are its. Where none does, all touchpoints from that instant on
   * are read, and only the last journey before may go on: unless a conversion ended it, it is
   * carried, or, if a session that it may have counted goes on too, made anew from its first
   * touchpoint.
   *
   * <p>Touchpoints of the day before are read in front, too: they tell of which lines the order has
   * begun in a journey that stays.
   *
   * @param affected customer_id and {@link #FROM_AT}
   * @param journeys rows of {@link Journeys} as they are stored
   * @param sessions rows of {@link Sessions} as they are now
   */
  public static CarryJourneys of(
      Dataset<Row> affected, Dataset<Row> journeys, Dataset<Row> sessions, JourneyRules rules) {
    return ofKnown(known(affected, journeys, sessions, rules).toJoin(), journeys, rules);
  }

  /** The same; nothing if nobody is affected. */
  public static Optional<CarryJourneys> ofAny(
      Dataset<Row> affected, Dataset<Row> journeys, Dataset<Row> sessions, JourneyRules rules) {
    HeldRows known = known(affected, journeys, sessions, rules);
    return known.areNone()
        ? Optional.empty()
        : Optional.of(ofKnown(known.toJoin(), journeys, rules));
  }

  private static HeldRows known(
      Dataset<Row> affected, Dataset<Row> journeys, Dataset<Row> sessions, JourneyRules rules) {
    Dataset<Row> around = around(affected, journeys, rules);
    return HoldRows.counted(
        affected
            .join(around, col(CUSTOMER_ID).equalTo(col(WANTED)), "left")
            .join(straddled(affected, sessions), col(CUSTOMER_ID).equalTo(col(STRADDLED)), "left"));
  }

  private static CarryJourneys ofKnown(
      Dataset<Row> found, Dataset<Row> journeys, JourneyRules rules) {
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
    Dataset<Row> since = found.select(col(CUSTOMER_ID), replaced.as(SINCE));
    Dataset<Row> starts = found.select(col(CUSTOMER_ID), read.as(READ));
    Column dayBefore = Place.before(dayBefore(col(READ).getField(Place.AT), rules));
    Dataset<Row> known =
        starts
            .select(col(CUSTOMER_ID), kind(Kind.START), col(READ).as(PLACE), noJourney())
            .unionByName(
                found
                    .where(isCarried)
                    .select(
                        col(CUSTOMER_ID),
                        kind(Kind.CARRIED),
                        placeOfLast.as(PLACE),
                        col(LAST).as(JOURNEY)))
            .unionByName(
                of(since, journeys)
                    .where(placeOfJourney().lt(col(SINCE)))
                    .select(
                        col(CUSTOMER_ID),
                        kind(Kind.KEPT),
                        placeOfJourney().as(PLACE),
                        whole().as(JOURNEY)));
    return new CarryJourneys(
        starts.select(col(CUSTOMER_ID), least(col(READ), dayBefore).as(SINCE)),
        since,
        Optional.of(known));
  }

  private static Column kind(Kind kind) {
    return kind.column().as(KIND);
  }

  private static Column noJourney() {
    return lit(null).cast(Journeys.TABLE.schema()).as(JOURNEY);
  }

  private static Column whole() {
    return struct(
        Stream.of(Journeys.TABLE.schema().fieldNames())
            .map(name -> col(name))
            .toArray(Column[]::new));
  }

  private static Column dayBefore(Column at, JourneyRules rules) {
    String zone = rules.timeZone().getId();
    return to_utc_timestamp(localDay(at, rules).cast("timestamp"), zone);
  }

  /**
   * The day before an instant's, on the wall: where clocks are put back over midnight, a day comes
   * before the one that it follows.
   */
  private static Column localDay(Column at, JourneyRules rules) {
    return date_sub(to_date(from_utc_timestamp(at, rules.timeZone().getId())), 1);
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
  private static Dataset<Row> around(
      Dataset<Row> affected, Dataset<Row> journeys, JourneyRules rules) {
    // A journey may get further lines of an order as long as its day goes on.
    Column mayGetLines =
        size(col(Journeys.ORDER_IDS))
            .gt(0)
            .and(col(Journeys.ENDED_ON).geq(localDay(col(FROM_AT), rules)));
    Column reaches = coalesce(col(ENDED_AT).geq(col(FROM_AT)).or(mayGetLines), lit(false));
    Column ended = col(ENDED_AT).lt(col(FROM_AT)).and(not(reaches));
    return of(affected, journeys)
        .groupBy(col(CUSTOMER_ID).as(WANTED))
        .agg(
            min(when(reaches, placeOfJourney())).as(REACHED),
            max_by(whole(), when(ended, placeOfJourney())).as(LAST));
  }

  private static Dataset<Row> straddled(Dataset<Row> affected, Dataset<Row> sessions) {
    return of(affected, sessions)
        .where(
            col(Sessions.STARTED_AT).lt(col(FROM_AT)).and(col(Sessions.ENDED_AT).geq(col(FROM_AT))))
        .select(col(Sessions.CUSTOMER_ID).as(STRADDLED))
        .distinct();
  }

  private static Dataset<Row> of(Dataset<Row> customers, Dataset<Row> rows) {
    Dataset<Row> wanted = customers.withColumnRenamed(CUSTOMER_ID, WANTED);
    return rows.join(wanted, col(CUSTOMER_ID).equalTo(col(WANTED)), "inner").drop(WANTED);
  }
}
