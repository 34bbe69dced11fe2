package io.itinera.core.customer;

import static io.itinera.testing.TableText.assertRows;
import static io.itinera.testing.TableText.wholeRows;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.customer.Survivorship.Rule;
import io.itinera.core.table.Profiles;
import io.itinera.testing.SparkExtension;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @Test
  void takesTheAddressOfWhoSaysMostOfItIfSoSet(SparkSession session) {
    spark = session;
    assertPerson(
        rules(Map.of("address", Rule.MOST_FILLED)),
        """
        source | record_id | first_name | street   | city   | postal_code | phone      | updated_at
        crm    | 1         | Anna       | Am See 1 | Ulm    | 89073       |            | 2026-01-01 00:00:00
        shop   | 1         | Anne       |          | Vienna | 1010        | +431234567 | 2026-02-01 00:00:00
        web    | 1         |            | Ring 2   | Graz   | 8010        |            | 2025-02-01 00:00:00
        """,
        """
        first_name | street   | city | postal_code | phone
        Anne       | Am See 1 | Ulm  | 89073       | +431234567
        """);
  }

  @Test
  void takesANameFromTheFullestProfileIfSoSet(SparkSession session) {
    spark = session;
    assertPerson(
        rules(Map.of("first_name", Rule.MOST_FILLED)),
        """
        source | record_id | first_name | city   | phone      | updated_at
        crm    | 1         | Anna       | Ulm    | +491234567 | 2026-01-01 00:00:00
        shop   | 1         | Anne       | Vienna |            | 2026-02-01 00:00:00
        web    | 1         |            | Graz   | +439999999 | 2026-03-01 00:00:00
        """,
        """
        first_name | city | phone
        Anna       | Graz | +439999999
        """);
  }

  @Test
  void takesTheMostTrustedSourceIfSoSetAndTheLatestOfThoseThatNobodyRanked(SparkSession session) {
    spark = session;
    assertPerson(
        rules(Map.of("email", Rule.SOURCE_ORDER, "phone", Rule.SOURCE_ORDER)),
        """
        source | record_id | email         | phone      | first_name | updated_at
        crm    | 1         | a@example.org |            | Anna       | 2026-01-01 00:00:00
        crm    | 2         | b@example.org |            |            | 2025-12-01 00:00:00
        shop   | 1         | c@example.org |            |            | 2026-02-01 00:00:00
        chat   | 1         | d@example.org | +491234567 | Anne       | 2026-03-01 00:00:00
        web    | 1         |               | +439999999 |            | 2026-02-01 00:00:00
        """,
        """
        email         | phone      | first_name
        a@example.org | +491234567 | Anne
        """);
  }

  @Test
  void movesWhatIsSetAsOne(SparkSession session) {
    spark = session;
    assertPerson(
        new Survivorship(
            Rule.MOST_RECENT,
            Map.of(),
            List.of(),
            Map.of("name", List.of("first_name", "last_name"))),
        """
        source | record_id | first_name | last_name | street   | city   | updated_at
        crm    | 1         | Anna       | Meier     | Am See 1 | Ulm    | 2026-01-01 00:00:00
        shop   | 1         | Anne       |           |          | Vienna | 2026-02-01 00:00:00
        """,
        """
        first_name | last_name | street   | city
        Anne       |           | Am See 1 | Vienna
        """);
  }

  /** Profiles of chance: each attribute is that of the profile that plain comparing finds. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void noOrderOfArrivalMattersAndPlainComparingFindsTheSame(long seed, SparkSession session) {
    Random random = new Random(seed);
    List<Rule> kinds = List.of(Rule.values());
    Survivorship survivorship =
        new Survivorship(
            kinds.get(random.nextInt(3)),
            Map.of(
                "email", kinds.get(random.nextInt(3)),
                "address", kinds.get(random.nextInt(3)),
                "name", kinds.get(random.nextInt(3))),
            List.of("crm", "shop"),
            Map.of(
                "address", List.of("street", "city", "postal_code", "country"),
                "name", List.of("last_name", "first_name")));
    List<Row> profiles = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      profiles.add(profile(i, random));
    }
    List<Row> shuffled = new ArrayList<>(profiles);
    Collections.shuffle(shuffled, random);

    for (Row person : persons(session, profiles, 1, survivorship)) {
      List<Row> theirs = profiles.stream().filter(row -> row.get(0).equals(person.get(0))).toList();
      for (String name : Survivorship.ATTRIBUTES) {
        assertThat(person.<Object>getAs(name))
            .as("%s of %s by %s", name, person, survivorship)
            .isEqualTo(new PlainSurvivor(survivorship, theirs).value(name));
      }
    }
    assertThat(persons(session, shuffled, 4, survivorship))
        .isEqualTo(persons(session, profiles, 1, survivorship));
  }

  private static final StructType PROFILE = profileSchema();

  private static StructType profileSchema() {
    StructType schema = new StructType().add(DescribePersons.PERSON_ID, DataTypes.StringType);
    for (StructField field : Profiles.TABLE.schema().fields()) {
      schema = schema.add(field.name(), field.dataType());
    }
    return schema;
  }

  private static Row profile(int number, Random random) {
    Object[] values = new Object[PROFILE.size()];
    values[0] = "person" + random.nextInt(8);
    values[PROFILE.fieldIndex(Profiles.SOURCE)] =
        List.of("crm", "shop", "web", "chat").get(random.nextInt(4));
    values[PROFILE.fieldIndex(Profiles.RECORD_ID)] = "r" + number;
    for (String name : Survivorship.ATTRIBUTES) {
      if (random.nextInt(5) > 1) {
        values[PROFILE.fieldIndex(name)] =
            name.equals(Profiles.BIRTH_DATE)
                ? Date.valueOf("2000-01-0" + (1 + random.nextInt(9)))
                : name + random.nextInt(100);
      }
    }
    if (random.nextInt(4) > 0) {
      values[PROFILE.fieldIndex(Profiles.UPDATED_AT)] =
          Timestamp.from(Instant.parse("2026-01-0" + (1 + random.nextInt(4)) + "T00:00:00Z"));
    }
    return new GenericRowWithSchema(values, PROFILE);
  }

  private static List<Row> persons(
      SparkSession spark, List<Row> profiles, int partitions, Survivorship survivorship) {
    return DescribePersons.persons(
            spark.createDataFrame(profiles, PROFILE).repartition(partitions), survivorship)
        .orderBy(DescribePersons.PERSON_ID)
        .collectAsList();
  }

  /** The rules once more, by comparing each profile with each. */
  private record PlainSurvivor(Survivorship survivorship, List<Row> profiles) {

    Object value(String attribute) {
      for (var group : survivorship.groups().entrySet()) {
        if (group.getValue().contains(attribute)) {
          List<String> telling =
              group.getValue().stream().filter(each -> !each.equals("country")).toList();
          Optional<Row> best = best(group.getKey(), group.getValue(), telling);
          return best.isEmpty() && attribute.equals("country")
              ? best(group.getKey(), List.of("country"), List.of("country"))
                  .map(row -> row.getAs("country"))
                  .orElse(null)
              : best.map(row -> row.getAs(attribute)).orElse(null);
        }
      }
      return best(attribute, List.of(attribute), List.of(attribute))
          .map(row -> row.getAs(attribute))
          .orElse(null);
    }

    private Optional<Row> best(String ruled, List<String> attributes, List<String> telling) {
      Comparator<Row> latest =
          Comparator.<Row, Instant>comparing(PlainSurvivor::updated)
              .thenComparing(row -> row.<String>getAs("source"))
              .thenComparing(row -> row.<String>getAs("record_id"));
      Comparator<Row> better =
          switch (survivorship.rules().getOrDefault(ruled, survivorship.usual())) {
            case MOST_RECENT -> latest;
            case MOST_FILLED ->
                Comparator.<Row>comparingLong(row -> filled(row, attributes))
                    .thenComparingLong(row -> filled(row, Survivorship.ATTRIBUTES))
                    .thenComparing(latest);
            case SOURCE_ORDER ->
                Comparator.<Row>comparingInt(row -> -place(row.getAs("source")))
                    .thenComparing(latest);
          };
      return profiles.stream().filter(row -> filled(row, telling) > 0).max(better);
    }

    private int place(String source) {
      int place = survivorship.sources().indexOf(source);
      return place < 0 ? survivorship.sources().size() : place;
    }

    private static Instant updated(Row row) {
      Timestamp updated = row.getAs("updated_at");
      return updated == null ? Instant.EPOCH : updated.toInstant();
    }

    private static long filled(Row row, List<String> attributes) {
      return attributes.stream().filter(each -> row.getAs(each) != null).count();
    }
  }

  private static Survivorship rules(Map<String, Rule> rules) {
    return new Survivorship(
        Rule.MOST_RECENT, rules, List.of("crm", "shop"), Survivorship.USUAL.groups());
  }

  private void assertPerson(String profiles, String expected) {
    assertPerson(Survivorship.USUAL, profiles, expected);
  }

  private void assertPerson(Survivorship survivorship, String profiles, String expected) {
    assertRows(
        DescribePersons.persons(
            wholeRows(spark, Profiles.TABLE, profiles)
                .withColumn(DescribePersons.PERSON_ID, lit("anna")),
            survivorship),
        expected);
  }
}
