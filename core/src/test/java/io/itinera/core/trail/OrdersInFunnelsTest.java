package io.itinera.core.trail;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.core.table.Touchpoints;
import io.itinera.core.trail.CountFunnels.Until;
import io.itinera.core.trail.FunnelRules.Order;
import io.itinera.core.trail.FunnelRules.Step;
import io.itinera.testing.SparkExtension;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Lines of one order are one touch of funnels, causes and patterns. */
@ExtendWith(SparkExtension.class)
class OrdersInFunnelsTest {

  private static final StructType TOUCHES =
      new StructType()
          .add(OwnedTouchpoints.CUSTOMER_ID, DataTypes.StringType)
          .add(Touchpoints.TOUCHPOINT_ID, DataTypes.StringType)
          .add(Touchpoints.OCCURRED_AT, DataTypes.TimestampType)
          .add(Touchpoints.SEQUENCE, DataTypes.LongType)
          .add(Touchpoints.CHANNEL, DataTypes.StringType)
          .add(Touchpoints.TYPE, DataTypes.StringType)
          .add(Touchpoints.LOCATION, DataTypes.StringType)
          .add(Touchpoints.SOURCE, DataTypes.StringType)
          .add(Touchpoints.ORDER_ID, DataTypes.StringType)
          .add(Touchpoints.VALUE, ColumnTypes.MONEY)
          .add(Touchpoints.REPEATS_TOUCHPOINT_ID, DataTypes.StringType)
          .add(Touchpoints.EVENT_DATE, DataTypes.DateType)
          .add(Touchpoints.CATEGORY, DataTypes.StringType);

  private static final String BUYS = "type = 'purchase' AND repeats_touchpoint_id IS NULL";
  private static final Until UNTIL =
      new Until(LocalDate.of(2026, 6, 30), Instant.parse("2026-07-01T00:00:00Z"));

  private final List<Row> touches = new ArrayList<>();

  /** Of {@code source type order category}; a minus for none. */
  private void touch(String who, String at, String text) {
    String[] words = text.split(" ", -1);
    Instant instant = Instant.parse("2026-" + at + "Z");
    touches.add(
        RowFactory.create(
            who,
            "t%03d".formatted(touches.size()),
            Timestamp.from(instant),
            (long) touches.size(),
            "store",
            words[1],
            null,
            words[0],
            words[2].equals("-") ? null : words[2],
            words[1].equals("purchase") ? BigDecimal.TEN : null,
            null,
            Date.valueOf(LocalDate.ofInstant(instant, ZoneOffset.UTC)),
            words[3]));
  }

  private static FunnelRules funnel(String name, Step... steps) {
    return new FunnelRules(name, List.of(steps), Duration.ofDays(90), Order.ORDERED, List.of());
  }

  private List<Row> rows(SparkSession spark, FunnelRules funnel) {
    TrailRules rules =
        new TrailRules(List.of(funnel), 365, Map.of(), 0.1, 0.01, 10, ZoneOffset.UTC);
    Dataset<Row> segments =
        spark.createDataFrame(
            List.of(),
            new StructType()
                .add(OwnedTouchpoints.CUSTOMER_ID, DataTypes.StringType)
                .add(CountFunnels.SEGMENT_TYPE, DataTypes.StringType)
                .add(CountFunnels.SEGMENT_VALUE, DataTypes.StringType));
    return CountFunnels.report(spark.createDataFrame(touches, TOUCHES), segments, UNTIL, rules)
        .funnels()
        .stream()
        .filter(row -> row.getString(2).equals("all"))
        .toList();
  }

  /** Who bought, and who bought again. */
  private List<Long> repurchases(SparkSession spark) {
    FunnelRules funnel = funnel("repurchase", Step.of("one", BUYS), Step.of("next", BUYS));
    List<Long> counted = rows(spark, funnel).stream().map(row -> row.getLong(6)).toList();
    List<Row> taken =
        FollowFunnel.taken(spark.createDataFrame(touches, TOUCHES), funnel, UNTIL).collectAsList();
    long first = taken.stream().filter(row -> row.getLong(1) == 1).count();
    long second = taken.stream().filter(row -> row.getLong(1) == 2).count();
    long matches =
        MatchTouchpoints.matches(
                spark.createDataFrame(touches, TOUCHES),
                TouchPattern.parse("purchase -> .* -> purchase within 90d"),
                new AroundMatches(1, 1))
            .count();

    assertThat(counted).containsExactly(first, second);
    assertThat(matches).isEqualTo(second);
    return counted;
  }

  @Test
  void linesOfOneReceiptAreOnePurchase(SparkSession spark) {
    touch("ann", "01-05T12:00:00", "till purchase 7 ink");
    touch("ann", "01-05T12:00:00", "till purchase 7 paper");
    assertThat(repurchases(spark)).containsExactly(1L, 0L);
    touch("ann", "01-09T12:00:00", "till purchase 8 ink");
    assertThat(repurchases(spark)).containsExactly(1L, 1L);
  }

  @Test
  void linesThatWereTypedInOneAfterTheOtherAreOnePurchaseOfTheDay(SparkSession spark) {
    touch("ann", "01-05T12:00:00", "till purchase 7 ink");
    touch("ann", "01-05T12:00:02", "till visit - -");
    touch("ann", "01-05T12:00:07", "till purchase 7 paper");
    assertThat(repurchases(spark)).containsExactly(1L, 0L);
    // On another day the till counts from one again.
    touch("ann", "01-06T09:00:00", "till purchase 7 ink");
    assertThat(repurchases(spark)).containsExactly(1L, 1L);
  }

  @Test
  void purchasesWithoutOrderOfOtherCustomersAndOfOtherSourcesAreTheirOwn(SparkSession spark) {
    touch("ann", "01-05T12:00:00", "till purchase 7 ink");
    touch("bob", "01-05T12:00:00", "till purchase 7 ink");
    assertThat(repurchases(spark)).containsExactly(2L, 0L);
    touch("ann", "01-05T12:00:00", "shop purchase 7 ink");
    assertThat(repurchases(spark)).containsExactly(2L, 1L);
    touch("bob", "01-05T13:00:00", "till purchase - ink");
    touch("bob", "01-05T13:00:00", "till purchase - ink");
    assertThat(repurchases(spark)).containsExactly(2L, 2L);
  }

  @Test
  void orderTakesTheStepsThatAnyLineTakesAndNoneAfterItself(SparkSession spark) {
    touch("ann", "01-05T12:00:00", "till purchase 7 ink");
    touch("ann", "01-05T12:00:00", "till purchase 7 paper");
    touch("bob", "01-05T12:00:00", "till purchase 8 ink");
    touch("bob", "01-06T12:00:00", "till purchase 9 pens");
    touch("bob", "01-06T12:00:00", "till purchase 9 paper");
    FunnelRules funnel =
        funnel("paper", Step.of("ink", "category = 'ink'"), Step.of("p", "category = 'paper'"));

    assertThat(rows(spark, funnel)).extracting(row -> row.getLong(6)).containsExactly(2L, 1L);
    assertThat(rows(spark, funnel).get(1).getDouble(12)).isEqualTo(86_400);
  }

  @Test
  void callsAboutAnOrderAreNoLinesOfItButAtOneInstant(SparkSession spark) {
    touch("ann", "01-05T12:00:00", "crm call 7 -");
    touch("ann", "01-05T12:00:00", "crm call 7 -");
    FunnelRules funnel =
        funnel("calls", Step.of("one", "type = 'call'"), Step.of("more", "type = 'call'"));
    assertThat(rows(spark, funnel)).extracting(row -> row.getLong(6)).containsExactly(1L, 0L);
    touch("ann", "01-05T12:00:01", "crm call 7 -");
    assertThat(rows(spark, funnel)).extracting(row -> row.getLong(6)).containsExactly(1L, 1L);
  }
}
