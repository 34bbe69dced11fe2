package io.itinera.jobs.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_seconds;

import io.itinera.core.rule.Place;
import io.itinera.core.session.Sessionize;
import io.itinera.core.spark.HeldRows;
import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.CustomerStages;
import io.itinera.core.table.CustomerTotals;
import io.itinera.core.table.Customers;
import io.itinera.core.table.Evidence;
import io.itinera.core.table.Identities;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.Sessions;
import io.itinera.core.table.SetOwners;
import io.itinera.core.table.Table;
import io.itinera.core.table.TouchpointSessions;
import io.itinera.core.table.Touchpoints;
import io.itinera.core.verify.FindDifferences;
import io.itinera.core.verify.SampleCustomers;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.StageContext;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Makes sessions, journeys, days, totals and what configuration defines beside them of some
 * customers anew, of nothing but their touchpoints and by the steps that a rebuild runs, and
 * compares what is stored with them. Whose touchpoints are, it stitches anew, too, of the evidence
 * about whom these customers are connected with.
 */
final class VerifyJob {

  static final String CHECK = "rows of some customers are what their touchpoints make";

  private static final int MOST_SHOWN = 50;
  private static final Column EVER = timestamp_seconds(lit(0L));
  private static final String WANTED_TOUCHPOINT = "wanted_touchpoint";
  private static final String WANTED_SESSION = "wanted_session";

  private static final List<Table> READ =
      List.of(
          Touchpoints.TABLE,
          Evidence.TABLE,
          SetOwners.TABLE,
          Identities.TABLE,
          TouchpointSessions.TABLE,
          Sessions.TABLE,
          Journeys.TABLE,
          CustomerDays.TABLE,
          CustomerTotals.TABLE,
          CustomerStages.TABLE,
          Customers.TABLE);

  /** What of a card follows from touchpoints alone; the rest is of profiles and of the night. */
  private static final Table CARDS =
      Customers.TABLE.narrowedTo(
          Customers.CUSTOMER_ID,
          Customers.FIRST_SEEN_AT,
          Customers.LAST_SEEN_AT,
          Customers.TOUCHPOINTS_COUNT,
          Customers.SESSIONS_COUNT,
          Customers.ORDERS_COUNT,
          Customers.REVENUE,
          Customers.AVERAGE_ORDER_VALUE,
          Customers.AVERAGE_ITEMS_PER_ORDER);

  private VerifyJob() {}

  /** Looks at the customers of {@code draw}. Reads only. */
  static Verified verify(StageContext context, Draw draw) {
    Lake lake = context.lake();
    context.mode().expect(READ.stream().mapToLong(lake::bytes).sum());
    SampleCustomers sample = sample(lake, draw);
    HeldRows customers =
        HoldRows.counted(
            lake.read(SetOwners.TABLE)
                .where(sample.has(SetOwners.CUSTOMER_ID))
                .select(SetOwners.CUSTOMER_ID)
                .distinct());
    HeldRows touchpoints =
        HoldRows.counted(
            Sessionize.assign(
                ReadOwned.since(context, customers.toJoin(), Place.before(EVER), columns(context)),
                context.config().sessions()));
    MadeAnew made = MadeAnew.of(context, touchpoints.rows());
    Dataset<Row> owners =
        Stitched.around(context, sample).owners().where(sample.has(SetOwners.CUSTOMER_ID));
    Dataset<Row> primary =
        differences(lake, sample, touchpoints.rows(), made)
            .union(between(lake, sample, SetOwners.TABLE, owners));
    HeldRows differences =
        HoldRows.counted(
            DefinedAnew.rows(context, touchpoints.rows()).entrySet().stream()
                .map(each -> between(lake, sample, each.getKey(), each.getValue()))
                .reduce(primary, Dataset::union));
    return new Verified(
        new Verified.Counts(
            customers.count(),
            touchpoints.count(),
            made.sessions().count(),
            made.journeys().count()),
        differences.count(),
        shown(differences));
  }

  private static SampleCustomers sample(Lake lake, Draw draw) {
    if (draw.count().isEmpty()) {
      return SampleCustomers.ofShare(draw.share(), draw.seed());
    }
    Row largest =
        SampleCustomers.largestOf(
                lake.read(SetOwners.TABLE).select(SetOwners.CUSTOMER_ID),
                draw.count().getAsInt(),
                draw.seed())
            .head();
    return new SampleCustomers(
        draw.seed(), largest.isNullAt(0) ? Long.MIN_VALUE : largest.getLong(0));
  }

  private static List<String> columns(StageContext context) {
    return Stream.of(
            ReadAnew.columns(context.config().sessions()),
            JourneysJob.COLUMNS,
            CustomersJob.COLUMNS,
            DefinedAnew.columns(context.config()).toList())
        .flatMap(List::stream)
        .distinct()
        .toList();
  }

  private static Dataset<Row> differences(
      Lake lake, SampleCustomers sample, Dataset<Row> touchpoints, MadeAnew made) {
    Dataset<Row> identities = lake.read(Identities.TABLE).where(sample.has(Identities.CUSTOMER_ID));
    return Stream.of(
            FindDifferences.between(
                TouchpointSessions.TABLE,
                touchpoints,
                membership(lake, touchpoints, stored(lake, sample, Sessions.TABLE))),
            between(lake, sample, Sessions.TABLE, made.sessions().rows()),
            between(lake, sample, Journeys.TABLE, made.journeys().rows()),
            between(lake, sample, CustomerDays.TABLE, made.days()),
            between(lake, sample, CustomerTotals.TABLE, made.totals()),
            between(lake, sample, CustomerStages.TABLE, made.stages()),
            between(lake, sample, CARDS, made.cards(identities)))
        .reduce(Dataset::union)
        .orElseThrow();
  }

  private static Dataset<Row> between(
      Lake lake, SampleCustomers sample, Table table, Dataset<Row> made) {
    return FindDifferences.between(table, made, stored(lake, sample, table));
  }

  /** What is stored of these customers, also if nobody has their touchpoints any more. */
  private static Dataset<Row> stored(Lake lake, SampleCustomers sample, Table table) {
    return lake.read(table).where(sample.has(Customers.CUSTOMER_ID));
  }

  /** The stored sessions of these touchpoints, and the touchpoints of these stored sessions. */
  private static Dataset<Row> membership(
      Lake lake, Dataset<Row> touchpoints, Dataset<Row> sessions) {
    Dataset<Row> ids = touchpoints.select(col(Touchpoints.TOUCHPOINT_ID).as(WANTED_TOUCHPOINT));
    Dataset<Row> theirs = sessions.select(col(Sessions.SESSION_ID).as(WANTED_SESSION)).distinct();
    return lake.read(TouchpointSessions.TABLE)
        .join(ids, col(TouchpointSessions.TOUCHPOINT_ID).equalTo(col(WANTED_TOUCHPOINT)), "left")
        .join(theirs, col(TouchpointSessions.SESSION_ID).equalTo(col(WANTED_SESSION)), "left")
        .where(col(WANTED_TOUCHPOINT).isNotNull().or(col(WANTED_SESSION).isNotNull()))
        .drop(WANTED_TOUCHPOINT, WANTED_SESSION);
  }

  private static List<Verified.Difference> shown(HeldRows differences) {
    if (differences.areNone()) {
      return List.of();
    }
    return differences
        .rows()
        .orderBy(FindDifferences.TABLE_NAME, FindDifferences.ROW_KEY, FindDifferences.COLUMN_NAME)
        .limit(MOST_SHOWN)
        .collectAsList()
        .stream()
        .map(row -> new Verified.Difference(row.getString(0), row.getString(1), row.getString(2)))
        .toList();
  }
}
