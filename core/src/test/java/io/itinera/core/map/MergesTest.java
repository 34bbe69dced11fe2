package io.itinera.core.map;

import static io.itinera.testing.TableText.assertRows;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.identity.DeviceRules;
import io.itinera.core.identity.DeviceRules.Ownership;
import io.itinera.core.identity.IdentityRules;
import io.itinera.core.identity.IdentityRules.IdentifierType;
import io.itinera.core.identity.IdentityRules.Level;
import io.itinera.core.identity.Stitch;
import io.itinera.core.settle.CollectEvidence;
import io.itinera.core.source.MappingRules;
import io.itinera.testing.RawText;
import io.itinera.testing.SourceBuilder;
import io.itinera.testing.SparkExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a vendor says about records that it has merged, up to the edges between identifiers. */
@ExtendWith(SparkExtension.class)
class MergesTest {

  private static final String CONTACTS =
      """
      id | mail    | merged | made       | gone
      1  | a@x.org | 2;3;1  | 2026-01-02 |
      2  | b@x.org | 1      | 2026-01-01 | true
      4  | d@x.org |        | 2026-01-02 |
      5  | e@x.org | none   |            |
      """;

  @Test
  void mergedRecordsAreEvidenceEvenWhenTheyAreDeleted(SparkSession spark) {
    assertRows(
        evidence(spark),
        """
        kind    | event_date | identifiers                            | observations
        merge   | 2026-01-02 | [{crm_id, 1}, {crm_id, 2}, {crm_id, 3}] | 1
        merge   | 2026-01-01 | [{crm_id, 1}, {crm_id, 2}]             | 1
        profile | 2026-01-02 | [{crm_id, 1}, {email, a@x.org}]        | 1
        profile | 2026-01-02 | [{crm_id, 4}, {email, d@x.org}]        | 1
        profile | 1970-01-01 | [{crm_id, 5}, {email, e@x.org}]        | 1
        """);
  }

  @Test
  void mergedRecordsAreLinkedByHandWhateverTheirFanOut(SparkSession spark) {
    IdentityRules rules =
        new IdentityRules(
            Map.of(
                "crm_id", new IdentifierType(Level.PERSON, 1),
                "email", new IdentifierType(Level.PERSON, 2)),
            1,
            100,
            Set.of(),
            new DeviceRules(Ownership.SHARED, Duration.ZERO),
            "key");

    Stitch stitch = Stitch.stitch(evidence(spark), rules);

    assertRows(
        stitch.edges().where("left_type = right_type"),
        """
        left_value | right_value | rule   | status | observations
        1          | 2           | manual | used   | 2
        1          | 3           | manual | used   | 1
        2          | 3           | manual | used   | 1
        """);
    assertThat(
            stitch
                .identities()
                .where("type = 'crm_id' and value in ('1', '2', '3')")
                .select("customer_id")
                .distinct()
                .count())
        .isEqualTo(1);
  }

  private static Dataset<Row> evidence(SparkSession spark) {
    MappingRules profile =
        new MappingRules(
            Optional.empty(),
            Optional.empty(),
            Optional.of("id"),
            Map.of("created_at", "made", "deleted", "gone"),
            Map.of("crm_id", "id", "email", "mail"),
            Map.of("crm_id", "split(merged, ';')"));
    Dataset<Row> profiles =
        MapRecords.candidates(
                RawText.records(spark, "/crm/a.csv", CONTACTS),
                new SourceBuilder("crm").profile(profile).build(),
                SourceBuilder.rules(),
                Instant.parse("2026-05-31T22:00:00Z"))
            .select("profile.*");
    return CollectEvidence.ofProfiles(profiles, SourceBuilder.rules());
  }
}
