package io.itinera.jobs.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.Identities;
import io.itinera.core.table.IdentityOverrides;
import io.itinera.core.table.IdentityQuality;
import io.itinera.jobs.lake.Lake;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A steward asks why, decides, and sees what the next night made of it. */
@ExtendWith(SparkExtension.class)
class IdentityCommandsTest {

  private static final String CONFIGURATION =
      """
      itinera.time-zone = UTC
      itinera.max-rejected-share = 1
      itinera.sources.web {
        format = csv, options { header = true }, path = ${itinera.landing}"/web/*.csv"
        touchpoint {
          record-id = "id", occurred-at = "at", type = "'page_view'", channel = "'web'"
          identifiers { cookie = "cookie", email = "mail", crm_id = "crm" }
        }
      }
      """;

  private static final String ANN = "email:ann@x.org";
  private static final String CRM = "crm_id:7";
  private static final String BOB = "email:bob@x.org";

  @TempDir private Path folder;

  @Test
  void decisionIsFollowedExplainedAndTakenBack(SparkSession spark) throws IOException {
    Files.createDirectories(folder.resolve("landing/web"));
    Files.writeString(
        folder.resolve("landing/web/a.csv"),
        """
        id,at,cookie,mail,crm
        v1,2026-01-01T10:00,c1,ann@x.org,
        v2,2026-01-02T10:00,c1,,7
        v3,2026-01-03T10:00,c2,,
        v4,2026-01-03T11:00,c3,bob@x.org,
        """);
    night("2026-01-04");

    String why = said("identity", "explain", ANN, CRM);
    assertThat(why)
        .contains("'email:ann@x.org' and 'crm_id:7' are one customer's")
        .containsPattern("email:ann@x.org +cookie:c1 +co-occurrence +used")
        .containsPattern("cookie:c1 +crm_id:7 +co-occurrence +used")
        .containsPattern("email:ann@x.org .* touchpoint [0-9a-f]{32} of web")
        .containsPattern("cookie:c1 .* touchpoint [0-9a-f]{32} of web");
    assertThat(said("identity", "explain", "ann@x.org", "bob@x.org"))
        .contains("are different customers'")
        .contains("No record names identifiers of both");
    assertThat(run("identity", "explain", ANN, "nobody").err())
        .contains("Nothing in identities is called 'nobody'. Name an identifier as type:value");

    String before = customer(spark, "7");
    said("identity", "deny", ANN, "cookie:c1", "--reason", "two sisters", "--by", "eve");
    assertThat(said("identity", "explain", ANN, CRM)).contains("are one customer's");
    night("2026-01-05");

    assertThat(said("identity", "explain", ANN, "cookie:c1"))
        .contains("are different customers'")
        .containsPattern("denied +different persons' by decision: two sisters");
    assertThat(customer(spark, "ann@x.org")).isNotEqualTo(customer(spark, "7"));
    assertThat(said("identity", "show", CRM)).contains("split");
    String ann = customer(spark, "ann@x.org");

    assertThat(said("identity", "allow", ANN, "cookie:c1", "--reason", "one after all"))
        .contains("1 earlier decisions against");
    assertThat(new Lake(spark, folder + "/warehouse").rows(IdentityOverrides.TABLE)).isEmpty();
    night("2026-01-06");

    assertThat(customer(spark, "7")).isEqualTo(before);
    assertThat(said("identity", "history", ann)).contains("It is now " + before).contains("merged");
    assertThat(said("identity", "history", before)).contains("It is still " + before);
    assertThat(run("identity", "history", "x").err())
        .contains("No night has published a customer 'x'.");
  }

  @Test
  void deviceThatChangesHandsIsExplained(SparkSession spark) throws IOException {
    Files.createDirectories(folder.resolve("landing/web"));
    Files.writeString(
        folder.resolve("landing/web/a.csv"),
        """
        id,at,cookie,mail,crm
        v1,2026-01-01T10:00,tv,,7
        v2,2026-01-02T10:00,tv,,8
        """);
    night("2026-01-04");

    assertThat(customer(spark, "7")).isNotEqualTo(customer(spark, "8"));
    assertThat(List.of("crm_id:7", "crm_id:8"))
        .anySatisfy(
            crm ->
                assertThat(said("identity", "explain", crm, "cookie:tv"))
                    .contains("a device is the customer's who was signed in on it")
                    .containsPattern("co-occurrence +conflict .* touchpoint [0-9a-f]{32} of web"));
    assertThat(said("identity", "show", "cookie:tv")).contains("Devices that others use, too");
  }

  /** Two cards of one person in one CRM: of numbers, a customer may have one. */
  @Test
  void customersWithNumbersOfTheirOwnCanBeMadeOne(SparkSession spark) throws IOException {
    Files.createDirectories(folder.resolve("landing/web"));
    Files.writeString(
        folder.resolve("landing/web/a.csv"),
        """
        id,at,cookie,mail,crm
        v1,2026-01-01T10:00,tv,ann@x.org,7
        v2,2026-01-02T10:00,tv,bob@x.org,8
        v3,2026-01-02T11:00,c1,,7
        v4,2026-01-02T12:00,tv,eve@x.org,9
        """);
    night("2026-01-04");
    assertThat(said("identity", "explain", ANN, BOB))
        .contains("No record names both, and these edges between their customers were not used:")
        .containsPattern("cookie:tv +(email|crm_id):\\S+ .*conflict");

    assertThat(
            said(
                "identity",
                "allow",
                customer(spark, "7"),
                customer(spark, "8"),
                "--reason",
                "told"))
        .contains("are one customer's");
    night("2026-01-05");

    assertThat(customer(spark, "7")).isEqualTo(customer(spark, "8"));
    assertThat(customer(spark, "ann@x.org")).isEqualTo(customer(spark, "bob@x.org"));
    assertThat(customer(spark, "9")).isNotEqualTo(customer(spark, "7"));
  }

  /** A tablet of both is no reason to think them one, nor does it stop being both's. */
  @Test
  void customersWhoShareADeviceCanBeDenied(SparkSession spark) throws IOException {
    Files.createDirectories(folder.resolve("landing/web"));
    Files.writeString(
        folder.resolve("landing/web/a.csv"),
        """
        id,at,cookie,mail,crm
        v1,2026-01-01T10:00,tv,,7
        v2,2026-01-02T10:00,tv,,8
        """);
    night("2026-01-04");

    assertThat(
            said(
                "identity",
                "deny",
                customer(spark, "7"),
                customer(spark, "8"),
                "--reason",
                "sisters"))
        .contains("(1 pairs)");
    assertThat(new Lake(spark, folder + "/warehouse").rows(IdentityOverrides.TABLE))
        .extracting(row -> row.getString(0) + row.getString(2))
        .containsExactly("crm_idcrm_id");
    night("2026-01-05");
    assertThat(said("identity", "show", "cookie:tv")).contains("Devices that others use, too");
  }

  /** What a steward wrote by hand, spelt as only people spell. */
  @Test
  void decisionsWrittenByHandAreTakenBack(SparkSession spark) throws IOException {
    Files.createDirectories(folder.resolve("landing/web"));
    Files.writeString(
        folder.resolve("landing/web/a.csv"),
        """
        id,at,cookie,mail,crm
        v1,2026-01-01T10:00,Ab,ann@x.org,
        v2,2026-01-01T11:00,ab,bob@x.org,
        """);
    night("2026-01-04");
    Lake lake = new Lake(spark, folder + "/warehouse");
    lake.create(IdentityOverrides.TABLE);
    spark.sql(
        "INSERT INTO delta.`%s` VALUES ('email ', 'ann@x.org', 'cookie', ' Ab', 'NEVER', '', '', NULL),"
                .formatted(lake.path(IdentityOverrides.TABLE))
            + "('email', 'ann@x.org', 'cookie', NULL, 'never', '', '', NULL)");

    assertThat(said("identity", "allow", ANN, "cookie:Ab", "--reason", "one"))
        .contains("1 earlier decisions against");
    assertThat(run("identity", "explain", ANN, "ab").out()).contains("are different customers'");
  }

  @Test
  void groupsAreReviewedAndStrangersCanBeJoined(SparkSession spark) throws IOException {
    Files.createDirectories(folder.resolve("landing/web"));
    Files.writeString(
        folder.resolve("landing/web/a.csv"),
        """
        id,at,cookie,mail,crm
        v1,2026-01-01T10:00,c1,ann@x.org,
        v2,2026-01-02T10:00,c1,,7
        v3,2026-01-02T11:00,c4,,7
        v4,2026-01-03T11:00,c3,bob@x.org,
        """);
    night("2026-01-04");

    assertThat(said("identity", "review"))
        .contains("Largest groups")
        .containsPattern(" 4 +3 +0.5 +1 +0");
    assertThat(run("identity", "deny", ANN, ANN, "--reason", "?").err())
        .contains("have an identifier in common");
    assertThat(said("identity", "allow", ANN, BOB, "--reason", "told by phone"))
        .contains("From the next night on, 'email:ann@x.org' and 'email:bob@x.org' are one");
    night("2026-01-05");

    assertThat(customer(spark, "ann@x.org")).isEqualTo(customer(spark, "bob@x.org"));
    assertThat(said("identity", "explain", ANN, BOB)).containsPattern("manual +used");
    assertThat(new Lake(spark, folder + "/warehouse").rows(IdentityQuality.TABLE, "edges_count"))
        .extracting(row -> row.getLong(0))
        .containsExactly(5L);
  }

  private String customer(SparkSession spark, String value) {
    List<Row> rows =
        new Lake(spark, folder + "/warehouse")
            .rows(Identities.TABLE, Identities.VALUE, Identities.CUSTOMER_ID);
    return rows.stream()
        .filter(row -> row.getString(0).equals(value))
        .map(row -> row.getString(1))
        .findFirst()
        .orElseThrow();
  }

  private void night(String asOf) throws IOException {
    assertThat(run("ingest", "--as-of", asOf).code()).isZero();
    assertThat(run("stitch", "--as-of", asOf).code()).isZero();
  }

  private String said(String... command) {
    TypedLine typed;
    try {
      typed = run(command);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(typed.code()).as(typed.err()).isZero();
    return typed.out();
  }

  private TypedLine run(String... command) throws IOException {
    Path configuration = folder.resolve("itinera.conf");
    Files.writeString(configuration, CONFIGURATION);
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(
        List.of(
            "--config", configuration.toString(),
            "--set", "itinera.landing=" + folder.resolve("landing"),
            "--set", "itinera.warehouse=" + folder.resolve("warehouse")));
    return TypedLine.run(words.toArray(String[]::new));
  }
}
