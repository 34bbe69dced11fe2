package io.itinera.jobs.nights;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.CampaignCosts;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.CustomerStages;
import io.itinera.core.table.CustomerTotals;
import io.itinera.core.table.Customers;
import io.itinera.core.table.Evidence;
import io.itinera.core.table.Identities;
import io.itinera.core.table.IdentityEdges;
import io.itinera.core.table.IdentityOverrides;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.Profiles;
import io.itinera.core.table.Sessions;
import io.itinera.core.table.SetOwners;
import io.itinera.core.table.SourceDays;
import io.itinera.core.table.Table;
import io.itinera.core.table.TouchpointDimensions;
import io.itinera.core.table.TouchpointKpis;
import io.itinera.core.table.TouchpointSessions;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.config.ConfigReader;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.NightRequest;
import io.itinera.jobs.night.NightRunner;
import io.itinera.jobs.night.Progress;
import io.itinera.jobs.night.Reload;
import io.itinera.jobs.night.Stage;
import io.itinera.jobs.night.StageReport;
import io.itinera.jobs.repair.ReloadFiles;
import io.itinera.jobs.stage.Stages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.spark.sql.SparkSession;

/**
 * A company of a few lines of CSV, whose nights a test runs under settings of its choice.
 *
 * @param home folder of the landing folder and the warehouses
 * @param warehouse name of the folder of the tables
 * @param notes what the nights noted
 */
public record SmallWorld(SparkSession spark, Path home, String warehouse, List<String> notes) {

  private static final String SETTINGS =
      """
      itinera {
        time-zone = "UTC", id-key = "k", max-rejected-share = 1
        sources.web {
          format = csv, options { header = true }, path = ${itinera.landing}"/web/*.csv"
          time-zone = "UTC"
          touchpoint {
            record-id = "id", identifiers { user_id = "user", cookie = "cookie" }
            occurred-at = "at", channel = "channel", type = "type", value = "value"
            properties = "map('user_agent', agent)"
          }
        }
        sources.till {
          format = csv, options { header = true }, path = ${itinera.landing}"/till/*.csv"
          time-zone = "UTC"
          touchpoint {
            identifiers { user_id = "user" }, occurred-at = "at", channel = "'store'"
            type = "'purchase'", value = "value"
          }
        }
        sources.crm {
          format = csv, options { header = true }, path = ${itinera.landing}"/crm/*.csv"
          time-zone = "UTC"
          profile {
            record-id = "id", identifiers { user_id = "user" }, email = "email", created-at = "made"
          }
        }
      }
      """;

  private static final String WEB = "id,user,cookie,at,channel,type,value,agent";
  private static final String TILL = "user,at,value";
  private static final String CRM = "id,user,email,made";

  /** All that nights of other days do not change. */
  private static final List<Table> DERIVED =
      List.of(
          Touchpoints.TABLE,
          Profiles.TABLE,
          CampaignCosts.TABLE,
          Evidence.TABLE,
          SourceDays.TABLE,
          IdentityEdges.TABLE,
          Identities.TABLE,
          Sessions.TABLE,
          TouchpointSessions.TABLE,
          SetOwners.TABLE,
          Journeys.TABLE,
          CustomerDays.TABLE,
          CustomerTotals.TABLE,
          CustomerStages.TABLE,
          Customers.TABLE,
          TouchpointKpis.TABLE);

  private static final Set<String> BEHIND_CUSTOMERS =
      Set.of(
          "coverage",
          "retention",
          "rfm",
          "value",
          "personas",
          "paths",
          "attribution",
          "funnels",
          "journey-map",
          "quality");

  private static final Set<String> TO_SESSIONS = Set.of("ingest", "stitch", "sessionize");

  public static SmallWorld in(SparkSession spark, Path home) throws IOException {
    for (String source : List.of("web", "till", "crm")) {
      Files.createDirectories(home.resolve("landing").resolve(source));
    }
    SmallWorld world = there(spark, home);
    EmptyWarehouse.in(spark, home.resolve(world.warehouse()));
    return world;
  }

  /** What nights have made of {@code home} already. */
  static SmallWorld there(SparkSession spark, Path home) {
    return new SmallWorld(spark, home, "warehouse", new ArrayList<>());
  }

  /**
   * Writes a file of {@code lines}: those of web or till, by the folder that {@code name} names.
   */
  public SmallWorld deliver(String name, String... lines) throws IOException {
    List<String> all = new ArrayList<>(List.of(lines));
    all.add(0, name.startsWith("web/") ? WEB : name.startsWith("till/") ? TILL : CRM);
    Files.write(file(name), all);
    return this;
  }

  Path file(String name) {
    return home.resolve("landing").resolve(name);
  }

  /** The night up to customers. */
  List<StageReport> night(String asOf, String... settings) throws IOException {
    return run(asOf, false, Reload.NONE, SmallWorld::isUpToCustomers, settings);
  }

  /** The night with all its stages. */
  List<StageReport> wholeNight(String asOf, String... settings) throws IOException {
    return run(asOf, false, Reload.NONE, stage -> true, settings);
  }

  /** The same files, loaded in one whole night from nothing. */
  SmallWorld wholeFromNothing(String asOf, String... settings) throws IOException {
    return fromNothing(stage -> true, asOf, settings);
  }

  /** The night up to who is who and their sessions. */
  List<StageReport> nightToSessions(String asOf, String... settings) throws IOException {
    return run(asOf, false, Reload.NONE, SmallWorld::isUpToSessions, settings);
  }

  /** The night that reads the files of {@code sources} again. */
  void reload(Set<String> sources, String asOf, String... settings) throws IOException {
    run(asOf, false, files(sources, null), SmallWorld::isUpToCustomers, settings);
  }

  /** The same, of files of one day only. */
  void reloadDay(String day, Set<String> sources, String asOf, String... settings)
      throws IOException {
    run(asOf, false, files(sources, LocalDate.parse(day)), SmallWorld::isUpToCustomers, settings);
  }

  /** The night that looks at everyone anew. */
  void fullRefresh(String asOf, String... settings) throws IOException {
    run(asOf, true, Reload.NONE, SmallWorld::isUpToCustomers, settings);
  }

  private static Reload files(Set<String> sources, LocalDate day) {
    return new ReloadFiles(
        sources, Optional.ofNullable(day), Optional.ofNullable(day), ZoneOffset.UTC);
  }

  /** One stage alone. */
  void stage(String name, String asOf, boolean fullRefresh, String... settings) throws IOException {
    run(asOf, fullRefresh, Reload.NONE, stage -> stage.name().equals(name), settings);
  }

  private static boolean isUpToSessions(Stage stage) {
    return TO_SESSIONS.contains(stage.name()) || stage.name().startsWith("sessionize-");
  }

  private static boolean isUpToCustomers(Stage stage) {
    return !BEHIND_CUSTOMERS.contains(stage.name());
  }

  private List<StageReport> run(
      String asOf, boolean fullRefresh, Reload reload, Predicate<Stage> isRun, String... settings)
      throws IOException {
    ItineraConfig config = config(settings);
    List<Stage> stages = Stages.of(config).stream().filter(isRun).toList();
    return new NightRunner(spark, config, noting())
        .run(new NightRequest("nightly", LocalDate.parse(asOf), fullRefresh, reload), stages);
  }

  public ItineraConfig config(String... settings) throws IOException {
    Path file = Files.writeString(home.resolve("itinera.conf"), SETTINGS);
    Path others = Files.write(home.resolve("others.conf"), List.of(settings));
    return ConfigReader.read(
        List.of(file, others),
        Map.of(
            "itinera.landing", home.resolve("landing").toString(),
            "itinera.warehouse", home.resolve(warehouse).toString()),
        Map.of());
  }

  public Lake lake() {
    return new Lake(spark, home.resolve(warehouse).toString());
  }

  /** The same files, loaded in one night from nothing. */
  SmallWorld fromNothing(String asOf, String... settings) throws IOException {
    return fromNothing(SmallWorld::isUpToCustomers, asOf, settings);
  }

  private SmallWorld fromNothing(Predicate<Stage> stages, String asOf, String... settings)
      throws IOException {
    SmallWorld other = new SmallWorld(spark, home, warehouse + "-" + System.nanoTime(), notes);
    EmptyWarehouse.in(spark, home.resolve(other.warehouse()));
    if (lake().wasWritten(IdentityOverrides.TABLE)) {
      spark.sql("INSERT INTO %s SELECT * FROM %s".formatted(other.overrides(), overrides()));
    }
    other.run(asOf, false, Reload.NONE, stages, settings);
    return other;
  }

  /** What a steward calls the table of decisions. */
  private String overrides() {
    return "delta.`%s`".formatted(lake().path(IdentityOverrides.TABLE));
  }

  /**
   * Decides by hand, as a steward does.
   *
   * @param decision always or never
   */
  SmallWorld decide(String left, String decision, String right) {
    spark.sql(
        "INSERT INTO %s VALUES (%s, %s, '%s', 'because', 'steward', NULL)"
            .formatted(overrides(), quoted(left), quoted(right), decision));
    return this;
  }

  /** Has an identifier ignored, as a steward does. */
  SmallWorld ignore(String identifier) {
    spark.sql(
        "INSERT INTO %s VALUES (%s, NULL, NULL, 'ignore', 'because', 'steward', NULL)"
            .formatted(overrides(), quoted(identifier)));
    return this;
  }

  /** Takes all decisions about an identifier back. */
  SmallWorld takeBack(String left) {
    String[] parts = left.split("=", 2);
    spark.sql(
        "DELETE FROM %s WHERE left_type = '%s' AND left_value = '%s'"
            .formatted(overrides(), parts[0], parts[1]));
    return this;
  }

  private static String quoted(String identifier) {
    return "'" + identifier.replace("=", "', '") + "'";
  }

  /** Compares all tables with those of one night from nothing. */
  void assertEqualsNightFromNothing(String asOf, String... settings) throws IOException {
    assertEqual(fromNothing(asOf, settings), settings);
  }

  /** The same of {@link #nightToSessions}. */
  void assertEqualsNightToSessionsFromNothing(String asOf, String... settings) throws IOException {
    assertEqual(fromNothing(SmallWorld::isUpToSessions, asOf, settings), settings);
  }

  private void assertEqual(SmallWorld expected, String... settings) throws IOException {
    List<Table> tables = new ArrayList<>(DERIVED);
    ItineraConfig config = config(settings);
    config.otherSessions().forEach(rules -> tables.add(rules.table()));
    config.ways().forEach(way -> tables.add(way.table()));
    if (!config.dimensions().isEmpty()) {
      tables.add(TouchpointDimensions.TABLE);
    }
    for (Table table : tables) {
      assertThat(WarehouseContent.rows(lake(), table))
          .as(table.name())
          .isEqualTo(WarehouseContent.rows(expected.lake(), table));
    }
  }

  private Progress noting() {
    return new Progress() {
      @Override
      public void stageStarted(String stage) {}

      @Override
      public void stageFinished(StageReport report) {}

      @Override
      public void note(String text) {
        notes.add(text);
      }
    };
  }
}
