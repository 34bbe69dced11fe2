package io.itinera.core.coverage;

import static io.itinera.testing.TableText.assertRows;
import static io.itinera.testing.TableText.wholeRows;

import io.itinera.core.table.Customers;
import io.itinera.core.table.Deliveries;
import io.itinera.core.table.SourceDays;
import io.itinera.testing.SparkExtension;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class MeasureCoverageTest {

  @Test
  void shareOfWhatCanBeUsedIsMeasuredBySourceChannelAndDay(SparkSession spark) {
    Dataset<Row> deliveries =
        wholeRows(
            spark,
            Deliveries.TABLE,
            """
            path | source | channel | event_date | records_read | records_rejected | records_filtered
            a    | web    | web     | 2026-01-01 | 6            | 1                | 0
            b    | web    | web     | 2026-01-01 | 5            | 0                | 0
            b    | web    | app/ios | 2026-01-01 | 2            | 0                | 0
            a    | web    | web     | 2026-01-02 | 1            | 0                | 0
            a    | web    | web     | 2026-01-03 | 3            | 3                | 1
            a    | web    | web     | 2026-01-04 | 1            | 1                | 0
            a    | web    |         |            | 4            | 4                | 2
            c    | crm    |         |            | 7            | 1                |
            d    | crm    |         |            | 7            | 1                |
            """);
    Dataset<Row> sourceDays =
        wholeRows(
            spark,
            SourceDays.TABLE,
            """
            source | channel | event_date | touchpoints_count | identified_count | bots_count
            web    | web     | 2026-01-01 | 4                 | 1                | 2
            web    | app/ios | 2026-01-01 | 2                 | 2                | 0
            web    | web     | 2026-01-02 | 1                 | 0                | 0
            web    | web     | 2026-01-04 | 2                 | 0                | 0
            """);
    Dataset<Row> others = spark.sql("SELECT 'crm' AS source FROM range(8)");
    Dataset<Row> customerDays =
        spark.sql(
            """
            SELECT * FROM VALUES
              ('ann',  date '2026-01-01', map('web/web', 2L, 'web/app/ios', 1L, 'till/store', 9L)),
              ('bob',  date '2026-01-01', map('web/web', 1L)),
              ('anon', date '2026-01-01', map('web/web', 1L)),
              ('anon', date '2026-01-02', map('web/web', 1L))
            AS day(customer_id, event_date, contacts)
            """);
    Dataset<Row> customers =
        wholeRows(
            spark,
            Customers.TABLE,
            """
            customer_id | is_known
            ann         | true
            bob         | true
            anon        | false
            """);

    assertRows(
        MeasureCoverage.measure(
            deliveries, new MeasureCoverage.There(sourceDays, others), customerDays, customers),
        """
        source | channel | event_date | records_read | records_accepted | records_duplicate | records_rejected | records_filtered | identified_share | stitched_share | bots_count
        web    | web     | 2026-01-01 | 11           | 4                | 6                 | 1                | 0                | 0.25             | 0.75           | 2
        web    | app/ios | 2026-01-01 | 2            | 2                | 0                 | 0                | 0                | 1.0              | 0.5            | 0
        web    | web     | 2026-01-02 | 1            | 1                | 0                 | 0                | 0                | 0.0              | 0.0            | 0
        web    | web     | 2026-01-03 | 3            | 0                | 0                 | 3                | 1                |                  |                | 0
        web    | web     | 2026-01-04 | 3            | 2                | 0                 | 1                | 0                | 0.0              | 0.0            | 0
        web    |         |            | 4            | 0                | 0                 | 4                | 2                |                  |                | 0
        crm    |         |            | 14           | 8                | 4                 | 2                | 0                |                  |                | 0
        """);
  }
}
