package io.itinera.jobs.match;

import static io.itinera.testing.TableText.assertRows;

import io.itinera.jobs.config.ConfigReader;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.testing.SparkExtension;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** By which of its identifiers a profile is known where profiles are compared. */
@ExtendWith(SparkExtension.class)
class ReadProfilesTest {

  private static final ItineraConfig SHIPPED = ConfigReader.read(List.of(), Map.of(), Map.of());

  @Test
  void officesNameAProfileOnlyWhereNothingElseDoes(SparkSession spark) {
    assertRows(
        ReadProfiles.living(
                spark.sql(
                    """
                    SELECT record_id, deleted, transform(split(ids, ' '), i -> named_struct(
                      'type', split(i, '=')[0], 'value', split(i, '=')[1])) AS identifiers
                    FROM VALUES
                      ('1', false, 'email=info@x.org phone=+49301'),
                      ('2', null, 'email=info@x.org cookie=c'),
                      ('3', false, 'email=info@x.org'),
                      ('4', false, 'phone=+49301 email=ann@x.org'),
                      ('5', false, 'email=info phone=+49301'),
                      ('6', true, 'email=eve@x.org') AS profile(record_id, deleted, ids)
                    """),
                SHIPPED)
            .selectExpr("record_id", "strongest_identifier.value AS strongest"),
        """
        record_id | strongest
        1         | +49301
        2         | c
        3         | info@x.org
        4         | ann@x.org
        5         | info
        """);
  }
}
