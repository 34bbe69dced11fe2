package io.itinera.core.map;

import static io.itinera.testing.TableText.assertRows;

import io.itinera.core.spark.SeveralClocks;
import io.itinera.testing.RawText;
import io.itinera.testing.SourceBuilder;
import io.itinera.testing.SparkExtension;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A record of several clocks happened when the first of them that may be right says. */
@ExtendWith(SparkExtension.class)
class ClocksTest {

  private static final Map<String, String> DEVICE = Map.of("u", "id");

  @Test
  void brokenClockOfADeviceGivesWayToTheServers(SparkSession spark) {
    Dataset<Row> records =
        RawText.records(
            spark,
            "/web/a.csv",
            """
            id | seen                     | received
            1  | 2026-03-01T10:00:00+0100 | 2026-03-01T09:00:05Z
            2  | 0026-03-01T10:00:00Z     | 2026-03-01T09:00:05Z
            3  | 2569-03-01T10:00:00Z     | 2026-03-01T09:00:05Z
            4  | 1970-01-01T00:00:09Z     | 2026-03-01T09:00:05Z
            5  | ๒๐๒๖-๐๓-๐๑T๐๙:๐๐:๐๐Z     | 2026-03-01T09:00:05Z
            6  | 1772355600               | 2026-03-01T09:00:05Z
            7  | 2026-03-01T10:00:05Z     | 2026-03-01T09:00:05Z
            8  | 2026-03-01T10:00:06Z     | 2026-03-01T09:00:05Z
            9  |                          | 2026-03-01T09:00:05Z
            10 | yesterday                |
            11 | 2569-03-01T10:00:00Z     |
            12 | 2026-03-01T10:00:06Z     | soon
            13 |                          |
            14 | 1999-03-01T10:00:06Z     | 2026-03-01T09:00:05Z
            """);
    Map<String, String> columns =
        Map.of("occurred_at", "seen", "received_at", "received", "type", "'x'");

    assertRows(
        touchpoints(records, columns),
        """
        position | reason       | occurred_at         | time_from
        1        |              | 2026-03-01 09:00:00 |
        2        |              | 2026-03-01 09:00:05 | received
        3        |              | 2026-03-01 09:00:05 | received
        4        |              | 2026-03-01 09:00:05 | received
        5        |              | 2026-03-01 09:00:05 | received
        6        |              | 2026-03-01 09:00:00 |
        7        |              | 2026-03-01 10:00:05 |
        8        |              | 2026-03-01 09:00:05 | received
        9        |              | 2026-03-01 09:00:05 | received
        10       | bad-time     |                     |
        11       | future-time  |                     |
        12       |              | 2026-03-01 10:00:06 |
        13       | missing-time |                     |
        14       |              | 1999-03-01 10:00:06 |
        """);
  }

  @Test
  void firstOfSeveralClocksThatMayBeRightIsBelieved(SparkSession spark) {
    Dataset<Row> records =
        RawText.records(
            spark,
            "/web/a.csv",
            """
            id | best                 | next                 | sent                 | got
            1  | 2026-03-01T10:00:00Z | 2026-03-01T10:00:01Z | 2026-03-01T10:00:02Z | 2026-03-01T10:00:03Z
            2  |                      | 2026-03-01T10:00:01Z | 2026-03-01T10:00:02Z | 2026-03-01T10:00:03Z
            3  | broken               | 2026-03-01T10:00:01Z | 2026-03-01T10:00:02Z | 2026-03-01T10:00:03Z
            4  | broken               | 2569-03-01T10:00:01Z | 2026-03-01T10:00:02Z | 2026-03-01T10:00:03Z
            5  | broken               | broken               | 2026-03-01T10:00:02Z |
            6  | 2569-03-01T10:00:01Z | broken               |                      |
            """);
    Map<String, String> columns =
        Map.of(
            "occurred_at", SeveralClocks.expression(List.of("best", "trim(next) -- as sent")),
            "received_at", SeveralClocks.expression(List.of("got", "sent")),
            "type", "'x'");

    assertRows(
        touchpoints(records, columns),
        """
        position | reason      | occurred_at         | time_from
        1        |             | 2026-03-01 10:00:00 |
        2        |             | 2026-03-01 10:00:01 |
        3        |             | 2026-03-01 10:00:01 | next
        4        |             | 2026-03-01 10:00:03 | got
        5        |             | 2026-03-01 10:00:02 | sent
        6        | future-time |                     |
        """);
  }

  @Test
  void profileSaysWhichClockItWasChangedBy(SparkSession spark) {
    Dataset<Row> records =
        RawText.records(
            spark,
            "/web/a.csv",
            """
            id | seen                 | received
            1  | 2026-03-01T10:00:00Z | 2026-03-01T10:00:05Z
            2  | 2569-03-01T10:00:00Z | 2026-03-01T10:00:05Z
            """);
    SourceBuilder source =
        new SourceBuilder("web")
            .profile(null, "id", Map.of("updated_at", "seen", "received_at", "received"), DEVICE);

    assertRows(
        candidates(records, source)
            .selectExpr("position", "profile.updated_at", "profile.attributes['time_from'] from_"),
        """
        position | updated_at          | from_
        1        | 2026-03-01 10:00:00 |
        2        | 2026-03-01 10:00:05 | received
        """);
  }

  private static Dataset<Row> touchpoints(Dataset<Row> records, Map<String, String> columns) {
    return candidates(records, new SourceBuilder("web").touchpoint("id", columns, DEVICE))
        .selectExpr(
            "position",
            "reason",
            "touchpoint.occurred_at",
            "touchpoint.properties['time_from'] AS time_from");
  }

  private static Dataset<Row> candidates(Dataset<Row> records, SourceBuilder source) {
    return MapRecords.candidates(
        records, source.build(), SourceBuilder.rules(), Instant.parse("2026-06-01T00:00:00Z"));
  }
}
