package io.itinera.core.settle;

import static io.itinera.testing.TableText.assertRows;
import static org.apache.spark.sql.functions.expr;

import io.itinera.core.table.Touchpoints;
import io.itinera.testing.SparkExtension;
import io.itinera.testing.TableText;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class CountSourceDaysTest {

  @Test
  void touchpointsAreCountedBySourceChannelAndDay(SparkSession spark) {
    // In the column text: types of the touchpoint's identifiers.
    Dataset<Row> touchpoints =
        TableText.wholeRows(
                spark,
                Touchpoints.TABLE,
                """
                source | channel | event_date | text         | bot_reason
                web    | web     | 2026-01-01 | cookie       |
                web    | web     | 2026-01-01 | cookie email |
                web    | web     | 2026-01-01 | email        | rate
                web    | web     | 2026-01-01 |              | user-agent
                web    | app     | 2026-01-01 | crm_id email |
                web    | web     | 2026-01-02 | cookie       |
                till   | store   | 2026-01-01 | loyalty_id   |
                """)
            .withColumn(
                Touchpoints.IDENTIFIERS,
                expr(
                    "transform(split(nullif(text, ''), ' '),"
                        + " t -> named_struct('type', t, 'value', 'x'))"));

    assertRows(
        CountSourceDays.count(touchpoints, Set.of("email", "crm_id")),
        """
        source | channel | event_date | touchpoints_count | identified_count | bots_count
        web    | web     | 2026-01-01 | 4                 | 2                | 2
        web    | app     | 2026-01-01 | 1                 | 1                | 0
        web    | web     | 2026-01-02 | 1                 | 0                | 0
        till   | store   | 2026-01-01 | 1                 | 0                | 0
        """);
  }
}
