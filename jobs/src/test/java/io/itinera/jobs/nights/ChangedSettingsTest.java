package io.itinera.jobs.nights;

import static io.itinera.testing.TableText.assertRows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.itinera.core.table.Customers;
import io.itinera.core.table.QualityChecks;
import io.itinera.core.table.SourceSettings;
import io.itinera.core.table.Tables;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.night.ChangedSettingsException;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of rows that were made with other settings than today's. */
@ExtendWith(SparkExtension.class)
class ChangedSettingsTest {

  private static final String NIGHT = "2025-01-10";
  private static final String TOKYO = "itinera.time-zone = Asia/Tokyo";
  private static final String DOLLARS = "itinera.currency = USD";
  private static final String NEW_YORK = "itinera.sources.till.time-zone = America/New_York";
  private static final String OTHER_ID =
      "itinera.sources.web.touchpoint.record-id = \"concat(id, at)\"";
  private static final String OTHER_KEY = "itinera.id-key = \"another key\"";

  private static final String[] LABELS = {
    "itinera.stages.rules = [ { label = consideration, when = \"type = 'brochure'\" } ]",
    "itinera.marketing-channels { rules = [ { label = print, when = \"type = 'brochure'\" } ] }",
    "itinera.bots.exclude = false"
  };

  /** One folder for all tests: what is loaded knows where its files lay. */
  @TempDir private static Path home;

  private static Folder firstNight;

  @Test
  void nightUnderAnotherZoneCurrencyOrIdIsRefusedBeforeAnythingIsTouched(SparkSession spark)
      throws IOException {
    SmallWorld world = company(spark);
    Map<String, Long> versions = WarehouseContent.versions(world.lake(), Tables.ALL);
    world.deliver("web/9.csv", "z,u9,,2025-01-09 20:20:00,web,page_view,,");

    assertThatThrownBy(() -> world.night(NIGHT, TOKYO, DOLLARS, NEW_YORK, OTHER_ID, OTHER_KEY))
        .isInstanceOf(ChangedSettingsException.class)
        .hasMessageContainingAll(
            "nothing was read or written",
            "itinera.time-zone is Asia/Tokyo, but what is loaded was made with UTC. Set it back,"
                + " or read all raw files anew: itinera nightly --reload all",
            "itinera.currency is USD, but what is loaded was made with EUR",
            "itinera.sources.till.time-zone is America/New_York, but what is loaded was made with"
                + " UTC. Set it back, or read all raw files of the source anew: itinera nightly"
                + " --reload till",
            "itinera.sources.web.touchpoint.record-id is concat(id, at), but what is loaded was"
                + " made with id.",
            "itinera.id-key is not the key that customer ids were made with",
            "itinera nightly --full-refresh")
        .hasMessageNotContainingAny("another key", "sources.web.time-zone");
    assertThatThrownBy(() -> world.stage("journeys", NIGHT, true, TOKYO))
        .isInstanceOf(ChangedSettingsException.class);
    assertThatThrownBy(() -> world.reload(Set.of("web"), NIGHT, TOKYO))
        .isInstanceOf(ChangedSettingsException.class);
    assertThatThrownBy(() -> world.reloadDay("2025-01-09", Set.of("till"), NIGHT, NEW_YORK))
        .isInstanceOf(ChangedSettingsException.class);

    assertThat(WarehouseContent.versions(world.lake(), Tables.ALL)).isEqualTo(versions);
    assertThat(WarehouseContent.rows(world.lake(), SourceSettings.TABLE))
        .hasSize(4)
        .noneMatch(row -> row.containsValue("itinera.id-key") && row.containsValue("k"));
  }

  @Test
  void otherLabelsAreSaidUntilAllFilesOfTheSourceAreReadAgain(SparkSession spark)
      throws IOException {
    SmallWorld world = company(spark);
    world.deliver("web/2025-01-08.csv", "n,u3,,2025-01-08 10:00:00,web,brochure,,");

    world.night(NIGHT, LABELS);

    assertThat(world.notes())
        .contains(
            "Source web: 1 of its files were loaded under other settings (bots,"
                + " marketing-channels, stages); itinera nightly --reload web restates what they"
                + " brought")
        .anyMatch(note -> note.startsWith("Source till:"))
        .noneMatch(note -> note.startsWith("Source crm:"));
    assertRows(
        world.lake().read(QualityChecks.TABLE).where("check LIKE '%source web%'"),
        """
        table_name   | passed | severity | observed
        loaded_files | false  | warning  | 1 files were loaded under other settings: bots, marketing-channels, stages
        """);
    world.notes().clear();
    world.reloadDay("2025-01-08", Set.of("web", "till"), NIGHT, LABELS);
    assertThat(world.notes()).hasSize(2).allMatch(note -> note.contains("--reload"));
    world.reload(Set.of("web", "till"), NIGHT, LABELS);
    world.notes().clear();
    world.night(NIGHT, LABELS);
    assertThat(world.notes()).isEmpty();
    world.assertEqualsNightFromNothing(NIGHT, LABELS);
  }

  @Test
  void whatIsReadAgainUnderOtherZonesAndCurrencyEqualsALoadFromNothing(SparkSession spark)
      throws IOException {
    SmallWorld world = company(spark);

    world.reload(
        Set.of("web", "till", "crm"), NIGHT, TOKYO, DOLLARS, NEW_YORK, OTHER_ID, LABELS[0]);
    world.assertEqualsNightFromNothing(NIGHT, TOKYO, DOLLARS, NEW_YORK, OTHER_ID, LABELS[0]);
    assertThat(world.lake().read(Touchpoints.TABLE).where("source = 'till'").count()).isEqualTo(2);

    Files.delete(world.file("till/1.csv"));
    world.notes().clear();
    world.reload(Set.of("web", "till", "crm"), NIGHT);
    assertThat(world.notes())
        .containsExactly(
            "Source till: 1 loaded files are gone and cannot be read again (1.csv); what they"
                + " brought stays as it was");
    world.notes().clear();
    world.night(NIGHT);
    assertThat(world.notes()).isEmpty();
    assertThat(world.lake().read(Touchpoints.TABLE).where("source = 'till'").count()).isEqualTo(2);
  }

  @Test
  void everybodyGetsANewIdUnderAnotherKeyWhenAskedFor(SparkSession spark) throws IOException {
    SmallWorld world = company(spark);
    assertThatThrownBy(() -> world.stage("sessionize", NIGHT, true, OTHER_KEY))
        .isInstanceOf(ChangedSettingsException.class);

    world.fullRefresh(NIGHT, OTHER_KEY);

    world.assertEqualsNightFromNothing(NIGHT, OTHER_KEY);
    assertThatThrownBy(() -> world.night(NIGHT)).isInstanceOf(ChangedSettingsException.class);
    assertThat(world.lake().read(Customers.TABLE).count()).isEqualTo(4);
  }

  /** Four people, a bot, and what happens around midnight, after their first night. */
  private static SmallWorld company(SparkSession spark) throws IOException {
    Folder place = new Folder(home);
    if (firstNight == null) {
      SmallWorld world = delivered(SmallWorld.in(spark, home));
      world.night(NIGHT);
      firstNight = Folder.temporary("first-night");
      place.copyTo(firstNight.path());
    } else {
      place.clear();
      firstNight.copyTo(home);
      // It keeps tables by their folders.
      DeltaLog.clearCache();
    }
    return SmallWorld.there(spark, home);
  }

  private static SmallWorld delivered(SmallWorld world) throws IOException {
    world.deliver(
        "web/1.csv",
        "a,u1,,2025-01-09 14:50:00,web,page_view,,",
        "b,u1,k1,2025-01-09 15:10:00,web,brochure,,",
        "c,u2,,2025-01-09 10:00:00,store,purchase,7,",
        "r,ub,,2025-01-09 10:00:00,web,page_view,,curl/8.0");
    world.deliver("till/1.csv", "u4,2025-01-09 20:00:00,5", "u4,2025-01-09 08:00:00,6");
    world.deliver("crm/1.csv", "p1,u1,u1@x.org,2025-01-08 23:00:00", "p5,u5,u5@x.org,");
    return world;
  }
}
