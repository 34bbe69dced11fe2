package io.itinera.core.journey;

import static io.itinera.core.table.StageJourneys.CUSTOMER_ID;
import static io.itinera.core.table.StageJourneys.ENDED_AT;
import static io.itinera.core.table.StageJourneys.STARTED_AT;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.journey.Walk.Journey;
import io.itinera.core.journey.Walk.Touch;
import io.itinera.core.table.AffectedCustomers;
import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.JourneyOutcome;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.core.table.StageJourneys;
import io.itinera.core.table.Touchpoints;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Follows customers along a way of stages. */
public final class FollowWay {

  private static final String STAGE = "stage_place";
  private static final String FURTHEST = "furthest_place";
  private static final String PLACES = "stage_places";
  private static final double MICROS_OF_DAY = 86_400_000_000.0;
  private static final int ID_LENGTH = 32;

  private static final StructType FOUND =
      new StructType()
          .add(CUSTOMER_ID, DataTypes.StringType)
          .add(StageJourneys.JOURNEY_NUMBER, DataTypes.LongType)
          .add(STARTED_AT, DataTypes.TimestampType)
          .add(ENDED_AT, DataTypes.TimestampType)
          .add(FURTHEST, DataTypes.IntegerType)
          .add(PLACES, DataTypes.createArrayType(DataTypes.IntegerType))
          .add(StageJourneys.STAGES_AT, ColumnTypes.TIMESTAMPS)
          .add(StageJourneys.RETURNS_COUNT, DataTypes.LongType)
          .add(StageJourneys.TOUCHPOINTS_COUNT, DataTypes.LongType)
          .add(StageJourneys.CHANNELS, ColumnTypes.STRINGS)
          .add(StageJourneys.FIRST_TOUCHPOINT_ID, DataTypes.StringType)
          .add(StageJourneys.LAST_TOUCHPOINT_ID, DataTypes.StringType);

  private FollowWay() {}

  /**
   * One row per journey along the way.
   *
   * @param touchpoints rows of {@link OwnedTouchpoints}, all of each customer; sessions may be
   *     missing
   * @param asOfEnd first instant after the night
   * @return rows of {@link StageJourneys}
   */
  public static Dataset<Row> journeys(Dataset<Row> touchpoints, Instant asOfEnd, WayRules rules) {
    int stages = rules.stages().size();
    Duration gap = rules.gap();
    Dataset<Row> found =
        touchpoints
            .select(
                col(OwnedTouchpoints.CUSTOMER_ID),
                col(Touchpoints.OCCURRED_AT),
                col(Touchpoints.SEQUENCE),
                col(Touchpoints.TOUCHPOINT_ID),
                col(Touchpoints.CHANNEL),
                rules.stage().as(STAGE))
            .where(col(STAGE).isNotNull())
            .repartition(col(OwnedTouchpoints.CUSTOMER_ID))
            .sortWithinPartitions(
                OwnedTouchpoints.CUSTOMER_ID,
                Touchpoints.OCCURRED_AT,
                Touchpoints.SEQUENCE,
                Touchpoints.TOUCHPOINT_ID)
            .mapPartitions(
                (MapPartitionsFunction<Row, Row>) rows -> new Walks(rows, stages, gap),
                Encoders.row(FOUND));
    return rules.table().conform(described(found, asOfEnd, rules));
  }

  /** Customers whose open journey's silence has passed by {@code asOfEnd}: with from_at. */
  public static Dataset<Row> expired(Dataset<Row> journeys, Instant asOfEnd, WayRules rules) {
    return journeys
        .where(col(StageJourneys.OUTCOME).equalTo(JourneyOutcome.OPEN.text()))
        .where(isAbandoned(asOfEnd, rules))
        .select(col(CUSTOMER_ID), lit(Timestamp.from(asOfEnd)).as(AffectedCustomers.FROM_AT))
        .distinct();
  }

  private static Column isAbandoned(Instant asOfEnd, WayRules rules) {
    return lit(Timestamp.from(asOfEnd.minus(rules.gap()))).gt(col(ENDED_AT));
  }

  private static Dataset<Row> described(Dataset<Row> found, Instant asOfEnd, WayRules rules) {
    Column isConverted = col(FURTHEST).equalTo(rules.stages().size() - 1);
    Column id = concat_ws("|", lit(rules.table().name()), col(StageJourneys.FIRST_TOUCHPOINT_ID));
    Column micros = unix_micros(col(ENDED_AT)).minus(unix_micros(col(STARTED_AT)));
    return found
        .withColumn(StageJourneys.JOURNEY_ID, substring(sha2(id, 256), 1, ID_LENGTH))
        .withColumn(
            StageJourneys.OUTCOME,
            when(isConverted, JourneyOutcome.CONVERTED.text())
                .when(isAbandoned(asOfEnd, rules), JourneyOutcome.ABANDONED.text())
                .otherwise(JourneyOutcome.OPEN.text()))
        .withColumn(StageJourneys.STAGE_REACHED, rules.nameOf(col(FURTHEST)))
        .withColumn(StageJourneys.STAGES, transform(col(PLACES), rules::nameOf))
        .withColumn(StageJourneys.DAYS_TO_CONVERT, when(isConverted, micros.divide(MICROS_OF_DAY)))
        .withColumn(
            StageJourneys.ENDED_ON,
            to_date(from_utc_timestamp(col(ENDED_AT), rules.timeZone().getId())));
  }

  /** The journeys of customers whose touches stream by: no more than one journey is held. */
  private static final class Walks implements Iterator<Row> {
    private final Iterator<Row> touches;
    private final int stages;
    private final Duration gap;
    private final List<Row> ready = new ArrayList<>();
    private String customer;
    private Walk walk;

    private Walks(Iterator<Row> touches, int stages, Duration gap) {
      this.touches = touches;
      this.stages = stages;
      this.gap = gap;
    }

    @Override
    public boolean hasNext() {
      while (ready.isEmpty() && (touches.hasNext() || walk != null)) {
        if (touches.hasNext()) {
          take(touches.next());
        } else {
          leave();
        }
      }
      return !ready.isEmpty();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ready.remove(0);
    }

    private void take(Row row) {
      String owner = row.getString(row.fieldIndex(OwnedTouchpoints.CUSTOMER_ID));
      if (!owner.equals(customer)) {
        leave();
        customer = owner;
        walk = new Walk(stages, gap);
      }
      Touch touch =
          new Touch(
              row.getString(row.fieldIndex(Touchpoints.TOUCHPOINT_ID)),
              row.getTimestamp(row.fieldIndex(Touchpoints.OCCURRED_AT)).toInstant(),
              row.getInt(row.fieldIndex(STAGE)),
              row.getString(row.fieldIndex(Touchpoints.CHANNEL)));
      walk.next(touch).forEach(journey -> ready.add(row(journey)));
    }

    private void leave() {
      if (walk != null) {
        walk.end().ifPresent(journey -> ready.add(row(journey)));
        walk = null;
      }
    }

    private Row row(Journey journey) {
      return RowFactory.create(
          customer,
          (long) journey.number,
          Timestamp.from(journey.first.at()),
          Timestamp.from(journey.last.at()),
          journey.furthest,
          journey.stages.toArray(Integer[]::new),
          journey.stagesAt.stream().map(Timestamp::from).toArray(Timestamp[]::new),
          journey.returns,
          journey.touches,
          journey.channels.toArray(String[]::new),
          journey.first.id(),
          journey.last.id());
    }
  }
}
