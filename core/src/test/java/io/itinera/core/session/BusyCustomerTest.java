package io.itinera.core.session;

import static io.itinera.testing.TableText.assertRows;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.session.SessionLimits.Burst;
import io.itinera.core.session.SessionLimits.NewCampaign;
import io.itinera.core.session.SessionRules.ChannelRules;
import io.itinera.core.session.SessionRules.Cut;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.testing.SparkExtension;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever has very many touchpoints costs what so many touchpoints of others cost. */
@ExtendWith(SparkExtension.class)
class BusyCustomerTest {

  /** More by {@code -Ditinera.busy-touchpoints}. */
  private static final int TOUCHPOINTS = Integer.getInteger("itinera.busy-touchpoints", 200_000);

  private static final ChannelRules ADOBE =
      new ChannelRules(
          Cut.TIMEOUT,
          Duration.ofMinutes(30),
          false,
          new SessionLimits(
              Optional.of(Duration.ofHours(12)),
              false,
              NewCampaign.NEVER,
              Optional.of(2500),
              Optional.of(new Burst(100, Duration.ofSeconds(100))),
              Optional.empty()));
  private static final SessionRules RULES =
      new SessionRules(
          Map.of("chat", new ChannelRules(Cut.CONVERSATION, Duration.ofMinutes(30), true)),
          ADOBE,
          Set.of("page_view"),
          Set.of("purchase"),
          10,
          ZoneId.of("Europe/Berlin"));

  @Test
  void sessionsOfOneWhoIsAlwaysThereAreCutByTheirLimits(SparkSession spark) {
    // Every two seconds, day and night: 2,500 of them take less than two hours.
    assertRows(
        sessions(spark, "'web'", "'robot'")
            .groupBy("end_reason")
            .agg(functions.expr("max(touchpoints_count) AS most"))
            .where("end_reason <> 'timeout'"),
        """
        end_reason      | most
        max-touchpoints | 2500
        """);
  }

  @Test
  void conversationOfVeryManyMessagesIsOneSession(SparkSession spark) {
    assertRows(
        sessions(spark, "'chat'", "'ann'").select("touchpoints_count", "end_reason"),
        """
        touchpoints_count | end_reason
        %d                | source-session
        """
            .formatted(TOUCHPOINTS));
  }

  @Test
  void oneCostsWhatManyCost(SparkSession spark) {
    long warmUp = nanos(spark, "concat('c', id % 1000)");
    long many = nanos(spark, "concat('c', id % 1000)");
    long one = nanos(spark, "'robot'");

    assertThat(one).as("of many %d, at first %d", many, warmUp).isLessThan(5 * many);
  }

  private static long nanos(SparkSession spark, String customer) {
    long before = System.nanoTime();
    assertThat(
            sessions(spark, "'web'", customer).selectExpr("sum(touchpoints_count)").first().get(0))
        .isEqualTo((long) TOUCHPOINTS);
    return System.nanoTime() - before;
  }

  private static Dataset<Row> sessions(SparkSession spark, String channel, String customer) {
    Dataset<Row> touchpoints =
        spark
            .createDataFrame(List.of(), OwnedTouchpoints.VIEW.schema())
            .unionByName(
                spark
                    .range(TOUCHPOINTS)
                    .selectExpr(
                        "concat('t', id) AS touchpoint_id",
                        customer + " AS customer_id",
                        channel + " AS channel",
                        "'s' AS source",
                        "'k' AS source_session",
                        "'page_view' AS type",
                        "timestamp_seconds(1700000000 + 2 * id) AS occurred_at",
                        "id AS sequence"),
                true);
    Dataset<Row> assigned = Sessionize.assign(touchpoints, RULES);
    Dataset<Row> nobody = spark.sql("SELECT 'x' AS customer_id, 0L AS earlier_sessions").limit(0);
    return Summarize.sessions(assigned, nobody, Instant.parse("2030-01-01T00:00:00Z"), RULES);
  }
}
