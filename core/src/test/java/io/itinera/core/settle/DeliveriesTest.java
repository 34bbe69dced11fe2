package io.itinera.core.settle;

import static io.itinera.testing.TableText.assertRows;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.map.MapRecords;
import io.itinera.core.source.SourceRules;
import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.CampaignCosts;
import io.itinera.core.table.Profiles;
import io.itinera.core.table.Table;
import io.itinera.core.table.Tombstones;
import io.itinera.core.table.Touchpoints;
import io.itinera.testing.RawFile;
import io.itinera.testing.RawText;
import io.itinera.testing.SourceBuilder;
import io.itinera.testing.SparkExtension;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

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
                    "/b",
                    """
                    id | user | at         | city   | changed | gone
                    1  | u    | 2026-01-01 | Bern   | 2026-01-01 |
                    2  | v    | 2026-01-05 | Basel  | 2026-01-01 |
                    4  | w    | 2026-01-01 | Biel   | 2026-01-01 |
                    """)))
        .containsExactly("/b 3 2 1 0");

    assertRows(
        store.touchpoints(),
        """
        record_id | city   | sequence | event_date
        1         | Berlin | 1        | 2026-01-01
        2         | Basel  | 2        | 2026-01-05
        4         | Biel   | 3        | 2026-01-01
        """);
    assertRows(
        store.profiles(),
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

    store.night(file("/a", header + "1 | u | 2026-01-01 | Bonn | |\n"));
    store.night(file("/b", header + "1 | u | 2026-01-01 | Kiel | 2026-01-03 |\n"));
    store.night(file("/c", header + "1 | u | 2026-01-01 | Trier | 2026-01-04 |\n"));

    assertRows(store.touchpoints(), "record_id | city\n1 | Kiel\n");
  }

  @Test
  void sameContentUnderALaterVersionIsADuplicateThatStillWinsOverWhatLiesBetween(
      SparkSession spark) {
    SourceRules source = new SourceBuilder("till").touchpoint("id", COLUMNS, IDENTIFIERS).build();
    Store store = new Store(spark, source);
    String header = "id | user | at | city | gone\n";

    store.night(file("/d20260101", header + "1 | u | 2026-01-01 | A |\n"));
    assertThat(store.night(file("/d20260103", header + "1 | u | 2026-01-01 | A |\n")))
        .containsExactly("/d20260103 1 0 1 0");
    assertThat(store.night(file("/d20260102", header + "1 | u | 2026-01-01 | B |\n")))
        .containsExactly("/d20260102 1 0 1 0");

    assertRows(store.touchpoints(), "record_id | city\n1 | A\n");
  }

  @Test
  void sequenceIsTheSmallestPlaceUnlessTheSourceGivesOne(SparkSession spark) {
    Map<String, String> columns = Map.of("occurred_at", "at", "type", "'x'", "sequence", "n");
    SourceRules own = new SourceBuilder("own").touchpoint("id", columns, IDENTIFIERS).build();
    Store places = new Store(spark, LATEST);
    Store numbers = new Store(spark, own);
    String header = "id | user | at | city | changed | n | gone\n";
    RawFile first =
        file("/a", header + "9|u|2026-01-01|||9|\n".repeat(2) + "1|u|2026-01-01|||7|\n");
    RawFile again = file("/b", header + "1|u|2026-01-01|||7|\n");

    places.night(first);
    numbers.night(first);
    assertThat(places.night(again)).containsExactly("/b 1 0 1 0");
    numbers.night(again);

    assertRows(places.touchpoints(), "record_id | sequence\n9 | 1\n1 | 1\n");
    assertRows(numbers.touchpoints(), "record_id | sequence\n9 | 9\n1 | 7\n");
  }

  @Test
  void orderOfArrivalAndDeliveriesAgainChangeNothing(SparkSession spark) {
    List<RawFile> all = new ArrayList<>();
    List<List<RawFile>> nights = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int world : new int[] {1, 2}) {
      Random random = new Random(world);
      List<RawFile> files = new ArrayList<>();
      IntStream.range(0, 6).forEach(number -> files.add(randomFile(world, number, random)));
      all.addAll(files);
      Collections.shuffle(files, random);
      nights.get(0).addAll(List.of(files.get(0), files.get(1)));
      nights.get(1).addAll(List.of(files.get(2), files.get(0), files.get(3)));
      nights.get(2).addAll(List.of(files.get(5), files.get(4), files.get(2)));
    }
    Store atOnce = new Store(spark, LATEST);
    Store nightly = new Store(spark, LATEST);

    atOnce.night(all);
    nights.forEach(nightly::night);

    assertThat(nightly.contents()).isEqualTo(atOnce.contents());
    assertThat(atOnce.touchpoints().count()).isGreaterThan(20);
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
        file("/a", header + "1|u|2026-01-01|A|2026-02-01|\n2|u|2026-01-01|A|2026-02-01|\n"));

    assertThat(store.night(file("/b", header + "1|u|||2026-02-02|true\n9||||2026-02-02|true\n")))
        .containsExactly("/b 2 2 0 0");
    assertRows(store.touchpoints(), "record_id | city\n2 | A\n");
    assertThat(
            store.night(
                file(
                    "/c", header + "1|u|2026-01-01|B|2026-02-01|\n9|u|2026-01-01|B|2026-02-02|\n")))
        .containsExactly("/c 2 0 2 0");
    assertRows(store.touchpoints(), "record_id | city\n2 | A\n");
    store.night(file("/d", header + "1|u|2026-01-01|C|2026-02-03|\n"));

    assertRows(store.touchpoints(), "record_id | city | sequence\n1 | C | 1\n2 | A | 2\n");
    assertThat(store.tombstones().count()).isEqualTo(1);
  }

  @Test
  void recordDeliveredAgainUnchangedKeepsItsRunAndOneThatChangedDoesNot(SparkSession spark) {
    Store store = new Store(spark, UNVERSIONED);
    store.night(file("/d20260101", CITIES + "1|u|2026-01-01|A|\n2|u|2026-01-01|A|\n"));
    store.loadedBy("first");

    store.night(file("/d20260102", CITIES + "2|u|2026-01-01|B|\n1|u|2026-01-01|A|\n"));

    assertRows(
        store.touchpoints(),
        """
        record_id | city | sequence | loaded_run_id | file_path
        1         | A    | 1        | first         | /d20260102
        2         | B    | 1        |               | /d20260102
        """);
  }

  @Test
  void recordThatOnlyMovesToAnEarlierPlaceKeepsItsRun(SparkSession spark) {
    Store store = new Store(spark, UNVERSIONED);
    store.night(file("/d20260102", CITIES + "2|u|2026-01-01|A|\n1|u|2026-01-01|A|\n"));
    store.loadedBy("first");

    store.night(file("/d20260101", CITIES + "1|u|2026-01-01|B|\n"));

    assertRows(
        store.touchpoints().where("record_id = 1"),
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
    List<RawFile> files =
        List.of(
            file(
                "/b_20260101",
                header
                    + "rank    | u | 2026-01-01 | active    | 2026-02-01 | \n"
                    + "version | u | 2026-01-01 | newer     | 2026-02-02 | \n"
                    + "day     | u | 2026-01-01 | older day | 2026-02-01 | \n"
                    + "written | u | 2026-01-01 | earlier   | 2026-02-01 | \n"),
            file(
                "/a_20260102",
                header
                    + "rank    | u | 2026-01-01 | closed    | 2026-02-09 | closed\n"
                    + "version | u | 2026-01-01 | older     | 2026-02-01 | \n"
                    + "day     | u | 2026-01-01 | later day | 2026-02-01 | \n"
                    + "path    | u | 2026-01-01 | first     | 2026-02-01 | \n"),
            file("/c_20260101", header + "written|u|2026-01-01|later|2026-02-01|\n").later(),
            file("/d_20260102", header + "path | u | 2026-01-01 | last | 2026-02-01 |\n"));

    for (boolean backwards : new boolean[] {false, true}) {
      List<RawFile> arriving = new ArrayList<>(files);
      if (backwards) {
        Collections.reverse(arriving);
      }
      Store store = new Store(spark, source);
      store.night(arriving.subList(0, 2));
      store.night(arriving.subList(2, 4));
      assertRows(
          store.touchpoints(),
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
    store.night(file("/a", CITIES + "1|u|2026-01-01|A|\n"));
    store.forgetOrigins();

    store.night(file("/b", CITIES + "1|u|2026-01-01|B|\n"));

    assertRows(store.touchpoints(), "record_id | city | file_path\n1 | B | /b\n");
  }

  private static RawFile randomFile(int world, int number, Random random) {
    StringBuilder text = new StringBuilder("id | user | at | city | changed | gone\n");
    for (int i = 0; i < 8; i++) {
      int day = 1 + random.nextInt(3);
      text.append(
          "%d-%d | u%d-%d | 2026-01-0%d | c%d | %s | %s%n"
              .formatted(
                  world,
                  random.nextInt(25),
                  world,
                  random.nextInt(4),
                  1 + random.nextInt(3),
                  random.nextInt(2),
                  random.nextBoolean() ? "2026-02-0" + day : "",
                  random.nextInt(5) == 0 ? "true" : ""));
    }
    String path = "/w%df%d_2026010%d.csv".formatted(world, number, 1 + number % 3);
    return file(path, text.toString());
  }

  private static RawFile file(String path, String text) {
    return new RawFile(path, text);
  }

  /** A warehouse in memory, replaced night by night. */
  static final class Store {

    private final SparkSession spark;
    private final SourceRules source;
    private final Map<String, Row> touchpoints = new TreeMap<>();
    private final Map<String, Row> profiles = new TreeMap<>();
    private final Map<String, Row> tombstones = new TreeMap<>();
    private final Dataset<Row> costs;

    Store(SparkSession spark, SourceRules source) {
      this.spark = spark;
      this.source = source;
      costs = dataset(List.of(), CampaignCosts.TABLE);
    }

    Dataset<Row> touchpoints() {
      return spark.createDataFrame(List.copyOf(touchpoints.values()), Touchpoints.TABLE.schema());
    }

    Dataset<Row> profiles() {
      return dataset(profiles.values(), Profiles.TABLE);
    }

    Dataset<Row> tombstones() {
      return dataset(tombstones.values(), Tombstones.TABLE);
    }

    private Dataset<Row> dataset(Collection<Row> rows, Table table) {
      return spark.createDataFrame(List.copyOf(rows), withoutRun(table));
    }

    private static StructType withoutRun(Table table) {
      return new StructType(
          Stream.of(table.schema().fields())
              .filter(field -> !field.name().equals("loaded_run_id"))
              .toArray(StructField[]::new));
    }

    /** Loads a file; gives its account as path, read, accepted, duplicate, rejected. */
    List<String> night(RawFile file) {
      return night(List.of(file));
    }

    List<String> night(List<RawFile> files) {
      Dataset<Row> candidates =
          MapRecords.candidates(
                  RawText.records(spark, files),
                  source,
                  SourceBuilder.rules(),
                  Instant.parse("2026-05-31T22:00:00Z"))
              .transform(HoldRows::of);
      Dataset<Row> contests =
          SettleDeliveries.contests(
                  candidates,
                  new SettleDeliveries.Stored(
                      touchpoints(), Optional.of(tombstones()), profiles(), costs),
                  List.of(source))
              .transform(HoldRows::of);
      Dataset<Row> winners = PickWinners.touchpoints(candidates, contests, touchpoints());
      Dataset<Row> buried = PickWinners.tombstones(candidates, contests, tombstones());
      Dataset<Row> people = PickWinners.profiles(candidates, contests);
      take(touchpoints, PickWinners.withdrawn(contests));
      put(touchpoints, winners, Touchpoints.TABLE.schema(), "touchpoint_id");
      take(tombstones, PickWinners.overruledTombstones(contests));
      put(tombstones, buried, withoutRun(Tombstones.TABLE), "touchpoint_id");
      put(profiles, people, withoutRun(Profiles.TABLE), "record_id");
      return CountOutcomes.perFile(CountOutcomes.counted(candidates, contests, List.of(source)))
          .collectAsList()
          .stream()
          .map(Store::account)
          .sorted()
          .toList();
    }

    private static void take(Map<String, Row> stored, Dataset<Row> going) {
      going.select("touchpoint_id").collectAsList().forEach(row -> stored.remove(row.getString(0)));
    }

    private static void put(
        Map<String, Row> stored, Dataset<Row> rows, StructType schema, String key) {
      Column[] columns =
          Stream.of(schema.fieldNames()).map(name -> col(name)).toArray(Column[]::new);
      List<Row> coming = rows.select(columns).collectAsList();
      assertThat(coming).extracting(row -> row.<String>getAs(key)).doesNotHaveDuplicates();
      coming.forEach(row -> stored.put(row.getAs(key), row));
    }

    /** Says which run loaded all that is stored, as a night does. */
    void loadedBy(String runId) {
      set("loaded_run_id", runId);
    }

    /** Leaves the touchpoints as they were stored before the tables had these columns. */
    void forgetOrigins() {
      List.of("file_path", "file_written_at", "record_rank").forEach(column -> set(column, null));
    }

    private void set(String column, Object value) {
      StructType schema = Touchpoints.TABLE.schema();
      touchpoints.replaceAll(
          (id, row) -> {
            Object[] cells = IntStream.range(0, row.size()).mapToObj(row::get).toArray();
            cells[schema.fieldIndex(column)] = value;
            return RowFactory.create(cells);
          });
    }

    String contents() {
      return Stream.of(touchpoints, profiles, tombstones)
          .flatMap(table -> table.values().stream())
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
