package io.itinera.core.nights;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.min;

import io.itinera.core.journey.CarryJourneys;
import io.itinera.core.journey.CutJourneys;
import io.itinera.core.journey.JourneyRules;
import io.itinera.core.rule.Place;
import io.itinera.core.session.FollowWeb;
import io.itinera.core.session.RecallSessions;
import io.itinera.core.session.RestartSessions;
import io.itinera.core.session.SessionRules;
import io.itinera.core.session.Sessionize;
import io.itinera.core.session.Summarize;
import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.core.table.Sessions;
import io.itinera.core.table.Table;
import io.itinera.core.table.Touchpoints;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The steps from touchpoints to sessions and journeys, put together as the nightly jobs do it. */
final class EngineNights {

  private static final StructType AFFECTED =
      new StructType()
          .add(RestartSessions.CUSTOMER_ID, DataTypes.StringType)
          .add(RestartSessions.FROM_AT, DataTypes.TimestampType);

  private final SparkSession spark;
  private final SessionRules sessionRules;
  private final List<JourneyRules> journeyRules;
  private final Map<String, String> sessionOfTouch = new TreeMap<>();
  private List<Row> sessions = List.of();
  private final Map<JourneyRules, List<Row>> journeys = new HashMap<>();

  /** Cuts journeys by each of {@code journeyRules} of the same sessions. */
  EngineNights(SparkSession spark, SessionRules sessionRules, List<JourneyRules> journeyRules) {
    this.spark = spark;
    this.sessionRules = sessionRules;
    this.journeyRules = journeyRules;
  }

  Dataset<Row> sessions() {
    return spark.createDataFrame(sessions, Sessions.TABLE.schema());
  }

  Dataset<Row> journeys(JourneyRules rules) {
    return spark.createDataFrame(journeys.getOrDefault(rules, List.of()), Journeys.TABLE.schema());
  }

  /**
   * One night.
   *
   * @param touches all touchpoints that there are now, before {@code asOfEnd}
   * @param changed customer to the earliest instant of what came, went or changed
   */
  void night(Collection<Touch> touches, Map<String, Instant> changed, Instant asOfEnd) {
    Dataset<Row> affected = affected(changed);
    sessionize(touches, affected, asOfEnd);
    journeyRules.forEach(rules -> cutJourneys(touches, affected, asOfEnd, rules));
  }

  /** The same, up to sessions. */
  void nightUpToSessions(Collection<Touch> touches, Map<String, Instant> changed, Instant asOfEnd) {
    sessionize(touches, affected(changed), asOfEnd);
  }

  private Dataset<Row> affected(Map<String, Instant> changed) {
    List<Row> from =
        changed.entrySet().stream()
            .map(entry -> RowFactory.create(entry.getKey(), Timestamp.from(entry.getValue())))
            .toList();
    return spark.createDataFrame(from, AFFECTED);
  }

  private void sessionize(Collection<Touch> touches, Dataset<Row> changed, Instant asOfEnd) {
    Dataset<Row> stored = sessions();
    Dataset<Row> affected =
        earliest(changed.unionByName(RestartSessions.expired(stored, asOfEnd, sessionRules)));
    Dataset<Row> all = dataset(touches);
    Column place = Place.before(col(RestartSessions.SINCE));
    Dataset<Row> byTime = RestartSessions.byTime(affected, stored, sessionRules);
    Dataset<Row> since =
        RestartSessions.since(byTime, stored, behind(all, byTime, place), sessionRules)
            .transform(HoldRows::of);
    Dataset<Row> anew = behind(all, since, place);
    Dataset<Row> members =
        all.join(
            RestartSessions.met(since, stored),
            col(OwnedTouchpoints.SESSION_ID).equalTo(col(RestartSessions.MET_SESSION)),
            "inner");
    Dataset<Row> assigned =
        Sessionize.assign(RestartSessions.withoutKept(anew, members), sessionRules)
            .transform(HoldRows::of);
    Dataset<Row> made =
        Summarize.sessions(
            assigned,
            RestartSessions.earlierSessions(since, stored, sessionRules),
            asOfEnd,
            sessionRules);
    if (sessionRules.preceding().link().isPresent()) {
      made = FollowWeb.named(made, RestartSessions.kept(since, stored), sessionRules.preceding());
    }
    sessions =
        replaced(Sessions.TABLE, stored, since, col(Sessions.STARTED_AT))
            .union(made)
            .collectAsList();
    assigned
        .select(Touchpoints.TOUCHPOINT_ID, OwnedTouchpoints.SESSION_ID)
        .collectAsList()
        .forEach(row -> sessionOfTouch.put(row.getString(0), row.getString(1)));
  }

  private void cutJourneys(
      Collection<Touch> touches, Dataset<Row> changed, Instant asOfEnd, JourneyRules rules) {
    Dataset<Row> stored = journeys(rules);
    Dataset<Row> affected =
        earliest(changed.unionByName(CarryJourneys.expired(stored, asOfEnd, rules)));
    CarryJourneys carry = CarryJourneys.of(affected, stored, sessions(), rules);
    Dataset<Row> anew =
        RecallSessions.beside(
            behind(dataset(touches), carry.since(), col(CarryJourneys.SINCE)),
            sessions().join(carry.since(), new String[] {Sessions.CUSTOMER_ID}, "left_semi"),
            sessionRules);
    Dataset<Row> made = CutJourneys.journeys(anew, carry, asOfEnd, rules).transform(HoldRows::of);
    Dataset<Row> all =
        Journeys.TABLE
            .without(
                replaced(Journeys.TABLE, stored, carry.replaced(), CarryJourneys.placeOfJourney()),
                made)
            .union(made);
    journeys.put(rules, all.collectAsList());
  }

  /** The touchpoints with the sessions that they were given. */
  Dataset<Row> dataset(Collection<Touch> touches) {
    StructType schema = OwnedTouchpoints.VIEW.schema();
    return spark.createDataFrame(
        touches.stream().map(touch -> touch.row(schema, sessionOfTouch.get(touch.id()))).toList(),
        schema);
  }

  private static Dataset<Row> earliest(Dataset<Row> affected) {
    return affected
        .groupBy(RestartSessions.CUSTOMER_ID)
        .agg(min(RestartSessions.FROM_AT).as(RestartSessions.FROM_AT))
        .transform(HoldRows::of);
  }

  private static Dataset<Row> behind(Dataset<Row> touches, Dataset<Row> since, Column place) {
    Dataset<Row> wanted =
        since.select(col(RestartSessions.CUSTOMER_ID).as("wanted"), place.as("place"));
    return touches
        .join(wanted, col(OwnedTouchpoints.CUSTOMER_ID).equalTo(col("wanted")), "inner")
        .where(Place.ofTouchpoint().geq(col("place")))
        .drop("wanted", "place");
  }

  private static Dataset<Row> replaced(
      Table table, Dataset<Row> stored, Dataset<Row> since, Column place) {
    Dataset<Row> wanted = since.select(col(RestartSessions.CUSTOMER_ID).as("wanted"), col("since"));
    Column isReplaced =
        col("wanted").equalTo(col(RestartSessions.CUSTOMER_ID)).and(place.geq(col("since")));
    return table.conform(stored.join(wanted, isReplaced, "left_anti"));
  }
}
