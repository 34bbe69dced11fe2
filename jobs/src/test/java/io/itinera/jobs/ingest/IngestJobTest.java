package io.itinera.jobs.ingest;

import static io.itinera.testing.TableText.assertRows;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.split;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.itinera.core.settle.CollectEvidence;
import io.itinera.core.table.CampaignCosts;
import io.itinera.core.table.Evidence;
import io.itinera.core.table.LoadedFiles;
import io.itinera.core.table.Profiles;
import io.itinera.core.table.RecordFiles;
import io.itinera.core.table.RejectedRecords;
import io.itinera.core.table.SourceDays;
import io.itinera.core.table.Table;
import io.itinera.core.table.TouchpointDates;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.config.ConfigReader;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.Night;
import io.itinera.jobs.night.StageContext;
import io.itinera.jobs.nights.EmptyWarehouse;
import io.itinera.jobs.stage.Stages;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class IngestJobTest {

  private static final List<Table> TABLES = Stages.ALL.get(0).outputs();

  @TempDir private Path folder;

  @Test
  void nightsAddReplaceAndAccountForEveryRecord(SparkSession spark) throws IOException {
    Lake lake = lake(spark);
    deliver("till/1.csv", "id,at,mail,city,changed", "1,2026-01-01,a@x.org,Bonn,2026-01-01");
    deliver("till/empty.csv", "id,at,mail,city,changed");
    deliver("crm/2026-01-01.csv", "id,mail,made,gone", "p,a@x.org,2026-01-01,", "q,b@x.org,,");
    night(lake, "first", "");

    deliver(
        "till/2.csv",
        "id,at,mail,city,changed",
        "2,2026-01-01,b@x.org,Kiel,2026-01-01",
        "1,2026-01-03,a@x.org,Berlin,2026-01-02",
        "1,2026-01-02,a@x.org,Bern,2026-01-01",
        "3,yesterday,a@x.org,Bern,2026-01-01");
    deliver("till/2.csv.gz", "not packed");
    deliver(
        "crm/2026-01-05.csv",
        "id,mail,made,gone",
        "q,b@x.org,2026-01-05,true",
        "p,a@x.org,2026-01-01,");
    night(lake, "second", "");

    assertRows(
        lake.read(Touchpoints.TABLE),
        """
        record_id | city   | event_date | loaded_run_id
        1         | Berlin | 2026-01-03 | second
        2         | Kiel   | 2026-01-01 | second
        """);
    assertRows(
        lake.read(Profiles.TABLE),
        """
        source | record_id | email   | deleted | loaded_run_id
        crm    | p         | a@x.org | false   | second
        crm    | q         | b@x.org | true    | second
        """);
    assertRows(
        named(lake.read(LoadedFiles.TABLE)),
        """
        source | file      | records_read | records_accepted | records_duplicate | records_rejected
        till   | 1.csv     | 1            | 1                | 0                 | 0
        till   | empty.csv | 0            | 0                | 0                 | 0
        till   | 2.csv     | 4            | 2                | 1                 | 1
        till   | 2.csv.gz  | 1            | 0                | 0                 | 1
        crm    | 2026-01-01.csv | 2            | 2                | 0                 | 0
        crm    | 2026-01-05.csv | 2            | 1                | 1                 | 0
        """);
    assertRows(
        named(lake.read(RejectedRecords.TABLE)),
        """
        file     | reason          | record                              | run_id
        2.csv    | bad-time        | 3,yesterday,a@x.org,Bern,2026-01-01 | second
        2.csv.gz | unreadable-file |                                     | second
        """);
    assertRows(
        lake.read(TouchpointDates.TABLE).orderBy("event_date"),
        """
        event_date
        2026-01-01
        2026-01-03
        """);
    assertEvidenceFits(lake);
    assertNothingIsWrittenWithoutNewFiles(lake);
  }

  @Test
  void sourceWithTooManyBadRecordsStopsTheNightAndItsRepairedFileIsReadAgain(SparkSession spark)
      throws IOException {
    Lake lake = lake(spark);
    String share = "itinera.sources.till.max-rejected-share = ";
    String header = "id,at,mail,city,changed";
    String good = "1,2026-01-01,a@x.org,Bonn,2026-01-01";
    deliver("till/1.csv", header, good, "2,soon,a@x.org,Bonn,", "3,2026-01-01,nobody,Bonn,");

    assertThatThrownBy(() -> night(lake, "first", share + 0.6))
        .isInstanceOf(TooManyRejectedException.class)
        .hasMessageContainingAll("till", "2 of 3", "66.7 %", "60.0 %", "bad-time", "no-identifier");
    assertThat(TABLES).allSatisfy(table -> assertThat(lake.version(table)).isZero());

    night(lake, "first", share + 0.7);
    deliver("till/1.csv", header, good, "2,2026-01-01,a@x.org,Bonn,2026-01-01");
    night(lake, "second", share + 0.6);

    assertRows(
        named(lake.read(LoadedFiles.TABLE)),
        """
        file  | records_read | records_accepted | records_duplicate | run_id
        1.csv | 2            | 1                | 1                 | second
        """);
    assertRows(
        lake.read(Touchpoints.TABLE).select("record_id", "loaded_run_id"),
        """
        record_id | loaded_run_id
        1         | first
        2         | second
        """);
    assertEvidenceFits(lake);
  }

  @Test
  void sourceOfDeletionsWithdrawsTouchpointsAndProfilesWheneverItComes(SparkSession spark)
      throws IOException {
    String deletes =
        """
        itinera.sources.gone {
          format = csv, options { header = true }, path = ${itinera.landing}"/gone/*"
          time-zone = UTC, version-at = "at"
          deletes { source = till, touchpoint = "receipt" }
        }
        itinera.sources.left {
          format = csv, options { header = true }, path = ${itinera.landing}"/left/*"
          deletes { source = crm, profile = "person" }
        }
        """;
    Lake lake = lake(spark);
    String header = "id,at,mail,city,changed";
    deliver(
        "till/1.csv",
        header,
        "1,2026-01-01,a@x.org,Bonn,2026-01-01",
        "2,2026-01-02,a@x.org,Kiel,2026-01-01");
    deliver("crm/2026-01-01.csv", "id,mail,made,gone", "p,a@x.org,2026-01-01,", "q,b@x.org,,");
    night(lake, "first", deletes);
    deliver("gone/1.csv", "receipt,at", "2,2026-01-05", "3,2026-01-05");
    deliver("left/2026-01-02.csv", "person", "q");
    night(lake, "second", deletes);
    deliver(
        "till/late.csv",
        header,
        "3,2026-01-03,a@x.org,Kiel,2026-01-04",
        "4,2026-01-03,a@x.org,Kiel,2026-01-04");
    night(lake, "third", deletes);

    assertRows(
        lake.read(Touchpoints.TABLE),
        """
        record_id | event_date | loaded_run_id
        1         | 2026-01-01 | first
        4         | 2026-01-03 | third
        """);
    assertRows(
        lake.read(Profiles.TABLE),
        """
        record_id | deleted | email
        p         | false   | a@x.org
        q         | true    |
        """);
    assertRows(
        named(lake.read(LoadedFiles.TABLE)),
        """
        source | file           | records_read | records_accepted | records_duplicate
        till   | 1.csv          | 2            | 2                | 0
        crm    | 2026-01-01.csv | 2            | 2                | 0
        gone   | 1.csv          | 2            | 2                | 0
        left   | 2026-01-02.csv | 1            | 1                | 0
        till   | late.csv       | 2            | 1                | 1
        """);
    assertRows(
        lake.read(SourceDays.TABLE),
        """
        source | channel | event_date | touchpoints_count | identified_count
        till   | store   | 2026-01-01 | 1                 | 1
        till   | store   | 2026-01-03 | 1                 | 1
        """);
    assertEvidenceFits(lake);
  }

  @Test
  void whatCampaignsCostIsTheLastRestatement(SparkSession spark) throws IOException {
    String ads =
        """
        itinera.sources.ads {
          format = csv, options { header = true }, path = ${itinera.landing}"/ads/*"
          max-rejected-share = 1
          cost {
            record-id = "concat(day, '|', campaign)", date = "day", campaign = "campaign"
            marketing-channel = "'paid_search'", cost = "micros / 1000000", clicks = "clicks"
          }
        }
        """;
    Lake lake = lake(spark);
    String header = "day,campaign,micros,clicks";
    deliver("ads/2026-01-03.csv", header, "2026-01-01,spring,2500000,12", "2026-01-02,spring,1,x");
    night(lake, "first", ads);
    deliver("ads/2026-01-02.csv", header, "2026-01-01,spring,1000000,5");
    night(lake, "second", ads);
    deliver("ads/2026-01-04.csv", header, "2026-01-01,spring,3000000,13");
    night(lake, "third", ads);

    assertRows(
        lake.read(CampaignCosts.TABLE),
        """
        date       | marketing_channel | campaign | cost   | currency | clicks | loaded_run_id
        2026-01-01 | paid_search       | spring   | 3.0000 | EUR      | 13     | third
        """);
    assertRows(
        named(lake.read(RejectedRecords.TABLE)),
        """
        file           | reason
        2026-01-03.csv | bad-number
        """);
  }

  @Test
  void fileOfMoreDaysThanAreWrittenAtOnceIsStoredWholeAndOnce(SparkSession spark)
      throws IOException {
    Lake lake = lake(spark);
    List<String> lines = new ArrayList<>(List.of("id,at,mail,city,changed"));
    for (int i = 0; i < 80; i++) {
      lines.add("%d,%s,a@x.org,Bonn,".formatted(i, LocalDate.of(2025, 12, 1).plusDays(i % 40)));
    }
    deliver("till/1.csv", lines.toArray(String[]::new));
    night(lake, "first", "");
    deliver("till/2.csv", lines.toArray(String[]::new));
    night(lake, "second", "");

    assertThat(
            lake.read(Touchpoints.TABLE)
                .where(
                    "event_date = date_add(DATE'2025-12-01', int(record_id % 40))"
                        + " AND loaded_run_id = 'first'")
                .select("record_id")
                .distinct()
                .count())
        .isEqualTo(80);
    assertThat(lake.read(Touchpoints.TABLE).count()).isEqualTo(80);
    assertThat(lake.read(RecordFiles.TABLE).count()).isEqualTo(160);
    assertRows(
        named(lake.read(LoadedFiles.TABLE)),
        """
        file  | records_read | records_accepted | records_duplicate
        1.csv | 80           | 80               | 0
        2.csv | 80           | 0                | 80
        """);
    assertEvidenceFits(lake);
  }

  /** Of which nobody need find out whether it is stored on another day. */
  private static final String SAME_DAY = "itinera.sources.till.redated = false";

  @Test
  void nightsThatBringOnlyNewDaysAreStoredBesideThoseThatDoNot(SparkSession spark)
      throws IOException {
    Lake lake = lake(spark);
    String header = "id,at,mail,city,changed";
    deliver(
        "till/1.csv",
        header,
        "1,2026-01-01,a@x.org,Bonn,2026-01-01",
        "2,2026-01-02,b@x.org,Kiel,2026-01-02",
        "3,soon,b@x.org,Kiel,2026-01-02");
    night(lake, "first", SAME_DAY);
    deliver("till/2.csv", header, "4,2026-01-03,a@x.org,Bonn,2026-01-03");
    night(lake, "second", SAME_DAY);
    deliver(
        "till/3.csv",
        header,
        "4,2026-01-03,a@x.org,Ulm,2026-01-04",
        "5,2026-01-04,a@x.org,Bonn,2026-01-04");
    night(lake, "third", SAME_DAY);

    assertRows(
        lake.read(Touchpoints.TABLE),
        """
        record_id | city | event_date | loaded_run_id
        1         | Bonn | 2026-01-01 | first
        2         | Kiel | 2026-01-02 | first
        4         | Ulm  | 2026-01-03 | third
        5         | Bonn | 2026-01-04 | third
        """);
    assertRows(
        named(lake.read(LoadedFiles.TABLE)),
        """
        file  | records_read | records_accepted | records_duplicate | records_rejected
        1.csv | 3            | 2                | 0                 | 1
        2.csv | 1            | 1                | 0                 | 0
        3.csv | 2            | 2                | 0                 | 0
        """);
    assertEvidenceFits(lake);
  }

  @Test
  void recordThatTwoFilesOfTheFirstNightBringIsStoredOnce(SparkSession spark) throws IOException {
    Lake lake = lake(spark);
    String header = "id,at,mail,city,changed";
    deliver("till/1.csv", header, "1,2026-01-01,a@x.org,Bonn,2026-01-01");
    deliver("till/2.csv", header, "1,2026-01-01,a@x.org,Kiel,2026-01-02");
    night(lake, "first", SAME_DAY);

    assertRows(
        lake.read(Touchpoints.TABLE),
        """
        record_id | city | event_date | loaded_run_id
        1         | Kiel | 2026-01-01 | first
        """);
    assertRows(
        named(lake.read(LoadedFiles.TABLE)),
        """
        file  | records_read | records_accepted | records_duplicate
        1.csv | 1            | 0                | 1
        2.csv | 1            | 1                | 0
        """);
    assertEvidenceFits(lake);
  }

  @Test
  void missingLandingFolderIsAnError(SparkSession spark) {
    Lake lake = new Lake(spark, folder + "/warehouse");

    assertThatThrownBy(() -> night(lake, "first", ""))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("landing", "itinera.landing");
  }

  private void assertNothingIsWrittenWithoutNewFiles(Lake lake) {
    List<Long> before = TABLES.stream().map(lake::version).toList();
    night(lake, "third", "");
    assertThat(TABLES.stream().map(lake::version).toList()).isEqualTo(before);
  }

  /** What nights kept up to date is what one look at the tables gives. */
  private void assertEvidenceFits(Lake lake) {
    Dataset<Row> anew =
        CollectEvidence.ofTouchpoints(lake.read(Touchpoints.TABLE), config("").raw())
            .union(CollectEvidence.ofProfiles(lake.read(Profiles.TABLE), config("").raw()));
    Dataset<Row> kept = lake.read(Evidence.TABLE);
    assertThat(kept.collectAsList()).containsExactlyInAnyOrderElementsOf(anew.collectAsList());
    assertThat(kept.isEmpty()).isFalse();
  }

  private static Dataset<Row> named(Dataset<Row> rows) {
    return rows.withColumn("file", element_at(split(col("path"), "/"), -1));
  }

  private Lake lake(SparkSession spark) throws IOException {
    return EmptyWarehouse.in(spark, folder.resolve("warehouse"));
  }

  private void night(Lake lake, String runId, String more) {
    lake.begin(runId);
    IngestJob.run(
        new StageContext(lake, config(more), new Night(runId, LocalDate.of(2026, 2, 1), false)));
    lake.begin("test");
  }

  private ItineraConfig config(String more) {
    String text =
        """
        itinera.landing = "%s/landing"
        itinera.warehouse = "%s/warehouse"
        itinera.time-zone = UTC
        itinera.sources.till {
          format = csv, options { header = true }, path = ${itinera.landing}"/till/*"
          time-zone = UTC, version-at = "changed", max-rejected-share = 1
          touchpoint {
            record-id = "id", occurred-at = "at", type = "'visit'", channel = "'store'", city = "city"
            identifiers { email = "mail" }
          }
        }
        itinera.sources.crm {
          format = csv, options { header = true }, path = ${itinera.landing}"/crm/*"
          profile {
            record-id = "id", created-at = "made", email = "mail", deleted = "gone"
            identifiers { crm_id = "id", email = "mail" }
          }
        }
        """
            .formatted(folder, folder);
    try {
      Path file = Files.writeString(folder.resolve("my.conf"), text + more);
      return ConfigReader.read(List.of(file), Map.of(), Map.of());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void deliver(String name, String... lines) throws IOException {
    Path file = folder.resolve("landing").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, String.join("\n", lines));
  }
}
