package io.itinera.jobs;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.to_utc_timestamp;
import static org.apache.spark.sql.functions.xxhash64;

import io.itinera.core.customer.Classify;
import io.itinera.core.customer.CustomerRules;
import io.itinera.core.customer.DescribePersons;
import io.itinera.core.customer.MakeCards;
import io.itinera.core.customer.SumDays;
import io.itinera.core.customer.SumTotals;
import io.itinera.core.identity.Affected;
import io.itinera.core.identity.Owners;
import io.itinera.core.rule.Hold;
import io.itinera.core.rule.Place;
import io.itinera.core.rule.SideBySide;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.CustomerTotals;
import io.itinera.core.table.Customers;
import io.itinera.core.table.Evidence;
import io.itinera.core.table.Identities;
import io.itinera.core.table.Profiles;
import io.itinera.core.table.Sessions;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.OwnersSince;
import io.itinera.jobs.night.StageContext;
import java.sql.Timestamp;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Touchpoints to sums per day, sums per customer and identity cards. */
final class CustomersJob {

  private static final String SINCE = "since";
  private static final String ANYONE = "anyone_id";

  private static final List<String> COLUMNS =
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
  }

  private static void everyone(StageContext context) {
    Lake lake = context.lake();
    lake.overwrite(
        CustomerDays.TABLE,
        SumDays.days(OwnedTouchpoints.ofEveryone(context, COLUMNS), rules(context)));
    Dataset<Row> totals = SumTotals.totals(lake.read(CustomerDays.TABLE)).transform(Hold::of);
    Dataset<Row> cards =
        cards(context, lake.read(Identities.TABLE), totals, lake.read(Sessions.TABLE));
    write(context, totals, cards);
  }

  private static void affected(StageContext context) {
    Lake lake = context.lake();
    Dataset<Row> affected = Changes.affectedSince(context, context.seen().get());
    Dataset<Row> oldTotals = lake.read(CustomerTotals.TABLE);
    Dataset<Row> oldCards = lake.read(Customers.TABLE);
    if (affected.isEmpty()) {
      write(context, oldTotals, oldCards);
      return;
    }
    Dataset<Row> since =
        affected.select(col(Affected.CUSTOMER_ID), dayStart(context).as(SINCE)).transform(Hold::of);
    Dataset<Row> days =
        SumDays.days(
            OwnedTouchpoints.since(context, since, Place.before(col(SINCE)), COLUMNS),
            rules(context));
    lake.replaceOwners(
        CustomerDays.TABLE,
        new OwnersSince(
            CustomerDays.CUSTOMER_ID, col(CustomerDays.EVENT_DATE), sinceDay(context, since)),
        days);
    Dataset<Row> totals =
        SumTotals.totals(of(lake.read(CustomerDays.TABLE), affected, "left_semi"))
            .transform(Hold::of);
    Dataset<Row> cards =
        cards(
            context,
            of(lake.read(Identities.TABLE), affected, "left_semi"),
            totals,
            of(lake.read(Sessions.TABLE), affected, "left_semi"));
    write(
        context,
        of(oldTotals, affected, "left_anti").union(totals).transform(Hold::of),
        of(oldCards, affected, "left_anti").union(cards));
  }

  private static Dataset<Row> cards(
      StageContext context, Dataset<Row> identities, Dataset<Row> totals, Dataset<Row> sessions) {
    Dataset<Row> profiles = profiles(context);
    Column setId = xxhash64(col(Profiles.IDENTIFIERS));
    Dataset<Row> owners =
        Owners.ofSets(
            profiles.select(setId.as(Evidence.SET_ID), col(Profiles.IDENTIFIERS)),
            identities,
            context.config().identity());
    Dataset<Row> owned =
        profiles.join(
            owners.withColumnRenamed(Identities.CUSTOMER_ID, DescribePersons.PERSON_ID),
            setId.equalTo(owners.col(Evidence.SET_ID)),
            "inner");
    return MakeCards.cards(
        identities,
        totals,
        DescribePersons.persons(owned),
        new MakeCards.CardInputs(sessions, rules(context)));
  }

  private static Dataset<Row> profiles(StageContext context) {
    Column made = coalesce(col(Profiles.CREATED_AT), col(Profiles.UPDATED_AT));
    Column isDue = made.isNull().or(made.lt(lit(Timestamp.from(context.asOfEnd()))));
    return context
        .lake()
        .read(Profiles.TABLE)
        .where(isDue.and(size(col(Profiles.IDENTIFIERS)).gt(0)));
  }

  private static void write(StageContext context, Dataset<Row> totals, Dataset<Row> cards) {
    Lake lake = context.lake();
    Dataset<Row> classified = Classify.cards(cards, totals, context.asOf(), rules(context));
    SideBySide.run(
        List.of(
            () -> lake.overwrite(Customers.TABLE, classified),
            () -> lake.overwrite(CustomerTotals.TABLE, totals)));
  }

  private static CustomerRules rules(StageContext context) {
    return context.config().customers();
  }

  private static Column dayStart(StageContext context) {
    String zone = context.config().timeZone().getId();
    Column day = to_date(from_utc_timestamp(col(Affected.FROM_AT), zone));
    return to_utc_timestamp(day.cast("timestamp"), zone);
  }

  private static Dataset<Row> sinceDay(StageContext context, Dataset<Row> since) {
    String zone = context.config().timeZone().getId();
    return since.select(
        col(CustomerDays.CUSTOMER_ID), to_date(from_utc_timestamp(col(SINCE), zone)).as(SINCE));
  }

  private static Dataset<Row> of(Dataset<Row> rows, Dataset<Row> affected, String joinType) {
    Dataset<Row> ids = affected.select(col(Affected.CUSTOMER_ID).as(ANYONE));
    return rows.join(ids, col(Customers.CUSTOMER_ID).equalTo(col(ANYONE)), joinType);
  }
}
