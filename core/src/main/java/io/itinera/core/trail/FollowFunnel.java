package io.itinera.core.trail;

import static org.apache.spark.sql.functions.col;

import io.itinera.core.table.Touchpoints;
import io.itinera.core.trail.CountFunnels.Until;
import io.itinera.core.trail.FunnelWalk.Stay;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Says of each customer how far they came in a funnel, as {@link CountFunnels} counts them. */
public final class FollowFunnel {

  public static final String CUSTOMER = CountFunnels.CUSTOMER;

  /** The step, from 1. */
  public static final String STEP = "step";

  /** Whether the customer went on to the next step that is not optional. */
  public static final String WENT_ON = "went_on";

  /** {@link #DROPPED}, {@link #OPEN} or done. */
  public static final String ENDING = "ending";

  /** The time for the next step is over, or something ended the attempt. */
  public static final String DROPPED = "dropped";

  /** The customer can still go on. */
  public static final String OPEN = "open";

  private static final StructType SCHEMA =
      new StructType()
          .add(CUSTOMER, DataTypes.StringType)
          .add(STEP, DataTypes.LongType)
          .add(WENT_ON, DataTypes.BooleanType)
          .add(ENDING, DataTypes.StringType);

  private FollowFunnel() {}

  /**
   * One row per customer and step that the customer's attempt took.
   *
   * @param touchpoints rows of {@link io.itinera.core.table.OwnedTouchpoints}; sessions may be
   *     missing
   */
  public static Dataset<Row> taken(Dataset<Row> touchpoints, FunnelRules funnel, Until until) {
    TrailRules only = new TrailRules(List.of(funnel), 1, Map.of(), 0, 0, 1, ZoneOffset.UTC);
    return CountFunnels.touches(touchpoints, only)
        .repartition(col(CUSTOMER))
        .sortWithinPartitions(
            CUSTOMER, CountFunnels.AT, Touchpoints.SEQUENCE, Touchpoints.TOUCHPOINT_ID)
        .mapPartitions(
            new Follower(funnel, CountFunnels.micros(until.end())), Encoders.row(SCHEMA));
  }

  private record Follower(FunnelRules funnel, long endMicros)
      implements MapPartitionsFunction<Row, Row> {

    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
      StepPatterns patterns = new StepPatterns(List.of(funnel));
      FunnelWalk walk = FunnelWalk.through(funnel);
      return StreamSupport.stream(
              Spliterators.spliteratorUnknownSize(
                  new CustomerTouches(rows, CUSTOMER), Spliterator.ORDERED),
              false)
          .flatMap(lines -> taken(lines, patterns, walk).stream())
          .iterator();
    }

    private List<Row> taken(List<Row> lines, StepPatterns patterns, FunnelWalk walk) {
      Touches touches = new Touches(lines);
      long[] micros = touches.micros();
      long[] bits = touches.bits(0);
      patterns.mark(0, touches.rows(), micros, bits);
      walk.follow(bits, micros);
      List<Row> rows = new ArrayList<>();
      for (int step = 0; step < funnel.steps().size(); step++) {
        Stay stay = walk.at(step, endMicros);
        if (stay != null) {
          rows.add(
              RowFactory.create(
                  lines.get(0).getAs(CUSTOMER),
                  step + 1L,
                  stay.goesOn(),
                  stay.ending().name().toLowerCase(Locale.ROOT)));
        }
      }
      return rows;
    }
  }
}
