package io.itinera.jobs.nights;

import static io.itinera.testing.TableText.assertRows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.itinera.core.table.CampaignCosts;
import io.itinera.core.table.Evidence;
import io.itinera.core.table.Profiles;
import io.itinera.core.table.QualityChecks;
import io.itinera.core.table.SourceDays;
import io.itinera.core.table.Table;
import io.itinera.core.table.Tombstones;
import io.itinera.core.table.TouchpointDates;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.config.ConfigReader;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.ingest.IngestJob;
import io.itinera.jobs.ingest.TooManyWithdrawnException;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.Night;
import io.itinera.jobs.night.Reload;
import io.itinera.jobs.night.StageContext;
import io.itinera.jobs.stage.Stages;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Files that come again under their names: the tables are what one load of the last ones gives. */
@ExtendWith(SparkExtension.class)
class RewrittenFilesTest {

  private static final List<Table> TABLES =
      List.of(
          Touchpoints.TABLE,
          TouchpointDates.TABLE,
          Profiles.TABLE,
          CampaignCosts.TABLE,
          Tombstones.TABLE,
          Evidence.TABLE,
          SourceDays.TABLE);

  private static final String TILL = "id,at,mail,city,changed";
  private static final String GONE = "receipt,at";
  private static final String CRM = "id,mail,made";
  private static final String ADS = "day,campaign,spent";

  @TempDir private Path folder;
  private SparkSession spark;
  private Lake lake;
  private int writings;

  @BeforeEach
  void emptyWarehouse(SparkSession session) throws IOException {
    spark = session;
    lake = lake("warehouse");
  }

  @Test
  void correctedAndShortenedFilesStandForThemselves() throws IOException {
    deliver("till/a.csv", TILL, visit("1", "A"), visit("2", "A"), visit("3", "A"), visit("4", "A"));
    deliver(
        "lines/a.csv", "at,mail", "2026-01-01,x@x.org", "2026-01-01,x@x.org", "2026-01-02,y@x.org");
    deliver("crm/a.csv", CRM, "p,p@x.org,2026-01-01", "q,q@x.org,2026-01-02", "r,r@x.org,");
    deliver("ads/a.csv", ADS, "2026-01-01,spring,1", "2026-01-02,spring,2");
    night("first");

    deliver("till/a.csv", TILL, visit("4", "A"), visit("2", "B"), "3,2026-01-05,a@x.org,A,");
    deliver("lines/a.csv", "at,mail", "2026-01-02,y@x.org", "2026-01-01,x@x.org");
    deliver("crm/a.csv", CRM, "q,q@x.org,2026-01-03", "p,p@x.org,2026-01-01");
    deliver("ads/a.csv", ADS, "2026-01-02,spring,5");
    night("second");

    assertRows(
        lake.read(Touchpoints.TABLE).where("source = 'till'"),
        """
        record_id | city | sequence | event_date
        2         | B    | 2        | 2026-01-01
        3         | A    | 3        | 2026-01-05
        4         | A    | 1        | 2026-01-01
        """);
    assertRows(
        lake.read(Profiles.TABLE).select("record_id", "email"),
        "record_id | email\np | p@x.org\nq | q@x.org\n");
    assertRows(
        lake.read(CampaignCosts.TABLE).select("date", "cost"),
        "date | cost\n2026-01-02 | 5.0000\n");
    assertIsWhatOneLoadGives();
  }

  @Test
  void recordWhoseFileDropsItIsThatOfTheNextBestFile() throws IOException {
    deliver("till/2026-01-01.csv", TILL, visit("0", "A"), visit("1", "old"), visit("2", "old"));
    deliver("till/2026-01-02.csv", TILL, visit("1", "new"), visit("2", "new"), visit("3", "new"));
    deliver("crm/2026-01-01.csv", CRM, "p,old@x.org,2026-01-01", "q,q@x.org,2026-01-01");
    deliver("crm/2026-01-02.csv", CRM, "p,new@x.org,2026-01-03", "s,s@x.org,2026-01-03");
    night("first");
    deliver("till/2026-01-02.csv", TILL, visit("3", "new"), visit("2", "newer"));
    deliver("crm/2026-01-02.csv", CRM, "s,s@x.org,2026-01-03");
    night("second");

    assertRows(
        lake.read(Touchpoints.TABLE),
        """
        record_id | city  | sequence
        0         | A     | 1
        1         | old   | 2
        2         | newer | 2
        3         | new   | 1
        """);
    assertRows(
        lake.read(Profiles.TABLE).where("record_id = 'p'"), "record_id | email\np | old@x.org\n");
    assertIsWhatOneLoadGives();
  }

  @Test
  void recordThatLosesItsSmallestPlaceHasTheNextOne() throws IOException {
    deliver("till/2026-01-01.csv", TILL, visit("1", "old"), visit("2", "old"), visit("3", "old"));
    deliver("till/2026-01-02.csv", TILL, visit("9", "new"), visit("8", "new"), visit("1", "new"));
    night("first");
    deliver("till/2026-01-01.csv", TILL, visit("2", "old"), visit("3", "old"));
    night("second");

    assertRows(
        lake.read(Touchpoints.TABLE).where("record_id IN ('1', '2')"),
        """
        record_id | city | sequence
        1         | new  | 3
        2         | old  | 1
        """);
    assertIsWhatOneLoadGives();
  }

  @Test
  void withdrawnRecordThatNoFileHoldsAnyMoreHasNoPlace() throws IOException {
    deliver("till/a.csv", TILL, visit("1", "A"), visit("2", "A"), visit("3", "A"));
    deliver("gone/a.csv", GONE, "2,2026-02-01", "3,2026-02-01");
    night("first");
    deliver("till/a.csv", TILL, visit("3", "A"), visit("1", "A"));
    night("second");

    assertRows(
        lake.read(Tombstones.TABLE).selectExpr("record_id", "coalesce(sequence, 0) AS place"),
        "record_id | place\n2 | 0\n3 | 1\n");
    assertIsWhatOneLoadGives();
  }

  @Test
  void withdrawalCountsThoughItsFileIsMovedAway() throws IOException {
    deliver("till/a.csv", TILL, visit("1", "A"), visit("2", "A"), visit("3", "A"));
    deliver("till/b.csv", TILL, visit("4", "B"), "2,2026-01-01,a@x.org,B,2026-02-15");
    deliver("gone/a.csv", GONE, "2,2026-02-01", "3,2026-02-01");
    deliver("gone/b.csv", GONE, "3,2026-03-01", "8,2026-03-01");
    night("first");
    Path away = folder.resolve("away.csv");
    Files.move(folder.resolve("landing/gone/a.csv"), away);
    // Now the withdrawals of the file that is away are the best there are.
    deliver("till/b.csv", TILL, visit("4", "B"));
    deliver("gone/b.csv", GONE, "8,2026-03-01");
    night("second");

    assertRows(lake.read(Touchpoints.TABLE).select("record_id"), "record_id\n1\n4\n");
    Files.move(away, folder.resolve("landing/gone/a.csv"));
    assertIsWhatOneLoadGives();
  }

  @Test
  void rewrittenFileOfDeletionsRevivesWhatItNoLongerWithdraws() throws IOException {
    deliver("till/a.csv", TILL, visit("1", "A"), visit("2", "A"), visit("3", "A"));
    deliver("gone/a.csv", GONE, "1,2026-02-01", "2,2026-02-01", "7,2026-02-01");
    night("first");
    assertRows(lake.read(Touchpoints.TABLE).select("record_id"), "record_id\n3\n");
    deliver("gone/a.csv", GONE, "2,2026-02-01", "3,2026-02-01");
    night("second");

    assertRows(
        lake.read(Touchpoints.TABLE).select("record_id", "city"), "record_id | city\n1 | A\n");
    assertIsWhatOneLoadGives();
  }

  @Test
  void withdrawalsCountThoughTheirSourceIsConfiguredNoMore() throws IOException {
    deliver("till/a.csv", TILL, visit("1", "A"), visit("2", "A"));
    deliver("gone/a.csv", GONE, "1,2026-02-01");
    night("first");
    deliver("till/b.csv", TILL, visit("1", "B"), visit("2", "B"));
    night("second", "itinera.sources.gone = null", Reload.NONE);

    assertRows(
        lake.read(Touchpoints.TABLE).select("record_id", "city"), "record_id | city\n2 | B\n");
  }

  @Test
  void fileThatLosesTooMuchStopsTheNightAndSaysWhatToDo() throws IOException {
    deliver("till/a.csv", TILL, visit("1", "A"), visit("2", "A"), visit("3", "A"), visit("4", "A"));
    night("first");
    List<Long> before = versions();
    deliver("till/a.csv", TILL, visit("1", "B"));

    assertThatThrownBy(() -> night("second"))
        .isInstanceOf(TooManyWithdrawnException.class)
        .hasMessageContainingAll(
            "Source till",
            "till/a.csv",
            "3 of the 4 records (75.0 %)",
            "allowed are 50.0 %",
            "Nothing was written",
            "itinera.sources.till.max-withdrawn-share",
            "rewritten = adds");
    assertThat(versions()).isEqualTo(before);

    // What another file holds is not lost.
    deliver("till/b.csv", TILL, visit("2", "A"));
    night("second");
    assertRows(
        lake.read(Touchpoints.TABLE).select("record_id", "city"),
        "record_id | city\n1 | B\n2 | A\n");
    assertIsWhatOneLoadGives();
  }

  @Test
  void fileReadAgainOnRequestMayLoseAnything() throws IOException {
    deliver("till/a.csv", TILL, visit("1", "A"), visit("2", "A"));
    night("first");
    String otherIds = "itinera.sources.till.touchpoint.record-id = \"'new-' || id\"";

    night("second", otherIds, (source, file) -> source.name().equals("till"));

    assertRows(lake.read(Touchpoints.TABLE).select("record_id"), "record_id\nnew-1\nnew-2\n");
  }

  @Test
  void fileThatIsMovedAwayWithdrawsNothing() throws IOException {
    deliver("till/a.csv", TILL, visit("1", "A"), visit("2", "A"));
    deliver("till/b.csv", TILL, visit("3", "A"));
    night("first");
    Files.delete(folder.resolve("landing/till/a.csv"));
    deliver("till/b.csv", TILL, visit("3", "B"));
    night("second");

    assertRows(
        lake.read(Touchpoints.TABLE).select("record_id", "city"),
        "record_id | city\n1 | A\n2 | A\n3 | B\n");
  }

  @Test
  void whatIsStoredStaysWhereTheNextBestFileIsGoneAndTheNightSaysSo() throws IOException {
    deliver("till/2026-01-01.csv", TILL, visit("1", "old"));
    deliver("till/2026-01-02.csv", TILL, visit("1", "new"), visit("2", "new"));
    night("first");
    Files.delete(folder.resolve("landing/till/2026-01-01.csv"));
    deliver("till/2026-01-02.csv", TILL, visit("2", "new"));
    night("second");

    assertRows(
        lake.read(Touchpoints.TABLE).select("record_id", "city"),
        "record_id | city\n1 | new\n2 | new\n");
    assertThat(lake.read(QualityChecks.TABLE).where("severity = 'warning'").collectAsList())
        .singleElement()
        .satisfies(row -> assertThat(row.toString()).contains("2026-01-01.csv", "till"));
  }

  @Test
  void logThatIsRotatedUnderItsNameAdds() throws IOException {
    String adds = "itinera.sources.till.rewritten = adds";
    deliver("till/a.csv", TILL, visit("1", "A"), visit("2", "A"));
    night("first", adds, Reload.NONE);
    deliver("till/a.csv", TILL, visit("3", "A"), visit("2", "B"));
    night("second", adds, Reload.NONE);

    assertRows(
        lake.read(Touchpoints.TABLE).select("record_id", "city"),
        "record_id | city\n1 | A\n2 | B\n3 | A\n");
  }

  private static String visit(String id, String city) {
    return "%s,2026-01-01,a@x.org,%s,".formatted(id, city);
  }

  private List<Long> versions() {
    return Stages.ALL.get(0).outputs().stream().map(lake::version).toList();
  }

  /** What the nights made of the files is what one night makes of them as they are. */
  private void assertIsWhatOneLoadGives() throws IOException {
    Lake anew = lake("anew");
    run(anew, "only", "", Reload.NONE);
    for (Table table : TABLES) {
      assertThat(WarehouseContent.rows(lake, table))
          .as(table.name())
          .isEqualTo(WarehouseContent.rows(anew, table));
    }
  }

  private Lake lake(String name) throws IOException {
    return EmptyWarehouse.in(spark, folder.resolve(name));
  }

  private void night(String runId) throws IOException {
    night(runId, "", Reload.NONE);
  }

  private void night(String runId, String more, Reload reload) throws IOException {
    run(lake, runId, more, reload);
  }

  private void run(Lake into, String runId, String more, Reload reload) throws IOException {
    into.begin(runId);
    IngestJob.run(
        new StageContext(
            into, config(more), new Night(runId, LocalDate.of(2026, 2, 1), false, reload)));
    into.requireUniqueKeys();
    into.begin("test");
  }

  private ItineraConfig config(String more) throws IOException {
    String text =
        """
        itinera { landing = "%1$s/landing", warehouse = "%1$s/unused", time-zone = UTC }
        csv { format = csv, options { header = true }, time-zone = UTC }
        itinera.sources.till = ${csv} {
          path = ${itinera.landing}"/till/*"
          touchpoint {
            record-id = "id", occurred-at = "at", type = "'visit'", channel = "'store'", city = "city"
            identifiers { email = "mail" }
          }
        }
        itinera.sources.lines = ${csv} {
          path = ${itinera.landing}"/lines/*"
          touchpoint {
            occurred-at = "at", type = "'visit'", channel = "'store'", identifiers { email = "mail" }
          }
        }
        itinera.sources.gone = ${csv} {
          path = ${itinera.landing}"/gone/*", version-at = "at"
          deletes { source = till, touchpoint = "receipt" }
        }
        itinera.sources.crm = ${csv} {
          path = ${itinera.landing}"/crm/*"
          profile {
            record-id = "id", created-at = "made", email = "mail"
            identifiers { crm_id = "id", email = "mail" }
          }
        }
        itinera.sources.ads = ${csv} {
          path = ${itinera.landing}"/ads/*"
          cost {
            record-id = "concat(day, '|', campaign)", date = "day", campaign = "campaign"
            marketing-channel = "'paid_search'", cost = "spent"
          }
        }
        """
            .formatted(folder);
    Path file = Files.writeString(folder.resolve("my.conf"), text + more);
    return ConfigReader.read(List.of(file), Map.of(), Map.of());
  }

  /** Each writing is later than those before it. */
  private void deliver(String name, String... lines) throws IOException {
    Path file = folder.resolve("landing").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, String.join("\n", lines));
    Instant written = Instant.parse("2026-02-01T00:00:00Z").plusSeconds(writings++);
    Files.setLastModifiedTime(file, FileTime.from(written));
  }
}
