package io.itinera.core.identity;

import static io.itinera.testing.TableText.assertRows;
import static io.itinera.testing.TableText.wholeRows;

import io.itinera.core.table.Identities;
import io.itinera.core.table.IdentityEdges;
import io.itinera.testing.SparkExtension;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class MeasureQualityTest {

  @Test
  void customersAreMeasuredByTheirEdges(SparkSession spark) {
    String identities =
        """
        type   | value | customer_id | valid_from | valid_to   | assigned_by
        email  | a     | ann         | 2024-01-01 |            | graph
        cookie | a1    | ann         | 2024-01-01 |            | graph
        cookie | a2    | ann         | 2024-01-01 |            | graph
        phone  | b     | bob         | 2024-01-01 |            | graph
        cookie | b1    | bob         | 2024-01-01 |            | graph
        email  | b2    | bob         | 2024-01-01 |            | graph
        crm_id | b3    | bob         | 2024-01-01 |            | graph
        email  | cy    | cy          | 2024-01-01 |            | graph
        email  | dan   | dan         | 2024-01-01 |            | graph
        cookie | tv    | ann         | 1970-01-01 | 2024-01-02 | ownership
        cookie | tv    | bob         | 2024-01-02 |            | ownership
        """;
    String edges =
        """
        left_type | left_value | right_type | right_value | status
        cookie    | a1         | email      | a           | used
        cookie    | a2         | email      | a           | used
        cookie    | a1         | cookie     | a2          | used
        cookie    | b1         | phone      | b           | used
        phone     | b          | crm_id     | b3          | used
        crm_id    | b3         | email      | b2          | used
        crm_id    | b3         | email      | a           | conflict
        email     | cy         | email      | a           | denied
        cookie    | tv         | email      | a           | used
        cookie    | tv         | phone      | b           | conflict
        """;

    assertRows(
        MeasureQuality.measure(
            wholeRows(spark, IdentityEdges.TABLE, edges),
            wholeRows(spark, Identities.TABLE, identities)),
        """
        customer_id | identifiers_count | edges_count | density            | bridges_count | conflicts_count
        ann         | 4                 | 4           | 0.6666666666666666 | 0             | 2
        bob         | 4                 | 3           | 0.5                | 1             | 2
        cy          | 1                 | 0           |                    | 0             | 1
        """);
  }
}
