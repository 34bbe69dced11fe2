package io.itinera.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.xxhash64;

import io.itinera.core.identity.Owners;
import io.itinera.core.rule.Hold;
import io.itinera.core.rule.Place;
import io.itinera.core.table.Evidence;
import io.itinera.core.table.Identities;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.night.StageContext;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The touchpoints of given customers, read from no other days than those on which evidence says
 * that they have some.
 */
final class OwnedTouchpoints {

  /** Column: the customer that the touchpoint is stored with, which may be another by now. */
  static final String STORED_CUSTOMER_ID = "stored_customer_id";

  /** Column: the session that the touchpoint is stored with. */
  static final String STORED_SESSION_ID = "stored_session_id";

  private static final String OWNER = "owner_id";
  private static final String OWNED_SET = "owned_set";
  private static final String SINCE = "owned_since";
  private static final String WANTED = "wanted_id";

  private OwnedTouchpoints() {}

  /** All touchpoints up to as_of that anybody owns. */
  static Dataset<Row> ofEveryone(StageContext context, List<String> columns) {
    Dataset<Row> sets = sets(context);
    Dataset<Row> owners = owners(context, sets).withColumn(SINCE, beginning());
    Dataset<Row> due =
        context
            .lake()
            .read(Touchpoints.TABLE)
            .where(col(Touchpoints.EVENT_DATE).leq(lit(java.sql.Date.valueOf(context.asOf()))));
    return owned(context, due, owners, columns);
  }

  /**
   * The touchpoints up to as_of of some customers.
   *
   * @param customers customer_id, and what {@code since} names
   * @param since the {@link Place} from which on a customer's touchpoints are wanted
   * @param columns columns of {@link Touchpoints} to read
   * @return those columns, with the owner of today as customer_id
   */
  static Dataset<Row> since(
      StageContext context, Dataset<Row> customers, Column since, List<String> columns) {
    Dataset<Row> wanted = customers.select(col(Identities.CUSTOMER_ID).as(WANTED), since.as(SINCE));
    Row earliest = wanted.agg(min(col(SINCE).getField(Place.AT))).first();
    if (earliest.isNullAt(0)) {
      return owned(
          context, context.lake().read(Touchpoints.TABLE).limit(0), none(context), columns);
    }
    String zone = context.config().timeZone().getId();
    Column firstDay = to_date(from_utc_timestamp(lit(earliest.getTimestamp(0)), zone));
    Dataset<Row> sets = setsNaming(context, wanted, firstDay).transform(Hold::of);
    Dataset<Row> owners =
        owners(context, sets)
            .join(wanted, col(OWNER).equalTo(col(WANTED)), "inner")
            .transform(Hold::toJoin);
    Column isWanted =
        col(Evidence.EVENT_DATE)
            .geq(to_date(from_utc_timestamp(col(SINCE).getField(Place.AT), zone)));
    List<Object> days =
        new ArrayList<>(
            sets
                .join(owners, col(Evidence.SET_ID).equalTo(col(OWNED_SET)), "inner")
                .where(isWanted)
                .select(Evidence.EVENT_DATE)
                .distinct()
                .collectAsList()
                .stream()
                .map(row -> (Object) row.getDate(0))
                .toList());
    Dataset<Row> read =
        context
            .lake()
            .read(Touchpoints.TABLE)
            .where(col(Touchpoints.EVENT_DATE).isin(days.toArray()));
    return owned(context, read, owners, columns);
  }

  private static Dataset<Row> owned(
      StageContext context, Dataset<Row> touchpoints, Dataset<Row> owners, List<String> columns) {
    boolean excludesBots = context.config().raw().bots().exclude();
    List<Column> selected = new ArrayList<>();
    columns.forEach(column -> selected.add(col(column)));
    selected.add(col(Touchpoints.CUSTOMER_ID).as(STORED_CUSTOMER_ID));
    selected.add(col(Touchpoints.SESSION_ID).as(STORED_SESSION_ID));
    selected.add(col(OWNER).as(Touchpoints.CUSTOMER_ID));
    // A bot may use identifiers that are a person's on other days.
    Column isPerson = excludesBots ? col(Touchpoints.BOT_REASON).isNull() : lit(true);
    Column isSince = Place.ofTouchpoint().geq(col(SINCE));
    return touchpoints
        .join(owners, xxhash64(col(Touchpoints.IDENTIFIERS)).equalTo(col(OWNED_SET)), "inner")
        .where(isSince.and(isPerson))
        .select(selected.toArray(Column[]::new));
  }

  private static Dataset<Row> sets(StageContext context) {
    return Changes.evidenceUpToAsOf(context).where(col(Evidence.KIND).equalTo("touchpoint"));
  }

  private static Dataset<Row> owners(StageContext context, Dataset<Row> sets) {
    return Owners.ofSets(sets, context.lake().read(Identities.TABLE), context.config().identity())
        .select(col(Evidence.SET_ID).as(OWNED_SET), col(Identities.CUSTOMER_ID).as(OWNER));
  }

  private static Dataset<Row> none(StageContext context) {
    return owners(context, sets(context).limit(0)).withColumn(SINCE, beginning());
  }

  /** In front of everything: null sorts first. */
  private static Column beginning() {
    return Place.before(lit(null).cast("timestamp"));
  }

  /** Sets since the first day in which an identifier of a wanted customer stands. */
  private static Dataset<Row> setsNaming(
      StageContext context, Dataset<Row> wanted, Column firstDay) {
    Dataset<Row> theirs =
        context
            .lake()
            .read(Identities.TABLE)
            .join(wanted, col(Identities.CUSTOMER_ID).equalTo(col(WANTED)), "left_semi")
            .select(col(Identities.TYPE).as("their_type"), col(Identities.VALUE).as("their_value"));
    Dataset<Row> sets = sets(context).where(col(Evidence.EVENT_DATE).geq(firstDay));
    Dataset<Row> named =
        sets.select(
                col(Evidence.SET_ID).as("named_set"), explode(col(Evidence.IDENTIFIERS)).as("id"))
            .join(
                theirs,
                col("id.type")
                    .equalTo(col("their_type"))
                    .and(col("id.value").equalTo(col("their_value"))),
                "left_semi")
            .select("named_set")
            .distinct();
    return sets.join(named, col(Evidence.SET_ID).equalTo(col("named_set")), "left_semi");
  }
}
