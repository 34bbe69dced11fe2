package io.itinera.jobs.stage;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_seconds;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.to_utc_timestamp;

import io.itinera.core.customer.Classify;
import io.itinera.core.customer.CustomerRules;
import io.itinera.core.customer.DescribePersons;
import io.itinera.core.customer.MakeCards;
import io.itinera.core.customer.SumDays;
import io.itinera.core.customer.SumTotals;
import io.itinera.core.customer.TraceStages;
import io.itinera.core.identity.GroupHouseholds;
import io.itinera.core.identity.HouseholdRules;
import io.itinera.core.rule.SetIds;
import io.itinera.core.spark.HeldRows;
import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.AffectedCustomers;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.CustomerStages;
import io.itinera.core.table.CustomerTotals;
import io.itinera.core.table.Customers;
import io.itinera.core.table.Households;
import io.itinera.core.table.Identities;
import io.itinera.core.table.Profiles;
import io.itinera.core.table.Sessions;
import io.itinera.core.table.SetOwners;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.NamedKeys;
import io.itinera.jobs.lake.OwnersSince;
import io.itinera.jobs.night.SideBySide;
import io.itinera.jobs.night.StageContext;
import java.sql.Timestamp;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Touchpoints to sums per day, sums per customer and identity cards. */
final class CustomersJob {

  private static final String SINCE = "since";
  private static final String WANTED = "wanted_id";
  private static final Column EVER = timestamp_seconds(lit(0L));

  static final List<String> COLUMNS =
      List.of(
          Touchpoints.TOUCHPOINT_ID,
          Touchpoints.EVENT_DATE,
          Touchpoints.SOURCE,
          Touchpoints.CHANNEL,
          Touchpoints.TYPE,
          Touchpoints.STAGE,
          Touchpoints.OCCURRED_AT,
          Touchpoints.ORDER_ID,
          Touchpoints.REPEATS_TOUCHPOINT_ID,
          Touchpoints.PRODUCT_IDS,
          Touchpoints.CATEGORY,
          Touchpoints.VALUE,
          Touchpoints.DURATION_SECONDS,
          Touchpoints.RATING,
          Touchpoints.RATING_SCALE,
          Touchpoints.DEVICE);

  private CustomersJob() {}

  static void run(StageContext context) {
    if (context.seen().isEmpty()) {
      everyone(context);
    } else {
      affected(context);
    }
    households(context);
  }

  private static void households(StageContext context) {
    Lake lake = context.lake();
    HouseholdRules rules = context.config().households();
    if (rules.areWanted()) {
      String idKey = context.config().identity().idKey();
      lake.overwrite(
          Households.TABLE, GroupHouseholds.group(lake.read(Customers.TABLE), rules, idKey));
    } else if (lake.bytes(Households.TABLE) > 0) {
      lake.overwrite(Households.TABLE, List.of());
    }
  }

  private static void everyone(StageContext context) {
    Lake lake = context.lake();
    lake.overwrite(
        CustomerDays.TABLE, SumDays.days(ReadOwned.ofEveryone(context, COLUMNS), rules(context)));
    Dataset<Row> totals = SumTotals.totals(lake.read(CustomerDays.TABLE)).transform(HoldRows::of);
    Dataset<Row> cards = cards(context, totals, UnaryOperator.identity());
    SideBySide.run(
        List.of(
            () -> lake.overwrite(Customers.TABLE, classified(context, totals, cards)),
            () ->
                lake.overwrite(
                    CustomerStages.TABLE, stages(context, lake.read(CustomerDays.TABLE))),
            () -> lake.overwrite(CustomerTotals.TABLE, totals)));
  }

  /** Cards as a night of that day would make them of what is known now; none of it is stored. */
  static Dataset<Row> cardsOf(StageContext context) {
    Dataset<Row> days =
        context
            .lake()
            .read(CustomerDays.TABLE)
            .where(col(CustomerDays.EVENT_DATE).leq(lit(context.asOf())));
    Dataset<Row> totals = SumTotals.totals(days).transform(HoldRows::of);
    return classified(context, totals, cards(context, totals, UnaryOperator.identity()));
  }

  private static void affected(StageContext context) {
    Lake lake = context.lake();
    // Whose stage is over has no other days than before.
    Dataset<Row> expired =
        TraceStages.expired(lake.read(CustomerStages.TABLE), context.asOfEnd())
            .withColumn(AffectedCustomers.FROM_AT, lit(Timestamp.from(context.asOfEnd())));
    HeldRows found = UnseenChanges.affectedSince(context, context.seen().get(), expired);
    Dataset<Row> stored = lake.read(Customers.TABLE);
    if (found.areNone()) {
      // A day has passed for everybody.
      lake.overwrite(Customers.TABLE, classified(context, lake.read(CustomerTotals.TABLE), stored));
      return;
    }
    Dataset<Row> affected = found.toJoin();
    Dataset<Row> since =
        affected.select(col(AffectedCustomers.CUSTOMER_ID), dayStart(context).as(SINCE));
    Dataset<Row> sinceDay = sinceDay(context, since);
    lake.replaceOwners(
        CustomerDays.TABLE,
        new OwnersSince(CustomerDays.CUSTOMER_ID, col(CustomerDays.EVENT_DATE), sinceDay),
        days(context, since, sinceDay));
    NamedKeys theirs =
        new NamedKeys(
            List.of(Customers.CUSTOMER_ID), affected.select(AffectedCustomers.CUSTOMER_ID));
    lake.replace(CustomerTotals.TABLE, theirs, SumTotals.totals(theirDays(context, theirs)));
    lake.replace(CustomerStages.TABLE, theirs, stages(context, theirDays(context, theirs)));
    // What has just been written is read sooner than made twice.
    Dataset<Row> totals = lake.read(CustomerTotals.TABLE);
    Dataset<Row> cards = cards(context, theirs.replaced(totals), theirs::replaced);
    lake.overwrite(
        Customers.TABLE, classified(context, totals, theirs.staying(stored).union(cards)));
  }

  /** Days from {@code sinceDay} on; orders of the evening before may go on in the first. */
  private static Dataset<Row> days(
      StageContext context, Dataset<Row> since, Dataset<Row> sinceDay) {
    Dataset<Row> days =
        SumDays.days(ReadOwned.sinceEveOf(context, since, col(SINCE), COLUMNS), rules(context));
    Dataset<Row> wanted = sinceDay.withColumnRenamed(CustomerDays.CUSTOMER_ID, WANTED);
    return days.join(
        wanted,
        col(CustomerDays.CUSTOMER_ID)
            .equalTo(col(WANTED))
            .and(col(CustomerDays.EVENT_DATE).geq(col(SINCE))),
        "left_semi");
  }

  private static Dataset<Row> theirDays(StageContext context, NamedKeys theirs) {
    return theirs.replaced(context.lake().read(CustomerDays.TABLE));
  }

  /**
   * Cards of some customers.
   *
   * @param theirs leaves of rows with a customer those of these customers
   */
  private static Dataset<Row> cards(
      StageContext context, Dataset<Row> totals, UnaryOperator<Dataset<Row>> theirs) {
    Lake lake = context.lake();
    Dataset<Row> owners =
        theirs
            .apply(lake.read(SetOwners.TABLE))
            .select(
                col(SetOwners.SET_ID),
                col(SetOwners.SET_CHECK),
                col(SetOwners.VALID_FROM),
                col(SetOwners.VALID_TO),
                col(SetOwners.CUSTOMER_ID).as(DescribePersons.PERSON_ID));
    // What names no more than a device that changes hands is about its owner of that time.
    Column made = coalesce(col(Profiles.CREATED_AT), col(Profiles.UPDATED_AT), EVER);
    Column isThen =
        made.geq(col(SetOwners.VALID_FROM))
            .and(col(SetOwners.VALID_TO).isNull().or(made.lt(col(SetOwners.VALID_TO))));
    Column named = col(Profiles.IDENTIFIERS);
    Column isTheirs =
        SetIds.of(named)
            .equalTo(col(SetOwners.SET_ID))
            .and(SetIds.check(named).equalTo(col(SetOwners.SET_CHECK)))
            .and(isThen);
    return MakeCards.cards(
        theirs.apply(lake.read(Identities.TABLE)),
        totals,
        DescribePersons.persons(
            profiles(context).join(owners, isTheirs, "inner"), rules(context).survivorship()),
        new MakeCards.CardInputs(theirs.apply(sessions(context)), rules(context)));
  }

  private static Dataset<Row> sessions(StageContext context) {
    return context
        .lake()
        .read(Sessions.TABLE)
        .where(col(Sessions.STARTED_AT).lt(lit(Timestamp.from(context.asOfEnd()))));
  }

  private static Dataset<Row> profiles(StageContext context) {
    Column made = coalesce(col(Profiles.CREATED_AT), col(Profiles.UPDATED_AT));
    Column isDue = made.isNull().or(made.lt(lit(Timestamp.from(context.asOfEnd()))));
    return context.lake().read(Profiles.TABLE).where(isDue);
  }

  private static Dataset<Row> classified(
      StageContext context, Dataset<Row> totals, Dataset<Row> cards) {
    return Classify.cards(cards, totals, context.asOf(), rules(context));
  }

  private static Dataset<Row> stages(StageContext context, Dataset<Row> days) {
    return TraceStages.stages(days, context.asOfEnd(), rules(context));
  }

  private static CustomerRules rules(StageContext context) {
    return context.config().customers();
  }

  private static Column dayStart(StageContext context) {
    String zone = context.config().timeZone().getId();
    Column day = to_date(from_utc_timestamp(col(AffectedCustomers.FROM_AT), zone));
    return to_utc_timestamp(day.cast("timestamp"), zone);
  }

  private static Dataset<Row> sinceDay(StageContext context, Dataset<Row> since) {
    String zone = context.config().timeZone().getId();
    return since.select(
        col(CustomerDays.CUSTOMER_ID), to_date(from_utc_timestamp(col(SINCE), zone)).as(SINCE));
  }
}
