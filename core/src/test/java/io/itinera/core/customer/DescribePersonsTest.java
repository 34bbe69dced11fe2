package io.itinera.core.customer;

import static io.itinera.testing.TableText.assertRows;
import static io.itinera.testing.TableText.wholeRows;
import static org.apache.spark.sql.functions.lit;

import io.itinera.core.table.Profiles;
import io.itinera.testing.SparkExtension;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What several profiles say of one person. */
@ExtendWith(SparkExtension.class)
class DescribePersonsTest {

  private SparkSession spark;

  @Test
  void takesEachNameFromTheLatestProfileThatHasIt(SparkSession session) {
    spark = session;
    assertPerson(
        """
        source | record_id | first_name | last_name | updated_at
        crm    | 1         | Anna       | Meier     | 2026-01-01 00:00:00
        shop   | 1         | Anne       |           | 2026-02-01 00:00:00
        """,
        """
        first_name | last_name
        Anne       | Meier
        """);
  }

  @Test
  void movesAnAddressAsOne(SparkSession session) {
    spark = session;
    assertPerson(
        """
        source | record_id | street    | city   | postal_code | country | updated_at
        crm    | 1         | Am See 1  | Ulm    | 89073       | DE      | 2026-01-01 00:00:00
        shop   | 1         |           | Vienna |             |         | 2026-02-01 00:00:00
        web    | 1         |           |        |             | CH      | 2026-03-01 00:00:00
        """,
        """
        street | city   | postal_code | country
               | Vienna |             |
        """);
  }

  @Test
  void takesTheLatestCountryOfSomebodyWithoutAnAddress(SparkSession session) {
    spark = session;
    assertPerson(
        """
        source | record_id | country | updated_at
        crm    | 1         | DE      | 2026-01-01 00:00:00
        web    | 1         | CH      | 2026-03-01 00:00:00
        """,
        """
        street | city | country
               |      | CH
        """);
  }

  @Test
  void tellsProfilesOfOneInstantApartBySourceAndRecord(SparkSession session) {
    spark = session;
    assertPerson(
        """
        source | record_id | street   | city | deleted | updated_at
        crm    | 2         | Am See 2 | Ulm  |         | 2026-01-01 00:00:00
        crm    | 3         | Am See 3 | Ulm  | true    | 2026-01-01 00:00:00
        crm    | 1         | Am See 1 | Bonn |         | 2026-01-01 00:00:00
        """,
        """
        street   | city
        Am See 2 | Ulm
        """);
  }

  private void assertPerson(String profiles, String expected) {
    assertRows(
        DescribePersons.persons(
            wholeRows(spark, Profiles.TABLE, profiles)
                .withColumn(DescribePersons.PERSON_ID, lit("anna"))),
        expected);
  }
}
