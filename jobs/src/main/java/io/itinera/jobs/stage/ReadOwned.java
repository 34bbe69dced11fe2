package io.itinera.jobs.stage;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.unix_micros;

import io.itinera.core.rule.OrderLines;
import io.itinera.core.rule.Place;
import io.itinera.core.spark.HeldRows;
import io.itinera.core.spark.HoldRows;
import io.itinera.core.spark.MapsAtHand;
import io.itinera.core.table.Evidence;
import io.itinera.core.table.EvidenceKind;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.core.table.SetOwners;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.night.StageContext;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Reads touchpoints with the customers whose they are: of all customers, or of given ones from no
 * other days than those on which evidence says that they have some.
 */
final class ReadOwned {

  /** So many owners have touchpoints on nearly every day: to ask for their days does not pay. */
  private static final long MANY = 10_000;

  /** One takes 160 bytes where it is sent, and as much again on its way: an eighth for all. */
  private static final long HEAP_OF_OWNER = 2_500;

  private static final String OWNER = "owner_id";
  private static final String OWNED_SET = "owned_set";
  private static final String OWNED_CHECK = "owned_check";
  private static final String OWNED_FROM = "owned_from";
  private static final String OWNED_TO = "owned_to";
  private static final String FIRST_DAY = "owned_first_day";
  private static final String SINCE = "owned_since";
  private static final String WANTED = "wanted_id";

  private ReadOwned() {}

  /**
   * All touchpoints up to as_of that anybody owns.
   *
   * @param columns columns of {@link Touchpoints} to read beside the customer
   */
  static Dataset<Row> ofEveryone(StageContext context, List<String> columns) {
    // In front of everything: null sorts first.
    Dataset<Row> owners =
        allOwners(context).withColumn(SINCE, Place.before(lit(null).cast("timestamp")));
    return owned(context, isDue(context), owners, columns);
  }

  /**
   * The touchpoints of some days, whosever they are; those of nobody known have no customer.
   *
   * @param isOnTheseDays condition over {@link Touchpoints#EVENT_DATE}
   * @param columns columns of {@link Touchpoints} to read beside the customer
   */
  static Dataset<Row> onDays(StageContext context, Column isOnTheseDays, List<String> columns) {
    Dataset<Row> touchpoints = touchpoints(context, isDue(context).and(isOnTheseDays));
    return selected(touchpoints.join(allOwners(context), isTheirs(), "left"), columns);
  }

  /** Rows of {@link Touchpoints} of some days, without whose they are. */
  static Dataset<Row> ofAnybody(StageContext context, Column isOnTheseDays) {
    return touchpoints(context, isDue(context).and(isOnTheseDays));
  }

  /**
   * The touchpoints up to as_of of some customers.
   *
   * @param customers customer_id, and what {@code since} names
   * @param since the {@link Place} from which on a customer's touchpoints are wanted
   * @param columns columns of {@link Touchpoints} to read beside the customer
   */
  static Dataset<Row> since(
      StageContext context, Dataset<Row> customers, Column since, List<String> columns) {
    return of(context, customers, columns, from(context, since, since.getField(Place.AT)));
  }

  /**
   * The same from the evening before a day on, as long as orders of that may go on in it.
   *
   * @param start when the day begins
   */
  static Dataset<Row> sinceEveOf(
      StageContext context, Dataset<Row> customers, Column start, List<String> columns) {
    Column evening =
        timestamp_micros(unix_micros(start).minus(OrderLines.OVER_MIDNIGHT.toNanos() / 1_000));
    return of(context, customers, columns, from(context, Place.before(evening), start));
  }

  /** Where and on which day it begins, for {@link #of}. */
  private static Column[] from(StageContext context, Column since, Column at) {
    String zone = context.config().timeZone().getId();
    // Where clocks are put back over midnight, a day comes before the one that it follows.
    Column firstDay = date_sub(to_date(from_utc_timestamp(at, zone)), 1);
    return new Column[] {
      col(SetOwners.CUSTOMER_ID).as(WANTED), since.as(SINCE), firstDay.as(FIRST_DAY)
    };
  }

  private static Dataset<Row> of(
      StageContext context, Dataset<Row> customers, List<String> columns, Column[] from) {
    Dataset<Row> owners =
        owners(context)
            .join(customers.select(from), col(OWNER).equalTo(col(WANTED)), "inner")
            .drop(WANTED);
    if (context.mode().isLittle()) {
      // To read all days takes less than to ask which.
      return owned(context, isDue(context), owners, columns);
    }
    HeldRows held = HoldRows.dated(owners, FIRST_DAY);
    return owned(context, isOnTheirDays(context, held), held.toJoin(), columns);
  }

  /**
   * The touchpoints up to as_of that name one of some sets of identifiers, whoever's they are.
   *
   * @param sets set_id, set_check, and what is wanted beside the touchpoints
   * @param evidence rows of {@link Evidence}, all those that name one of the sets
   * @return the columns of {@code sets}, and those that put touchpoints in order
   */
  static Dataset<Row> ofSets(StageContext context, Dataset<Row> sets, Dataset<Row> evidence) {
    Column isWanted = isDue(context);
    if (!context.mode().isLittle()) {
      List<Date> days =
          daysOf(
              evidence.join(
                  sets, new String[] {SetOwners.SET_ID, SetOwners.SET_CHECK}, "left_semi"));
      isWanted = isWanted.and(col(Touchpoints.EVENT_DATE).isin(days.toArray()));
    }
    return context
        .lake()
        .read(Touchpoints.TABLE)
        .where(isWanted.and(isPerson(context)))
        .select(
            Touchpoints.SET_ID,
            Touchpoints.SET_CHECK,
            Touchpoints.OCCURRED_AT,
            Touchpoints.SEQUENCE,
            Touchpoints.TOUCHPOINT_ID)
        .join(sets, new String[] {SetOwners.SET_ID, SetOwners.SET_CHECK}, "inner");
  }

  private static Column isOnTheirDays(StageContext context, HeldRows owners) {
    if (owners.areNone()) {
      return lit(false);
    }
    LocalDate earliest = owners.days().iterator().next();
    return owners.count() > MANY
        ? isDue(context).and(col(Touchpoints.EVENT_DATE).geq(lit(Date.valueOf(earliest))))
        : col(Touchpoints.EVENT_DATE).isin(days(context, owners, earliest).toArray());
  }

  /** Days on which evidence says that {@code owners} have touchpoints that are wanted. */
  private static List<Date> days(StageContext context, HeldRows owners, LocalDate earliest) {
    return daysOf(
        UnseenChanges.evidenceUpToAsOf(context)
            .where(col(Evidence.EVENT_DATE).geq(lit(Date.valueOf(earliest))))
            .join(owners.toJoin(), isOwned(), "inner")
            .where(col(Evidence.EVENT_DATE).geq(col(FIRST_DAY))));
  }

  private static List<Date> daysOf(Dataset<Row> evidence) {
    return evidence
        .where(col(Evidence.KIND).equalTo(EvidenceKind.TOUCHPOINT.text()))
        .select(Evidence.EVENT_DATE)
        .distinct()
        .collectAsList()
        .stream()
        .map(row -> row.getDate(0))
        .toList();
  }

  private static Column isDue(StageContext context) {
    return col(Touchpoints.EVENT_DATE).leq(lit(Date.valueOf(context.asOf())));
  }

  private static Dataset<Row> owned(
      StageContext context, Column isOnTheseDays, Dataset<Row> owners, List<String> columns) {
    Dataset<Row> owned =
        touchpoints(context, isOnTheseDays)
            .join(owners, isTheirs(), "inner")
            .where(Place.ofTouchpoint().geq(col(SINCE)));
    return selected(owned, columns);
  }

  private static Dataset<Row> touchpoints(StageContext context, Column isOnTheseDays) {
    return context.lake().read(Touchpoints.TABLE).where(isOnTheseDays.and(isPerson(context)));
  }

  private static Column isTheirs() {
    Column time = col(Touchpoints.OCCURRED_AT);
    return isOwned()
        .and(time.geq(col(OWNED_FROM)))
        .and(col(OWNED_TO).isNull().or(time.lt(col(OWNED_TO))));
  }

  private static Dataset<Row> selected(Dataset<Row> owned, List<String> columns) {
    Column[] selected =
        Stream.concat(Stream.of(OwnedTouchpoints.CUSTOMER_ID), columns.stream())
            .map(ReadOwned::column)
            .toArray(Column[]::new);
    return owned.withColumnRenamed(OWNER, OwnedTouchpoints.CUSTOMER_ID).select(selected);
  }

  private static Column column(String name) {
    // Conditions look up several of them.
    return name.equals(Touchpoints.PROPERTIES) ? MapsAtHand.of(col(name)).as(name) : col(name);
  }

  /** A bot may use identifiers that are a person's on other days. */
  private static Column isPerson(StageContext context) {
    return context.config().raw().bots().exclude()
        ? col(Touchpoints.BOT_REASON).isNull()
        : lit(true);
  }

  private static Column isOwned() {
    return col(Touchpoints.SET_ID)
        .equalTo(col(OWNED_SET))
        .and(col(Touchpoints.SET_CHECK).equalTo(col(OWNED_CHECK)));
  }

  /** Sent to the touchpoints where they have room beside them, which are many times as large. */
  private static Dataset<Row> allOwners(StageContext context) {
    boolean haveRoom =
        !context.mode().isLittle()
            && context.lake().rowCount(SetOwners.TABLE).orElse(Long.MAX_VALUE)
                <= Runtime.getRuntime().maxMemory() / HEAP_OF_OWNER;
    return haveRoom ? broadcast(owners(context)) : owners(context);
  }

  private static Dataset<Row> owners(StageContext context) {
    return context
        .lake()
        .read(SetOwners.TABLE)
        .select(
            col(SetOwners.SET_ID).as(OWNED_SET),
            col(SetOwners.SET_CHECK).as(OWNED_CHECK),
            col(SetOwners.VALID_FROM).as(OWNED_FROM),
            col(SetOwners.VALID_TO).as(OWNED_TO),
            col(SetOwners.CUSTOMER_ID).as(OWNER));
  }
}
