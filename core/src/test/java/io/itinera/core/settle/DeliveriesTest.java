package io.itinera.core.settle;

import static io.itinera.testing.TableText.assertRows;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.map.MapRecords;
import io.itinera.core.source.RawRecords;
import io.itinera.core.source.SourceRules;
import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.CampaignCosts;
import io.itinera.core.table.Profiles;
import io.itinera.core.table.Table;
import io.itinera.core.table.Tombstones;
import io.itinera.core.table.Touchpoints;
import io.itinera.testing.RawText;
import io.itinera.testing.SourceBuilder;
import io.itinera.testing.SparkExtension;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class DeliveriesTest {

  private static final Map<String, String> COLUMNS =
      Map.of("occurred_at", "at", "type", "'visit'", "city", "city", "deleted", "gone");
  private static final Map<String, String> IDENTIFIERS = Map.of("user_id", "user");

  private static final SourceRules LATEST =
      new SourceBuilder("till")
          .versionAt("changed")
          .touchpoint("id", COLUMNS, IDENTIFIERS)
          .profile(null, "user", Map.of("city", "city"), IDENTIFIERS)
          .build();

  private static final SourceRules UNVERSIONED =
      new SourceBuilder("till").touchpoint("id", COLUMNS, IDENTIFIERS).build();

  private static final String CITIES = "id | user | at | city | gone\n";

  @Test
  void latestVersionStaysWhateverArrivesLast(SparkSession spark) {
    Store store = new Store(spark, LATEST);

    assertThat(
            store.night(
                file(
                    spark,
                    "/a",
                    """
                    id | user | at         | city   | changed | gone
                    1  | u    | 2026-01-01 | Berlin | 2026-01-02 |
                    2  | v    | 2026-01-01 | Bonn   | |
                    1  | u    | 2026-01-01 | Berlin | 2026-01-02 |
                    3  |      | 2026-01-01 | Kiel   | |
                    """)))
        .containsExactly("/a 4 2 1 1");
    assertThat(
            store.night(
                file(
                    spark,
                    "/b",
                    """
                    id | user | at         | city   | changed | gone
                    1  | u    | 2026-01-01 | Bern   | 2026-01-01 |
                    2  | v    | 2026-01-05 | Basel  | 2026-01-01 |
                    4  | w    | 2026-01-01 | Biel   | 2026-01-01 |
                    """)))
        .containsExactly("/b 3 2 1 0");

    assertRows(
        store.touchpoints,
        """
        record_id | city   | sequence | event_date
        1         | Berlin | 1        | 2026-01-01
        2         | Basel  | 2        | 2026-01-05
        4         | Biel   | 3        | 2026-01-01
        """);
    assertRows(
        store.profiles,
        """
        record_id | city
        u         | Berlin
        v         | Basel
        w         | Biel
        """);
  }

  @Test
  void earliestVersionStaysWhereTheSourceSaysSo(SparkSession spark) {
    SourceRules earliest =
        new SourceBuilder("snowplow")
            .versionAt("changed")
            .earliestWins()
            .touchpoint("id", COLUMNS, IDENTIFIERS)
            .build();
    Store store = new Store(spark, earliest);
    String header = "id | user | at | city | changed | gone\n";

    store.night(file(spark, "/a", header + "1 | u | 2026-01-01 | Bonn | |\n"));
    store.night(file(spark, "/b", header + "1 | u | 2026-01-01 | Kiel | 2026-01-03 |\n"));
    store.night(file(spark, "/c", header + "1 | u | 2026-01-01 | Trier | 2026-01-04 |\n"));

    assertRows(store.touchpoints, "record_id | city\n1 | Kiel\n");
  }

  @Test
  void sameContentUnderALaterVersionIsADuplicateThatStillWinsOverWhatLiesBetween(
      SparkSession spark) {
    SourceRules source = new SourceBuilder("till").touchpoint("id", COLUMNS, IDENTIFIERS).build();
    Store store = new Store(spark, source);
    String header = "id | user | at | city | gone\n";

    store.night(file(spark, "/d20260101", header + "1 | u | 2026-01-01 | A |\n"));
    assertThat(store.night(file(spark, "/d20260103", header + "1 | u | 2026-01-01 | A |\n")))
        .containsExactly("/d20260103 1 0 1 0");
    assertThat(store.night(file(spark, "/d20260102", header + "1 | u | 2026-01-01 | B |\n")))
        .containsExactly("/d20260102 1 0 1 0");

    assertRows(store.touchpoints, "record_id | city\n1 | A\n");
  }

  @Test
  void sequenceIsTheSmallestPlaceUnlessTheSourceGivesOne(SparkSession spark) {
    Map<String, String> columns = Map.of("occurred_at", "at", "type", "'x'", "sequence", "n");
    SourceRules own = new SourceBuilder("own").touchpoint("id", columns, IDENTIFIERS).build();
    Store places = new Store(spark, LATEST);
    Store numbers = new Store(spark, own);
    String header = "id | user | at | city | changed | n | gone\n";
    Dataset<Row> first =
        file(spark, "/a", header + "9|u|2026-01-01|||9|\n".repeat(2) + "1|u|2026-01-01|||7|\n");
    Dataset<Row> again = file(spark, "/b", header + "1|u|2026-01-01|||7|\n");

    places.night(first);
    numbers.night(first);
    assertThat(places.night(again)).containsExactly("/b 1 0 1 0");
    numbers.night(again);

    assertRows(places.touchpoints, "record_id | sequence\n9 | 1\n1 | 1\n");
    assertRows(numbers.touchpoints, "record_id | sequence\n9 | 9\n1 | 7\n");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void orderOfArrivalAndDeliveriesAgainChangeNothing(long seed, SparkSession spark) {
    Random random = new Random(seed);
    List<Dataset<Row>> files =
        IntStream.range(0, 6).mapToObj(i -> randomFile(spark, i, random)).toList();
    Store atOnce = new Store(spark, LATEST);
    atOnce.night(files);

    List<Dataset<Row>> shuffled = new ArrayList<>(files);
    Collections.shuffle(shuffled, random);
    Store nightly = new Store(spark, LATEST);
    nightly.night(List.of(shuffled.get(0), shuffled.get(1)));
    nightly.night(List.of(shuffled.get(2), shuffled.get(0), shuffled.get(3)));
    nightly.night(List.of(shuffled.get(5), shuffled.get(4), shuffled.get(2)));

    assertThat(nightly.contents()).isEqualTo(atOnce.contents());
    assertThat(atOnce.touchpoints.count()).isGreaterThan(10);
  }

  @Test
  void withdrawnTouchpointIsGoneUntilALaterVersionOfItComes(SparkSession spark) {
    SourceRules source =
        new SourceBuilder("till")
            .versionAt("changed")
            .touchpoint("id", COLUMNS, IDENTIFIERS)
            .build();
    Store store = new Store(spark, source);
    String header = "id | user | at | city | changed | gone\n";
    store.night(
        file(spark, "/a", header + "1|u|2026-01-01|A|2026-02-01|\n2|u|2026-01-01|A|2026-02-01|\n"));

    assertThat(
            store.night(
                file(spark, "/b", header + "1|u|||2026-02-02|true\n9||||2026-02-02|true\n")))
        .containsExactly("/b 2 2 0 0");
    assertRows(store.touchpoints, "record_id | city\n2 | A\n");
    assertThat(
            store.night(
                file(
                    spark,
                    "/c",
                    header + "1|u|2026-01-01|B|2026-02-01|\n9|u|2026-01-01|B|2026-02-02|\n")))
        .containsExactly("/c 2 0 2 0");
    assertRows(store.touchpoints, "record_id | city\n2 | A\n");
    store.night(file(spark, "/d", header + "1|u|2026-01-01|C|2026-02-03|\n"));

    assertRows(store.touchpoints, "record_id | city | sequence\n1 | C | 1\n2 | A | 2\n");
    assertThat(store.tombstones.count()).isEqualTo(1);
  }

  @Test
  void recordDeliveredAgainUnchangedKeepsItsRunAndOneThatChangedDoesNot(SparkSession spark) {
    Store store = new Store(spark, UNVERSIONED);
    store.night(file(spark, "/d20260101", CITIES + "1|u|2026-01-01|A|\n2|u|2026-01-01|A|\n"));
    store.loadedBy("first");

    store.night(file(spark, "/d20260102", CITIES + "2|u|2026-01-01|B|\n1|u|2026-01-01|A|\n"));

    assertRows(
        store.touchpoints,
        """
        record_id | city | sequence | loaded_run_id | file_path
        1         | A    | 1        | first         | /d20260102
        2         | B    | 1        |               | /d20260102
        """);
  }

  @Test
  void recordThatOnlyMovesToAnEarlierPlaceKeepsItsRun(SparkSession spark) {
    Store store = new Store(spark, UNVERSIONED);
    store.night(file(spark, "/d20260102", CITIES + "2|u|2026-01-01|A|\n1|u|2026-01-01|A|\n"));
    store.loadedBy("first");

    store.night(file(spark, "/d20260101", CITIES + "1|u|2026-01-01|B|\n"));

    assertRows(
        store.touchpoints.where("record_id = 1"),
        """
        record_id | city | sequence | loaded_run_id | file_path
        1         | A    | 1        | first         | /d20260102
        """);
  }

  @Test
  void vendorsRankComesBeforeTheVersionThenTheFilesDayItsWritingAndItsPath(SparkSession spark) {
    SourceRules source =
        new SourceBuilder("till")
            .versionAt("changed")
            .rank("if(gone = 'closed', -1, 0)")
            .touchpoint(
                "id", Map.of("occurred_at", "at", "type", "'x'", "city", "city"), IDENTIFIERS)
            .build();
    String header = "id | user | at | city | changed | gone\n";
    List<Dataset<Row>> files =
        List.of(
            file(
                spark,
                "/b_20260101",
                header
                    + "rank    | u | 2026-01-01 | active    | 2026-02-01 | \n"
                    + "version | u | 2026-01-01 | newer     | 2026-02-02 | \n"
                    + "day     | u | 2026-01-01 | older day | 2026-02-01 | \n"
                    + "written | u | 2026-01-01 | earlier   | 2026-02-01 | \n"),
            file(
                spark,
                "/a_20260102",
                header
                    + "rank    | u | 2026-01-01 | closed    | 2026-02-09 | closed\n"
                    + "version | u | 2026-01-01 | older     | 2026-02-01 | \n"
                    + "day     | u | 2026-01-01 | later day | 2026-02-01 | \n"
                    + "path    | u | 2026-01-01 | first     | 2026-02-01 | \n"),
            later(file(spark, "/c_20260101", header + "written|u|2026-01-01|later|2026-02-01|\n")),
            file(spark, "/d_20260102", header + "path | u | 2026-01-01 | last | 2026-02-01 |\n"));

    for (boolean backwards : new boolean[] {false, true}) {
      List<Dataset<Row>> arriving = new ArrayList<>(files);
      if (backwards) {
        Collections.reverse(arriving);
      }
      Store store = new Store(spark, source);
      store.night(arriving.subList(0, 2));
      store.night(arriving.subList(2, 4));
      assertRows(
          store.touchpoints,
          """
          record_id | city
          day       | later day
          path      | first
          rank      | active
          version   | newer
          written   | later
          """);
    }
  }

  @Test
  void rowLoadedBeforeItsOriginWasStoredLosesAgainstAnyOfItsVersion(SparkSession spark) {
    Store store = new Store(spark, UNVERSIONED);
    store.night(file(spark, "/a", CITIES + "1|u|2026-01-01|A|\n"));
    for (String column : List.of("file_path", "file_written_at", "record_rank")) {
      store.touchpoints =
          store.touchpoints.withColumn(
              column, lit(null).cast(store.touchpoints.schema().apply(column).dataType()));
    }

    store.night(file(spark, "/b", CITIES + "1|u|2026-01-01|B|\n"));

    assertRows(store.touchpoints, "record_id | city | file_path\n1 | B | /b\n");
  }

  static Dataset<Row> later(Dataset<Row> file) {
    return file.withColumn(RawRecords.MODIFIED_AT, expr("timestamp '2026-06-02 00:00:00'"));
  }

  private static Dataset<Row> randomFile(SparkSession spark, int number, Random random) {
    StringBuilder text = new StringBuilder("id | user | at | city | changed | gone\n");
    for (int i = 0; i < 8; i++) {
      int day = 1 + random.nextInt(3);
      text.append(
          "%d | u%d | 2026-01-0%d | c%d | %s | %s%n"
              .formatted(
                  random.nextInt(25),
                  random.nextInt(4),
                  1 + random.nextInt(3),
                  random.nextInt(2),
                  random.nextBoolean() ? "2026-02-0" + day : "",
                  random.nextInt(5) == 0 ? "true" : ""));
    }
    return file(spark, "/f" + number + "_2026010" + (1 + number % 3) + ".csv", text.toString());
  }

  static Dataset<Row> file(SparkSession spark, String path, String text) {
    return RawText.records(spark, path, text);
  }

  /** A warehouse in memory, replaced night by night. */
  static final class Store {

    private final SparkSession spark;
    private final SourceRules source;
    Dataset<Row> touchpoints;
    private Dataset<Row> profiles;
    Dataset<Row> tombstones;
    private final Dataset<Row> costs;

    Store(SparkSession spark, SourceRules source) {
      this.spark = spark;
      this.source = source;
      touchpoints = spark.createDataFrame(List.of(), Touchpoints.TABLE.schema());
      profiles = empty(Profiles.TABLE);
      tombstones = empty(Tombstones.TABLE);
      costs = empty(CampaignCosts.TABLE);
    }

    private Dataset<Row> empty(Table table) {
      return spark.createDataFrame(List.of(), table.schema()).drop("loaded_run_id");
    }

    /** Loads files; gives their accounts as path, read, accepted, duplicate, rejected. */
    List<String> night(Dataset<Row> file) {
      return night(List.of(file));
    }

    List<String> night(List<Dataset<Row>> files) {
      Dataset<Row> records = files.stream().reduce(Dataset::union).orElseThrow();
      Dataset<Row> candidates =
          MapRecords.candidates(
                  records, source, SourceBuilder.rules(), Instant.parse("2026-05-31T22:00:00Z"))
              .transform(HoldRows::of);
      Dataset<Row> contests =
          SettleDeliveries.contests(
                  candidates,
                  new SettleDeliveries.Stored(
                      touchpoints, Optional.of(tombstones), profiles, costs),
                  List.of(source))
              .transform(HoldRows::of);
      List<String> accounts =
          CountOutcomes.perFile(CountOutcomes.counted(candidates, contests, List.of(source)))
              .orderBy("path")
              .collectAsList()
              .stream()
              .map(Store::account)
              .toList();
      Dataset<Row> winners = PickWinners.touchpoints(candidates, contests, touchpoints);
      Dataset<Row> withdrawn = PickWinners.withdrawn(contests);
      Dataset<Row> buried = PickWinners.tombstones(candidates, contests, tombstones);
      touchpoints =
          replaced(
              without(touchpoints, withdrawn),
              winners.drop(PickWinners.REPLACED_DATE),
              "touchpoint_id");
      tombstones =
          replaced(
              without(tombstones, PickWinners.overruledTombstones(contests)),
              buried,
              "touchpoint_id");
      Dataset<Row> people = PickWinners.profiles(candidates, contests);
      profiles = replaced(profiles, people.drop(PickWinners.IS_REPLACEMENT), "record_id");
      return accounts;
    }

    private Dataset<Row> without(Dataset<Row> old, Dataset<Row> going) {
      Set<String> ids =
          going.select("touchpoint_id").collectAsList().stream()
              .map(row -> row.getString(0))
              .collect(Collectors.toSet());
      List<Row> staying =
          old.collectAsList().stream()
              .filter(row -> !ids.contains(row.<String>getAs("touchpoint_id")))
              .toList();
      return spark.createDataFrame(staying, old.schema());
    }

    private Dataset<Row> replaced(Dataset<Row> old, Dataset<Row> rows, String key) {
      Map<String, Row> byKey = new TreeMap<>();
      old.collectAsList().forEach(row -> byKey.put(row.getAs(key), row));
      List<Row> coming = rows.collectAsList();
      assertThat(coming).extracting(row -> row.<String>getAs(key)).doesNotHaveDuplicates();
      rows.select(columns(old)).collectAsList().forEach(row -> byKey.put(row.getAs(key), row));
      return spark.createDataFrame(List.copyOf(byKey.values()), old.schema());
    }

    private static Column[] columns(Dataset<Row> rows) {
      return Stream.of(rows.columns()).map(name -> col(name)).toArray(Column[]::new);
    }

    /** Says which run loaded all that is stored, as a night does. */
    void loadedBy(String runId) {
      touchpoints =
          touchpoints
              .withColumn("loaded_run_id", expr("nullif('%s', '')".formatted(runId)))
              .transform(HoldRows::of);
    }

    String contents() {
      return Stream.of(touchpoints, profiles, tombstones)
          .flatMap(table -> table.collectAsList().stream())
          .map(Row::toString)
          .sorted()
          .collect(Collectors.joining("\n"));
    }

    private static String account(Row row) {
      assertThat(row.getLong(2)).isEqualTo(row.getLong(3) + row.getLong(4) + row.getLong(5));
      return IntStream.range(1, 6)
          .mapToObj(i -> String.valueOf(row.get(i)))
          .collect(Collectors.joining(" "));
    }
  }
}
