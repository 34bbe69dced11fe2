package io.itinera.jobs.nights;

import static io.itinera.testing.TableText.assertRows;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.CustomerAliases;
import io.itinera.core.table.CustomerChanges;
import io.itinera.core.table.Identities;
import io.itinera.core.table.IdentityEdges;
import io.itinera.core.table.QualityChecks;
import io.itinera.core.table.Table;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a steward decides is followed by the next night, and by a night from nothing. */
@ExtendWith(SparkExtension.class)
class DecisionsTest {

  private static final String EMAIL =
      "itinera.sources.crm.profile.identifiers { user_id = \"user\", email = \"email\" }";

  @TempDir private Path folder;

  @Test
  void deniedPairsPartAndComeTogetherAgainWithTheirFormerIds(SparkSession spark)
      throws IOException {
    SmallWorld world =
        SmallWorld.in(spark, folder)
            .deliver(
                "web/a.csv",
                "1,,c1,2025-01-01T10:00,web,page_view,,",
                "2,u1,c1,2025-01-02T10:00,web,page_view,,",
                "3,u9,c9,2025-01-02T10:00,web,page_view,,");
    world.night("2025-01-03");
    List<Map<String, Object>> before = WarehouseContent.rows(world.lake(), Identities.TABLE);

    world.decide("user_id=u1", "never", "cookie=c1").night("2025-01-04");

    Map<String, String> apart = owners(world);
    assertThat(apart.get("c1")).isNotEqualTo(apart.get("u1"));
    assertRows(
        world.lake().read(IdentityEdges.TABLE),
        """
        left_value | right_value | status | rule          | status_reason
        c1         | u1          | denied | manual        | different persons' by decision: because
        c9         | u9          | used   | co-occurrence | null
        """);
    world.assertEqualsNightFromNothing("2025-01-04");

    world.takeBack("user_id=u1").night("2025-01-05");

    assertThat(WarehouseContent.rows(world.lake(), Identities.TABLE)).isEqualTo(before);
    assertThat(changes(world))
        .containsExactly(
            "created {\"rule\":\"first-seen\"}",
            "created {\"rule\":\"first-seen\"}",
            "merged co-occurrence",
            "split manual");
    assertThat(lead(world, apart.get("u1"))).isEqualTo(owners(world).get("u1"));
  }

  @Test
  void decisionsAboutTwoWhoNothingLinksHold(SparkSession spark) throws IOException {
    SmallWorld world =
        SmallWorld.in(spark, folder)
            .deliver("web/a.csv", "1,u1,c1,2025-01-01T10:00,web,page_view,,")
            .deliver("crm/a.csv", "1,,ann@x.org,2025-01-02T00:00");
    world.decide("email=ann@x.org", "always", "cookie=c1").nightToSessions("2025-01-03", EMAIL);
    Map<String, String> owners = owners(world);
    assertThat(owners.get("ann@x.org")).isEqualTo(owners.get("u1"));

    // Of one that was never seen, nothing is told; once it is seen, it holds.
    world.decide("cookie=c1", "always", "cookie=c2").nightToSessions("2025-01-04", EMAIL);
    assertThat(owners(world)).isEqualTo(owners);
    world
        .deliver("web/b.csv", "2,,c2,2025-01-05T10:00,web,page_view,,")
        .nightToSessions("2025-01-05", EMAIL);
    assertThat(owners(world).get("c2")).isEqualTo(owners.get("u1"));
    world.assertEqualsNightToSessionsFromNothing("2025-01-05", EMAIL);
  }

  @Test
  void stewardsMayWriteAddressesAndNumbersAsTheyLike(SparkSession spark) throws IOException {
    SmallWorld world =
        SmallWorld.in(spark, folder)
            .deliver(
                "crm/a.csv", "1,u1,ann@x.org,2025-01-02T00:00", "2,u2,bob@x.org,2025-01-02T00:00");
    world.nightToSessions("2025-01-03", EMAIL);

    world.decide("email= Ann@X.org", "always", "user_id=u2 ").nightToSessions("2025-01-04", EMAIL);

    Map<String, String> owners = owners(world);
    assertThat(owners.get("ann@x.org")).isEqualTo(owners.get("bob@x.org"));
    world.assertEqualsNightToSessionsFromNothing("2025-01-04", EMAIL);
  }

  @Test
  void ignoredValuesAndOfficesLinkNobodyAndSayWhy(SparkSession spark) throws IOException {
    SmallWorld world =
        SmallWorld.in(spark, folder)
            .deliver(
                "crm/a.csv",
                "1,u1,info@x.org,2025-01-02T00:00",
                "2,u2,info@x.org,2025-01-02T00:00",
                "3,u3,ann@x.org,2025-01-02T00:00");
    world.nightToSessions("2025-01-03", EMAIL);
    world.ignore("email=ann@x.org").nightToSessions("2025-01-04", EMAIL);

    assertRows(
        world.lake().read(IdentityEdges.TABLE),
        """
        left_value | right_value | status | status_reason
        info@x.org | u1          | denied | info@ is an office's address (role-mailboxes), not a person's
        info@x.org | u2          | denied | info@ is an office's address (role-mailboxes), not a person's
        ann@x.org  | u3          | denied | email is ignored by decision: because
        """);
    assertThat(owners(world).values()).doesNotHaveDuplicates();
    world.assertEqualsNightToSessionsFromNothing("2025-01-04", EMAIL);
  }

  @Test
  void rowsThatSayNothingAreReportedAndTheOthersHold(SparkSession spark) throws IOException {
    SmallWorld world =
        SmallWorld.in(spark, folder)
            .deliver("web/a.csv", "1,u1,c1,2025-01-01T10:00,web,page_view,,");
    world
        .decide("user_id=u1", "perhaps", "cookie=c1")
        .decide("user_id=u1", "never", "user_id=u1")
        .decide("user_id=u1", "Never ", "cookie=c1")
        .nightToSessions("2025-01-03");

    assertThat(owners(world).values()).doesNotHaveDuplicates().hasSize(2);
    assertRows(
        world.lake().read(QualityChecks.TABLE).where("table_name = 'identity_overrides'"),
        """
        severity | observed
        warning  | 2 rows say nothing: decision must be one of always, never, ignore; never is about two different identifiers
        """);
  }

  @Test
  void configuredDecisionsHoldAsThoseOfTheTable(SparkSession spark) throws IOException {
    SmallWorld world =
        SmallWorld.in(spark, folder)
            .deliver(
                "web/a.csv",
                "1,u1,c1,2025-01-01T10:00,web,page_view,,",
                "2,u2,c2,2025-01-01T10:00,web,page_view,,");
    String decided =
        """
        itinera.identity {
          never = [{ left = "user_id:u1", right = "cookie:c1", reason = "no" }]
          always = [{ left = "cookie:c1", right = "cookie:c2" }]
        }
        """;
    world.nightToSessions("2025-01-03");
    world.nightToSessions("2025-01-03", decided);

    Map<String, String> owners = owners(world);
    assertThat(owners.get("c1")).isEqualTo(owners.get("u2")).isNotEqualTo(owners.get("u1"));
    world.nightToSessions("2025-01-03");
    assertThat(owners(world).get("c1")).isEqualTo(owners(world).get("u1"));
  }

  @Test
  void causesTellIdentifiersOnlyWhereThatIsAllowed(SparkSession spark) throws IOException {
    SmallWorld world =
        SmallWorld.in(spark, folder)
            .deliver("web/a.csv", "1,,c1,2025-01-01T10:00,web,page_view,,")
            .deliver("till/a.csv", "u1,2025-01-01T11:00,5");
    world.nightToSessions("2025-01-03");
    world.deliver("web/b.csv", "2,u1,c1,2025-01-04T10:00,web,page_view,,");
    world.nightToSessions("2025-01-04");
    world
        .decide("user_id=u1", "never", "cookie=c1")
        .nightToSessions("2025-01-05", "itinera.pii = shown");

    List<String> causes =
        rows(world, CustomerChanges.TABLE).stream()
            .map(row -> row.<String>getAs(CustomerChanges.CAUSE))
            .toList();
    assertThat(causes.stream().filter(cause -> cause.contains("\"first_source\":\"web\"")))
        .hasSize(2)
        .filteredOn(cause -> cause.contains("u1"))
        .singleElement()
        .asString()
        .contains("\"status\":\"denied\"", "\"left_value\":\"c1\"", "\"right_value\":\"u1\"");
  }

  @Test
  void valuesOfTooManyPersonsAreReported(SparkSession spark) throws IOException {
    String few = "itinera.identity.max-fan-out = 2";
    SmallWorld world =
        SmallWorld.in(spark, folder)
            .deliver(
                "web/a.csv",
                "1,u1,kiosk,2025-01-01T10:00,web,page_view,,",
                "2,u2,kiosk,2025-01-01T11:00,web,page_view,,",
                "3,u3,kiosk,2025-01-01T12:00,web,page_view,,");
    world.nightToSessions("2025-01-03", few);

    assertRows(
        world.lake().read(QualityChecks.TABLE).where("table_name = 'identity_edges'"),
        """
        severity | observed
        warning  | 1 of those looked at were seen with more than max-fan-out persons and link nobody
        """);
    assertThat(owners(world).values()).doesNotHaveDuplicates().hasSize(4);
  }

  private static Map<String, String> owners(SmallWorld world) {
    Map<String, String> owners = new TreeMap<>();
    rows(world, Identities.TABLE)
        .forEach(
            row ->
                owners.put(row.getAs(Identities.VALUE), row.<String>getAs(Identities.CUSTOMER_ID)));
    return owners;
  }

  private static List<String> changes(SmallWorld world) {
    return rows(world, CustomerChanges.TABLE).stream()
        .map(
            row -> {
              String cause = row.getAs(CustomerChanges.CAUSE);
              return "%s %s"
                  .formatted(
                      row.getAs(CustomerChanges.CHANGE),
                      cause.contains("left_type")
                          ? cause.replaceAll(".*\"rule\":\"(\\S+?)\".*", "$1")
                          : cause);
            })
        .sorted()
        .toList();
  }

  private static String lead(SmallWorld world, String id) {
    return rows(world, CustomerAliases.TABLE).stream()
        .filter(row -> row.getAs(CustomerAliases.OLD_CUSTOMER_ID).equals(id))
        .map(row -> row.<String>getAs(CustomerAliases.CUSTOMER_ID))
        .findFirst()
        .orElseThrow();
  }

  private static List<Row> rows(SmallWorld world, Table table) {
    Dataset<Row> rows = world.lake().read(table);
    return rows.collectAsList();
  }
}
