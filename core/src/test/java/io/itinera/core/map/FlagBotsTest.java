package io.itinera.core.map;

import static io.itinera.testing.TableText.assertRows;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.rule.SetIds;
import io.itinera.core.source.BotRules;
import io.itinera.core.source.SourceRules;
import io.itinera.core.table.Touchpoints;
import io.itinera.testing.RawText;
import io.itinera.testing.SourceBuilder;
import io.itinera.testing.SparkExtension;
import io.itinera.testing.TableText;
import java.time.Instant;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class FlagBotsTest {

  private static final BotRules RULES = new BotRules("(?i)bot", 2, true);

  @Test
  void userAgentOfABotMarksItsTouchpoint(SparkSession spark) {
    Dataset<Row> records =
        RawText.records(
            spark,
            "/web/a.log",
            """
            id | agent
            1  | Mozilla/5.0 (X11)
            2  | GoogleBot/2.1
            3  |
            """);
    SourceRules source =
        new SourceBuilder("web")
            .touchpoint(
                "id",
                Map.of(
                    "occurred_at",
                    "'2026-01-01'",
                    "channel",
                    "'web'",
                    "type",
                    "'x'",
                    "properties",
                    "map_filter(map('user_agent', agent), (k, v) -> v <> '')"),
                Map.of("u", "id"))
            .build();

    assertRows(
        MapRecords.candidates(
                records, source, SourceBuilder.rules(), Instant.parse("2026-05-31T22:00:00Z"))
            .select(col("position"), col("touchpoint.*")),
        """
        position | bot_reason | properties
        1        |            | {user_agent -> Mozilla/5.0 (X11)}
        2        | user-agent | {user_agent -> GoogleBot/2.1, is_bot -> true}
        3        |            |
        """);
  }

  @Test
  void whoeverIsTooFastForAPersonIsABotAllDay(SparkSession spark) {
    Dataset<Row> touchpoints =
        touchpoints(
            spark,
            """
            touchpoint_id | user | channel | occurred_at         | bot_reason
            fast1         | fast | web     | 2026-01-01 10:00:00 |
            fast2         | fast | web     | 2026-01-01 10:00:30 |
            fast3         | fast | app     | 2026-01-01 10:00:59 |
            later         | fast | web     | 2026-01-01 18:00:00 |
            call          | fast | call    | 2026-01-01 10:00:30 |
            next day      | fast | web     | 2026-01-02 10:00:00 |
            known         | fast | web     | 2026-01-01 12:00:00 | user-agent
            slow1         | slow | web     | 2026-01-01 10:00:30 |
            slow2         | slow | web     | 2026-01-01 10:00:59 |
            slow3         | slow | web     | 2026-01-01 10:01:00 |
            nobody1       |      | web     | 2026-01-01 10:00:00 |
            nobody2       |      | web     | 2026-01-01 10:00:00 |
            nobody3       |      | web     | 2026-01-01 10:00:00 |
            """);

    assertRows(
        byRate(touchpoints, RULES),
        """
        touchpoint_id | bot_reason | properties
        fast1         | rate       | {is_bot -> true}
        fast2         | rate       | {is_bot -> true}
        fast3         | rate       | {is_bot -> true}
        later         | rate       | {is_bot -> true}
        """);
  }

  @Test
  void markGoesWhenTheTouchpointsAreWithdrawnThatMadeItTooFast(SparkSession spark) {
    Dataset<Row> left =
        touchpoints(
                spark,
                """
                touchpoint_id | user | channel | occurred_at         | bot_reason
                fast1         | fast | web     | 2026-01-01 10:00:00 | rate
                fast2         | fast | web     | 2026-01-01 10:00:30 | rate
                known         | fast | web     | 2026-01-01 10:10:00 | user-agent
                """)
            .withColumn(
                Touchpoints.PROPERTIES,
                when(col("touchpoint_id").equalTo("fast1"), expr("map('a', 'b', 'is_bot', 'true')"))
                    .otherwise(expr("map('is_bot', 'true')")));

    assertRows(
        byRate(left, RULES),
        """
        touchpoint_id | bot_reason | properties
        fast1         |            | {a -> b}
        fast2         |            |
        """);
  }

  @Test
  void markThatComesAndGoesLeavesNothingBehind(SparkSession spark) {
    Dataset<Row> fast =
        touchpoints(
                spark,
                """
                touchpoint_id | user | channel | occurred_at         | bot_reason
                plain         | fast | web     | 2026-01-01 10:00:00 |
                told          | fast | web     | 2026-01-01 10:00:30 |
                gone          | fast | web     | 2026-01-01 10:00:31 |
                """)
            .withColumn(
                Touchpoints.PROPERTIES,
                when(col("touchpoint_id").equalTo("told"), expr("map('is_bot', 'no', 'a', 'b')")));

    Dataset<Row> marked = byRate(fast, RULES);
    Dataset<Row> left = byRate(marked.where("touchpoint_id <> 'gone'"), RULES);

    assertRows(
        marked.unionByName(left),
        """
        touchpoint_id | bot_reason | properties
        plain         | rate       | {is_bot -> true}
        told          | rate       | {recorded_is_bot -> no, a -> b, is_bot -> true}
        gone          | rate       | {is_bot -> true}
        plain         |            |
        told          |            | {is_bot -> no, a -> b}
        """);
  }

  @Test
  void whatIsMarkedStaysMarkedWithoutAnyChange(SparkSession spark) {
    Dataset<Row> touchpoints =
        touchpoints(
            spark,
            """
            touchpoint_id | user | channel | occurred_at         | bot_reason
            fast1         | fast | web     | 2026-01-01 10:00:00 | rate
            fast2         | fast | web     | 2026-01-01 10:00:30 | rate
            fast3         | fast | web     | 2026-01-01 10:00:31 | rate
            """);

    assertThat(byRate(touchpoints, RULES).count()).isZero();
  }

  @Test
  void withoutALimitMarksOfAnEarlierLimitGo(SparkSession spark) {
    Dataset<Row> touchpoints =
        touchpoints(
            spark,
            """
            touchpoint_id | user | channel | occurred_at         | bot_reason
            was fast      | fast | web     | 2026-01-01 10:00:00 | rate
            never         | slow | web     | 2026-01-01 10:00:00 |
            """);

    assertRows(
        byRate(touchpoints, new BotRules("", 0, true)),
        """
        touchpoint_id | bot_reason
        was fast      |
        """);
  }

  private static Dataset<Row> byRate(Dataset<Row> touchpoints, BotRules rules) {
    return FlagBots.marked(touchpoints, FlagBots.marks(touchpoints, rules));
  }

  private static Dataset<Row> touchpoints(SparkSession spark, String text) {
    Dataset<Row> named =
        RawText.records(spark, "/a", text)
            .select(col("touchpoint_id").as("name"), col("user").as("user"));
    Dataset<Row> rows =
        TableText.wholeRows(spark, Touchpoints.TABLE, text)
            .join(named, col("touchpoint_id").equalTo(col("name")));
    return Touchpoints.TABLE.conform(
        rows.withColumn(
                Touchpoints.IDENTIFIERS,
                when(
                        col("user").isNotNull(),
                        array(struct(lit("user_id").as("type"), col("user").as("value"))))
                    .otherwise(
                        array().cast(Touchpoints.TABLE.schema().apply("identifiers").dataType())))
            .withColumn(Touchpoints.SET_ID, SetIds.of(col(Touchpoints.IDENTIFIERS)))
            .withColumn(Touchpoints.SET_CHECK, SetIds.check(col(Touchpoints.IDENTIFIERS)))
            .withColumn(Touchpoints.EVENT_DATE, col("occurred_at").cast("date")));
  }
}
