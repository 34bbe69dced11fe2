package io.itinera.jobs.nights;

import static io.itinera.testing.TableText.assertRows;

import io.itinera.core.table.IdentityEdges;
import io.itinera.jobs.explain.ReviewGroups;
import io.itinera.jobs.lake.Lake;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What somebody should look at is not hidden behind what nobody need look at. */
@ExtendWith(SparkExtension.class)
class ReviewGroupsTest {

  @TempDir private Path folder;

  @Test
  void edgesThatWaitComeApartFromThoseThatWereRefused(SparkSession spark) throws IOException {
    Lake lake = EmptyWarehouse.in(spark, folder.resolve("warehouse"));
    lake.overwrite(
        IdentityEdges.TABLE,
        IdentityEdges.TABLE.filled(
            spark.sql(
                """
                SELECT 'email' AS left_type, l AS left_value, 'user_id' AS right_type,
                  r AS right_value, rule, n AS observations, NULL::timestamp AS first_seen_at,
                  NULL::timestamp AS last_seen_at, array('crm') AS sources, p AS probability,
                  NULL::map<string, double> AS weights, status, NULL::string AS status_reason,
                  'crm' AS first_source, 1L AS first_set_id
                FROM VALUES ('info@x.org', '1', 'co-occurrence', 900L, 1D, 'denied'),
                  ('info@x.org', '2', 'co-occurrence', 800L, 1D, 'denied'),
                  ('a@x.org', '3', 'co-occurrence', 700L, 1D, 'conflict'),
                  ('b@x.org', '4', 'probabilistic', 1L, 0.8D, 'review'),
                  ('c@x.org', '5', 'probabilistic', 1L, 0.9D, 'review'),
                  ('d@x.org', '6', 'co-occurrence', 1L, 1D, 'used') AS e(l, r, rule, n, p, status)
                """)));

    ReviewGroups review = new ReviewGroups(lake, 2);

    assertRows(
        review.waiting(),
        """
        left_value | status
        c@x.org    | review
        b@x.org    | review
        """);
    assertRows(
        review.refused(),
        """
        left_value | right_value | status
        info@x.org | 1           | denied
        info@x.org | 2           | denied
        """);
  }
}
