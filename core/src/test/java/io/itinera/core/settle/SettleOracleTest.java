package io.itinera.core.settle;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;
import static java.util.Comparator.reverseOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.settle.DeliveriesTest.Store;
import io.itinera.core.source.SourceRules;
import io.itinera.testing.RawFile;
import io.itinera.testing.Seeds;
import io.itinera.testing.SourceBuilder;
import io.itinera.testing.SparkExtension;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares what nights of deliveries leave with a plain loop over all that was ever delivered.
 * Ranks, versions, days and times of files are few, so that nearly everything ties; records come
 * twice in a file, files come again, some records withdraw.
 */
@ExtendWith(SparkExtension.class)
class SettleOracleTest {

  private static final int FILES = 7;
  private static final int IDS = 12;

  /** A record of a file. A version or day of null is none. */
  private record Delivery(
      int id, Integer rank, Integer version, boolean withdraws, String city, int position) {}

  private record RawDelivery(Integer day, boolean late, String path, List<Delivery> records) {}

  private record Entry(RawDelivery file, Delivery record) {

    /** The file's day stands in for the record's own version, which is later than any. */
    Integer version() {
      return record.version() == null ? file.day() : Integer.valueOf(10 + record.version());
    }
  }

  /** Files of one seed, in the order in which they arrive, with ids that no other seed has. */
  private static final class World {

    private final int seed;
    private final Random random;
    private final List<RawDelivery> arriving;
    private final List<RawDelivery> known = new ArrayList<>();

    World(long seed) {
      this.seed = (int) seed;
      random = new Random(seed);
      arriving = new ArrayList<>();
      IntStream.range(0, FILES).forEach(number -> arriving.add(file(this.seed, number, random)));
      Collections.shuffle(arriving, random);
    }

    /** Two files at most, and one that is known. */
    List<RawDelivery> night() {
      List<RawDelivery> night = new ArrayList<>(arriving.subList(0, Math.min(2, arriving.size())));
      arriving.removeAll(night);
      if (!known.isEmpty()) {
        night.add(known.get(random.nextInt(known.size())));
      }
      known.addAll(night);
      return night;
    }

    IntStream ids() {
      return IntStream.range(seed * IDS, seed * IDS + IDS);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nightsLeaveWhatALoopOverAllDeliveriesLeaves(boolean earliestWins, SparkSession spark) {
    List<World> worlds = Seeds.upTo(4).mapToObj(World::new).toList();
    Store store = new Store(spark, source(earliestWins));
    while (!worlds.get(0).arriving.isEmpty()) {
      List<RawDelivery> night = worlds.stream().flatMap(world -> world.night().stream()).toList();

      store.night(night.stream().map(SettleOracleTest::rawFile).toList());

      assertThat(touchpoints(store)).isEqualTo(touchpoints(worlds, earliestWins));
      assertThat(store.tombstones().count()).isEqualTo(withdrawals(worlds, earliestWins));
    }
  }

  private static SourceRules source(boolean earliestWins) {
    SourceBuilder source =
        new SourceBuilder("till")
            .versionAt("changed")
            .rank("int(grade)")
            .touchpoint(
                "id",
                Map.of("occurred_at", "at", "type", "'visit'", "city", "city", "deleted", "gone"),
                Map.of("user_id", "user"));
    return (earliestWins ? source.earliestWins() : source).build();
  }

  private static RawDelivery file(int seed, int number, Random random) {
    Integer day = random.nextInt(4) == 0 ? null : 1 + random.nextInt(2);
    List<Delivery> records = new ArrayList<>();
    for (int position = 1; position <= 10; position++) {
      int id = seed * IDS + random.nextInt(IDS);
      Integer rank = random.nextInt(3) == 0 ? null : random.nextInt(3) - 1;
      Integer version = random.nextInt(3) == 0 ? null : 1 + random.nextInt(2);
      // Of one file, what ties in all else is the same.
      String city = "f%d-%d-%s".formatted(number, rank == null ? 0 : rank, version);
      records.add(new Delivery(id, rank, version, random.nextInt(5) == 0, city, position));
    }
    String path = "/s%d/%d%s".formatted(seed, 9 - number, day == null ? "" : "_2026010" + day);
    return new RawDelivery(day, random.nextBoolean(), path, records);
  }

  private static RawFile rawFile(RawDelivery file) {
    String text =
        file.records().stream()
            .map(
                record ->
                    "%d | u | 2026-01-01 | %s | %s | %s | %s%n"
                        .formatted(
                            record.id(),
                            record.city(),
                            record.version() == null ? "" : "2026-02-0" + record.version(),
                            record.rank() == null ? "" : record.rank(),
                            record.withdraws() ? "true" : ""))
            .collect(
                Collectors.joining("", "id | user | at | city | changed | grade | gone\n", ""));
    RawFile written = new RawFile(file.path(), text);
    return file.late() ? written.later() : written;
  }

  /** Id to city and place, as the tables have them. */
  private static Map<String, String> touchpoints(Store store) {
    Map<String, String> rows = new TreeMap<>();
    for (Row row : store.touchpoints().collectAsList()) {
      rows.put(row.getAs("record_id"), row.getAs("city") + " " + row.<Long>getAs("sequence"));
    }
    return rows;
  }

  /** The same by a loop that is easy to trust. */
  private static Map<String, String> touchpoints(List<World> worlds, boolean earliestWins) {
    Map<String, String> rows = new TreeMap<>();
    for (List<Entry> entries : deliveriesOfEachId(worlds, earliestWins)) {
      Delivery best = entries.get(0).record();
      if (!best.withdraws()) {
        int place =
            entries.stream()
                .map(Entry::record)
                // What only withdraws has no place.
                .filter(record -> !record.withdraws())
                .mapToInt(Delivery::position)
                .min()
                .getAsInt();
        rows.put(String.valueOf(best.id()), best.city() + " " + place);
      }
    }
    return rows;
  }

  private static long withdrawals(List<World> worlds, boolean earliestWins) {
    return deliveriesOfEachId(worlds, earliestWins).stream()
        .filter(entries -> entries.get(0).record().withdraws())
        .count();
  }

  /** All deliveries of each id that was ever delivered, the best first. */
  private static List<List<Entry>> deliveriesOfEachId(List<World> worlds, boolean earliestWins) {
    return worlds.stream()
        .flatMap(world -> world.ids().mapToObj(id -> entries(world.known, id, earliestWins)))
        .filter(entries -> !entries.isEmpty())
        .toList();
  }

  /** All deliveries of {@code id}, the best first. */
  private static List<Entry> entries(List<RawDelivery> known, int id, boolean earliestWins) {
    return known.stream()
        .flatMap(file -> file.records().stream().map(record -> new Entry(file, record)))
        .filter(entry -> entry.record().id() == id)
        .sorted(order(earliestWins))
        .toList();
  }

  private static Comparator<Entry> order(boolean earliestWins) {
    Comparator<Integer> version = earliestWins ? naturalOrder() : reverseOrder();
    return comparing((Entry entry) -> entry.record().rank() == null ? 0 : entry.record().rank())
        .reversed()
        // What is withdrawn without a version is so for good.
        .thenComparing(entry -> isForGood(entry) ? 0 : 1)
        .thenComparing(Entry::version, nullsLast(version))
        .thenComparing(entry -> entry.record().withdraws() ? 0 : 1)
        .thenComparing(entry -> entry.file().day(), nullsLast(reverseOrder()))
        .thenComparing(entry -> entry.file().late() ? 0 : 1)
        .thenComparing(entry -> entry.file().path())
        .thenComparing(entry -> entry.record().position());
  }

  private static boolean isForGood(Entry entry) {
    return entry.record().withdraws() && entry.version() == null;
  }
}
