package io.itinera.jobs.nights;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.itinera.core.table.CustomerChanges;
import io.itinera.core.table.Identities;
import io.itinera.core.table.IdentityEdges;
import io.itinera.core.table.IdentityQuality;
import io.itinera.core.table.ProfileMatches;
import io.itinera.core.table.QualityChecks;
import io.itinera.core.table.SetOwners;
import io.itinera.core.table.Table;
import io.itinera.jobs.config.ConfigReader;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.explain.Explanation;
import io.itinera.jobs.explain.Subject;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.NightRunner;
import io.itinera.jobs.night.Progress;
import io.itinera.jobs.night.Stage;
import io.itinera.jobs.night.StageReport;
import io.itinera.jobs.stage.Stages;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Nights that compare profiles. */
@ExtendWith(SparkExtension.class)
class MatchNightsTest {

  private static final LocalDate NIGHT = LocalDate.of(2026, 2, 1);

  private static final String SETTINGS =
      """
      itinera {
        id-key = "k"
        identity.matching = persons
        sources.crm {
          format = csv, options { header = true }, path = ${itinera.landing}"/crm/*.csv"
          time-zone = "UTC"
          profile {
            record-id = id, identifiers { loyalty_id = id }, first-name = first, last-name = last
            birth-date = born, city = city, created-at = "'2026-01-05 00:00:00'"
          }
        }
      }
      """;

  private static final List<String> FIRST =
      List.of("Anna", "Otto", "Eva", "Karl", "Lena", "Paul", "Ida", "Max", "Nora", "Emil");

  @TempDir Path home;

  @Test
  void profilesOfOnePersonBecomeOneCustomerAndANightEqualsARebuild(SparkSession spark)
      throws IOException {
    deliver("a.csv", 0, 120);
    ItineraConfig often = config("often");
    night(spark, often);
    assertThat(read(spark, often, ProfileMatches.TABLE).count()).as("no model yet").isZero();
    new NightRunner(spark, often, Progress.SILENT)
        .run("train", NIGHT, false, List.of(Stages.train(often.matchings().on().get())));
    night(spark, often);
    assertThat(customers(spark, often)).isBetween(60L, 64L);
    assertThat(
            read(spark, often, IdentityEdges.TABLE)
                .where(col(IdentityEdges.RULE).equalTo("probabilistic"))
                .where(col(IdentityEdges.STATUS).equalTo("used"))
                .where(col(IdentityEdges.PROBABILITY).between(0.1, 1))
                .where("map_contains_key(weights, 'last_name')")
                .count())
        .isGreaterThan(50);
    Lake lake = new Lake(spark, often.warehouse());
    Explanation why =
        Explanation.of(
            lake,
            often.timeZone(),
            Subject.find(lake, "loyalty_id:c2"),
            Subject.find(lake, "loyalty_id:c3"));
    assertThat(why.verdict()).first().asString().contains("are one customer's");
    assertThat(why.weighed()).first().matches(edge -> edge.weights().containsKey("last_name"));
    assertThat(why.edges()).first().asString().contains("profiles c2 of crm and c3 of crm");

    deliver("b.csv", 100, 160);
    night(spark, often);
    List<Row> matches = rows(spark, often, ProfileMatches.TABLE);
    List<Row> identities = rows(spark, often, Identities.TABLE);
    new NightRunner(spark, often, Progress.SILENT).run("nightly", NIGHT, true, stages(often));

    assertThat(rows(spark, often, ProfileMatches.TABLE)).isEqualTo(matches);
    assertThat(rows(spark, often, Identities.TABLE)).isEqualTo(identities);
    assertThat(customers(spark, often)).isBetween(80L, 86L);
  }

  @Test
  void nightAfterProfilesWentAndChangedEqualsARebuildThoughItDiedOnce(SparkSession spark)
      throws IOException {
    deliver("a.csv", 0, 100);
    ItineraConfig config = config("withdrawn");
    night(spark, config);
    new NightRunner(spark, config, Progress.SILENT)
        .run("train", NIGHT, false, List.of(Stages.train(config.matchings().on().get())));
    night(spark, config);
    List<Row> before = rows(spark, config, ProfileMatches.TABLE);
    long customers = customers(spark, config);
    // One of two profiles of ten persons goes, one of five others becomes somebody else.
    Path file = home.resolve("landing/crm/a.csv");
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    for (int record = 0; record < 10; record += 2) {
      lines.set(1 + record, "c%d,Zoe,Xylander,1901-02-03,Nowhere".formatted(record));
    }
    lines.removeIf(line -> line.matches("c(2[02468]|3[02468]),.*"));
    Files.write(file, lines);

    List<Stage> stages = new ArrayList<>(stages(config));
    Stage match = stages.get(1);
    assertThat(match.name()).isEqualTo("match");
    stages.set(
        1,
        new Stage(
            match.name(),
            match.needs(),
            match.inputs(),
            match.outputs(),
            match.rules(),
            context -> {
              match.job().run(context);
              throw new IllegalStateException("the disk is full");
            }));
    assertThatThrownBy(
            () ->
                new NightRunner(spark, config, Progress.SILENT)
                    .run("nightly", NIGHT, false, stages))
        .hasMessageContaining("the disk is full");
    assertThat(rows(spark, config, ProfileMatches.TABLE)).as("taken back").isEqualTo(before);
    night(spark, config);
    List<Row> matches = rows(spark, config, ProfileMatches.TABLE);
    List<Row> identities = rows(spark, config, Identities.TABLE);
    long version = new Lake(spark, config.warehouse()).version(ProfileMatches.TABLE);
    night(spark, config);

    assertThat(new Lake(spark, config.warehouse()).version(ProfileMatches.TABLE))
        .as("nothing more to do")
        .isEqualTo(version);
    assertThat(matches)
        .isNotEqualTo(before)
        .noneMatch(row -> row.getString(1).matches("c(2|3)[02468]"));
    assertThat(customers(spark, config)).isBetween(customers, customers + 5);
    new NightRunner(spark, config, Progress.SILENT).run("nightly", NIGHT, true, stages(config));
    assertThat(rows(spark, config, ProfileMatches.TABLE)).isEqualTo(matches);
    assertThat(rows(spark, config, Identities.TABLE)).isEqualTo(identities);
  }

  /** Of profiles that went nothing may be left, whether or not somebody compares. */
  @Test
  void withoutAModelOnlyProfilesThatWentAreForgotten(SparkSession spark) throws IOException {
    deliver("a.csv", 0, 60);
    ItineraConfig config = config("untrained");
    night(spark, config);
    new NightRunner(spark, config, Progress.SILENT)
        .run("train", NIGHT, false, List.of(Stages.train(config.matchings().on().get())));
    night(spark, config);
    List<Row> before = rows(spark, config, ProfileMatches.TABLE);
    ItineraConfig other =
        config(
            "untrained",
            SETTINGS + "itinera.identity.matchings.persons.fields.city.shared = false\n");
    night(spark, other);
    assertThat(rows(spark, other, ProfileMatches.TABLE)).isEqualTo(before);
    Path file = home.resolve("landing/crm/a.csv");
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.removeIf(line -> line.matches("c[2-4]?[02468],.*"));
    Files.write(file, lines);

    night(spark, other);

    assertThat(rows(spark, other, ProfileMatches.TABLE))
        .isEqualTo(
            before.stream()
                .filter(
                    row ->
                        Stream.of(1, 3)
                            .noneMatch(at -> row.getString(at).matches("c[2-4]?[02468]")))
                .toList());
    assertThat(
            read(spark, other, Identities.TABLE)
                .where(col(Identities.VALUE).rlike("^c[2-4]?[02468]$"))
                .count())
        .isZero();
  }

  /** Customers fall apart, each told; what is left is as if nobody had ever compared. */
  @Test
  void switchedOffLaterNoMatchStaysAndANightEqualsARebuildWithoutThem(SparkSession spark)
      throws IOException {
    deliver("a.csv", 0, 60);
    ItineraConfig on = config("switched");
    night(spark, on);
    train(spark, on);
    night(spark, on);
    List<Row> matches = rows(spark, on, ProfileMatches.TABLE);
    long customers = customers(spark, on);
    ItineraConfig off = config("switched", SETTINGS + "itinera.identity.matching = null\n");
    List<String> lines = new ArrayList<>(Files.readAllLines(home.resolve("landing/crm/a.csv")));
    lines.removeIf(line -> line.matches("c(2[02468]|3[02468]),.*"));
    Files.write(home.resolve("landing/crm/a.csv"), lines);

    night(spark, off);

    assertThat(read(spark, off, ProfileMatches.TABLE).count()).isZero();
    assertThat(customers(spark, off)).isEqualTo(50);
    assertThat(
            read(spark, off, CustomerChanges.TABLE)
                .where(col(CustomerChanges.CHANGE).equalTo("split"))
                .where(col(CustomerChanges.CAUSE).contains("evidence-withdrawn"))
                .count())
        .as("of %d customers", customers)
        .isBetween(15L, 20L);
    ItineraConfig fresh = config("fresh", SETTINGS + "itinera.identity.matching = null\n");
    night(spark, fresh);
    for (Table table : List.of(Identities.TABLE, IdentityEdges.TABLE)) {
      assertThat(rows(spark, off, table)).isEqualTo(rows(spark, fresh, table));
    }

    deliver("a.csv", 0, 60);
    night(spark, config("switched"));
    assertThat(rows(spark, on, ProfileMatches.TABLE)).as("switched on again").isEqualTo(matches);
    assertThat(customers(spark, on)).isEqualTo(customers);
  }

  @Test
  void otherSettingsHoldFromTheNightAfterTheirTrainingOnAndUntilThenWarn(SparkSession spark)
      throws IOException {
    deliver("a.csv", 0, 60);
    ItineraConfig config = config("changed");
    night(spark, config);
    train(spark, config);
    night(spark, config);
    List<Row> before = rows(spark, config, ProfileMatches.TABLE);
    List<Row> identities = rows(spark, config, Identities.TABLE);
    String others = SETTINGS + "itinera.identity.matchings.persons.fields.city.shared = false\n";
    night(spark, config("changed", others));
    assertThat(rows(spark, config, ProfileMatches.TABLE)).isEqualTo(before);
    assertThat(rows(spark, config, Identities.TABLE)).as("not stitched").isEqualTo(identities);
    assertThat(
            read(spark, config, QualityChecks.TABLE)
                .where(col(QualityChecks.TABLE_NAME).equalTo(ProfileMatches.TABLE.name()))
                .where(col(QualityChecks.EXPECTED).contains("itinera identity train"))
                .count())
        .as("warnings: before the first training, and now")
        .isEqualTo(2);

    deliver("b.csv", 60, 100);
    night(spark, config("changed", others));
    assertThat(rows(spark, config, ProfileMatches.TABLE)).as("new profiles").isEqualTo(before);
    train(spark, config("changed", others));
    night(spark, config("changed", others));

    ItineraConfig fresh = config("changed-fresh", others);
    night(spark, fresh);
    train(spark, fresh);
    night(spark, fresh);
    assertThat(rows(spark, config, Identities.TABLE))
        .isEqualTo(rows(spark, fresh, Identities.TABLE));
    assertThat(withoutVersion(rows(spark, config, ProfileMatches.TABLE)))
        .isEqualTo(withoutVersion(rows(spark, fresh, ProfileMatches.TABLE)));
  }

  /** In one of its tasks, after its write, and after those of the stage behind it. */
  @Test
  void whereverANightDiesInItsMatchingTheNextMakesTheTablesOfAnUndisturbedOne(SparkSession spark)
      throws IOException {
    String settings =
        SETTINGS
            + "itinera.identity.matchings.persons.fields.city.value = "
            + "\"if(city = 'Nowhere', raise_error('no task goes on'), city)\"\n";
    deliver("a.csv", 0, 100);
    ItineraConfig config = config("killed", settings);
    ItineraConfig calm = config("calm", settings);
    for (ItineraConfig each : List.of(config, calm)) {
      night(spark, each);
      train(spark, each);
      night(spark, each);
    }
    deliver("b.csv", 90, 140);
    Path file = home.resolve("landing/crm/b.csv");
    String lines = Files.readString(file);
    Files.writeString(file, lines.replaceFirst("Town[0-9]+", "Nowhere"));
    assertThatThrownBy(() -> night(spark, config))
        .hasMessageContaining("Stage match")
        .hasMessageContaining("USER_RAISED_EXCEPTION");
    Files.writeString(file, lines);
    for (int dies : List.of(1, 2)) {
      List<Stage> stages = killedAfter(dies, stages(config));
      assertThatThrownBy(
              () ->
                  new NightRunner(spark, config, Progress.SILENT)
                      .run("nightly", NIGHT, false, stages))
          .isInstanceOf(Killed.class);
    }
    night(spark, config);
    night(spark, calm);

    assertThat(withoutVersion(rows(spark, config, ProfileMatches.TABLE)))
        .hasSizeGreaterThan(60)
        .isEqualTo(withoutVersion(rows(spark, calm, ProfileMatches.TABLE)));
    for (Table table :
        List.of(Identities.TABLE, IdentityEdges.TABLE, SetOwners.TABLE, IdentityQuality.TABLE)) {
      assertThat(rows(spark, config, table)).isEqualTo(rows(spark, calm, table));
    }
    assertThat(told(spark, config)).isEqualTo(told(spark, calm));
  }

  private static final class Killed extends VirtualMachineError {
    private static final long serialVersionUID = 1;
  }

  /** The stages, one of which dies with its process once it has written all. */
  private static List<Stage> killedAfter(int place, List<Stage> all) {
    List<Stage> stages = new ArrayList<>(all);
    Stage dies = stages.get(place);
    stages.set(
        place,
        new Stage(
            dies.name(),
            dies.needs(),
            dies.inputs(),
            dies.outputs(),
            dies.rules(),
            context -> {
              dies.job().run(context);
              throw new Killed();
            }));
    return stages;
  }

  private static void train(SparkSession spark, ItineraConfig config) {
    new NightRunner(spark, config, Progress.SILENT)
        .run("train", NIGHT, false, List.of(Stages.train(config.matchings().on().get())));
  }

  /** Matches without the name of the model, which is that of the run that learned it. */
  private static List<Row> withoutVersion(List<Row> matches) {
    int version =
        Arrays.asList(ProfileMatches.TABLE.schema().fieldNames())
            .indexOf(ProfileMatches.MODEL_VERSION);
    return matches.stream()
        .map(
            row ->
                RowFactory.create(
                    IntStream.range(0, row.size())
                        .filter(place -> place != version)
                        .mapToObj(row::get)
                        .toArray()))
        .toList();
  }

  /** What the ledger of customers says, whichever run said it. */
  private static List<Row> told(SparkSession spark, ItineraConfig config) {
    return read(spark, config, CustomerChanges.TABLE)
        .drop(CustomerChanges.RUN_ID)
        .sort(
            CustomerChanges.CUSTOMER_ID,
            CustomerChanges.PREVIOUS_CUSTOMER_ID,
            CustomerChanges.CHANGE,
            CustomerChanges.CAUSE)
        .collectAsList();
  }

  @Test
  void numbersThatTwoSystemsGaveOnePersonCountAsOneUnlessTheLimitIsSet(SparkSession spark)
      throws IOException {
    deliver("a.csv", 0, 100);
    List<String> lines = Files.readAllLines(home.resolve("landing/crm/a.csv"));
    Files.createDirectories(home.resolve("landing/shop"));
    for (int system = 0; system < 2; system++) {
      int rest = system;
      Path file = home.resolve("landing/" + (system == 0 ? "crm" : "shop")).resolve("a.csv");
      Files.write(
          file,
          IntStream.range(0, lines.size())
              .filter(line -> line == 0 || line % 2 == rest)
              .mapToObj(lines::get)
              .toList());
    }
    String shop = SETTINGS.replace("loyalty_id = id", "crm_id = id");
    String settings =
        shop
            + "itinera.sources.shop = ${itinera.sources.crm}\n"
            + "itinera.sources.shop.path = ${itinera.landing}\"/shop/*.csv\"\n";
    ItineraConfig config = config("two", settings);
    night(spark, config);
    assertThat(customers(spark, config)).isEqualTo(100);
    new NightRunner(spark, config, Progress.SILENT)
        .run("train", NIGHT, false, List.of(Stages.train(config.matchings().on().get())));

    night(spark, config);

    assertThat(customers(spark, config)).isBetween(50L, 54L);
    ItineraConfig strict =
        config("two", settings + "itinera.identity.types.crm_id.max-per-customer = 1\n");
    night(spark, strict);
    assertThat(customers(spark, strict)).isEqualTo(100);
    assertThat(
            read(spark, strict, IdentityEdges.TABLE)
                .where(col(IdentityEdges.RULE).equalTo("probabilistic"))
                .where(col(IdentityEdges.STATUS).equalTo("conflict"))
                .count())
        .isGreaterThan(40);
  }

  @Test
  void withoutAMatchingNothingIsCompared(SparkSession spark) throws IOException {
    deliver("a.csv", 0, 20);
    ItineraConfig config =
        ConfigReader.read(
            List.of(Files.writeString(home.resolve("my.conf"), SETTINGS)),
            Map.of(
                "itinera.landing", home.resolve("landing").toString(),
                "itinera.warehouse", home.resolve("off").toString(),
                "itinera.identity.matching", "null"),
            Map.of());
    if (config.matchings().on().isPresent()) {
      throw new AssertionError("the setting is off");
    }

    List<StageReport> reports = night(spark, config);

    assertThat(reports).extracting(StageReport::stage).doesNotContain("match");
    assertThat(customers(spark, config)).isEqualTo(20);
  }

  private void deliver(String file, int from, int to) throws IOException {
    StringBuilder lines = new StringBuilder("id,first,last,born,city\n");
    for (int record = from; record < to; record++) {
      int person = record / 2;
      Random random = new Random(person);
      String last = "Name" + (char) ('a' + random.nextInt(20)) + (char) ('a' + random.nextInt(20));
      String born = LocalDate.of(1950, 1, 1).plusDays(random.nextInt(18_000)).toString();
      String first = FIRST.get(random.nextInt(FIRST.size()));
      if (record % 8 == 1) {
        last = last + "n";
      }
      lines.append(
          "c%d,%s,%s,%s,%s\n".formatted(record, first, last, born, "Town" + random.nextInt(12)));
    }
    Files.createDirectories(home.resolve("landing/crm"));
    Files.writeString(home.resolve("landing/crm").resolve(file), lines);
  }

  private ItineraConfig config(String warehouse) throws IOException {
    return config(warehouse, SETTINGS);
  }

  private ItineraConfig config(String warehouse, String settings) throws IOException {
    return ConfigReader.read(
        List.of(Files.writeString(home.resolve("my.conf"), settings)),
        Map.of(
            "itinera.landing", home.resolve("landing").toString(),
            "itinera.warehouse", home.resolve(warehouse).toString()),
        Map.of());
  }

  private static List<StageReport> night(SparkSession spark, ItineraConfig config) {
    return new NightRunner(spark, config, Progress.SILENT)
        .run("nightly", NIGHT, false, stages(config));
  }

  private static List<Stage> stages(ItineraConfig config) {
    List<Stage> stages = new ArrayList<>(Stages.of(config));
    return stages.subList(0, config.matchings().on().isPresent() ? 3 : 2);
  }

  private static long customers(SparkSession spark, ItineraConfig config) {
    return read(spark, config, Identities.TABLE).select(Identities.CUSTOMER_ID).distinct().count();
  }

  private static Dataset<Row> read(SparkSession spark, ItineraConfig config, Table table) {
    return new Lake(spark, config.warehouse()).read(table);
  }

  private static List<Row> rows(SparkSession spark, ItineraConfig config, Table table) {
    return read(spark, config, table)
        .sort(
            table.key().stream().map(name -> col(name)).toArray(org.apache.spark.sql.Column[]::new))
        .collectAsList();
  }
}
