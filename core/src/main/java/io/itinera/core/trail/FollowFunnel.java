package io.itinera.core.trail;

import io.itinera.core.rule.OrderLines.Line;
import io.itinera.core.spark.PackRows;
import io.itinera.core.spark.PackRows.Walk;
import io.itinera.core.spark.PackRows.Walks;
import io.itinera.core.spark.RowsOfCase;
import io.itinera.core.trail.CountFunnels.Until;
import io.itinera.core.trail.FunnelWalk.Stay;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
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
    return PackRows.walked(
        CountFunnels.touches(touchpoints, only),
        new Follower(funnel, CountFunnels.micros(until.end())),
        SCHEMA);
  }

  private record Follower(FunnelRules funnel, long endMicros) implements Walks<FunnelTouch> {

    private static final long serialVersionUID = 1L;

    @Override
    public Walk<FunnelTouch> begin() {
      return new Following(this);
    }
  }

  /** Follows one customer after the other. */
  private static final class Following implements Walk<FunnelTouch> {
    private final Follower rules;
    private final StepPatterns patterns;
    private final FunnelWalk walk;

    private Following(Follower rules) {
      this.rules = rules;
      this.patterns = new StepPatterns(List.of(rules.funnel()));
      this.walk = FunnelWalk.through(rules.funnel());
    }

    @Override
    public FunnelTouch kind(Row kind) {
      return FunnelTouch.of(kind);
    }

    @Override
    public List<Row> take(RowsOfCase<FunnelTouch> rows) {
      Touches<FunnelTouch> touches = new Touches<>();
      for (int i = 0; i < rows.size(); i++) {
        touches.add(rows.kind(i), Line.of(rows.own(i)), rows.micros(i));
      }
      long[] micros = touches.micros();
      long[] bits = touches.bits(touch -> touch.bits().get(0));
      patterns.mark(0, touches.firsts(), micros, bits);
      walk.follow(bits, micros);
      List<Row> taken = new ArrayList<>();
      for (int step = 0; step < rules.funnel().steps().size(); step++) {
        Stay stay = walk.at(step, rules.endMicros());
        if (stay != null) {
          taken.add(
              RowFactory.create(
                  rows.id(),
                  step + 1L,
                  stay.goesOn(),
                  stay.ending().name().toLowerCase(Locale.ROOT)));
        }
      }
      return taken;
    }

    @Override
    public List<Row> end() {
      return List.of();
    }
  }
}
