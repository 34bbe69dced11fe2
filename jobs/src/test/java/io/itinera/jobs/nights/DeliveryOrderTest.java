package io.itinera.jobs.nights;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.source.FileRules;
import io.itinera.core.source.FileRules.Format;
import io.itinera.core.source.SourceRules;
import io.itinera.core.table.CampaignCosts;
import io.itinera.core.table.Evidence;
import io.itinera.core.table.Profiles;
import io.itinera.core.table.SourceDays;
import io.itinera.core.table.Table;
import io.itinera.core.table.Tombstones;
import io.itinera.core.table.Touchpoints;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample files of all presets give the same tables in whatever order they come. */
@ExtendWith(SparkExtension.class)
class DeliveryOrderTest {

  private static final List<Table> TABLES =
      List.of(
          Touchpoints.TABLE,
          Profiles.TABLE,
          CampaignCosts.TABLE,
          Tombstones.TABLE,
          Evidence.TABLE,
          SourceDays.TABLE);

  /** What follows from a record's place in its file, where a source gives no sequence. */
  private static final String[] PLACES = {Touchpoints.SEQUENCE, Evidence.DIGEST};

  private static final int NIGHTS = 3;

  private static final Instant WRITTEN = Instant.parse("2026-03-31T00:00:00Z");

  @TempDir private Path home;

  /** Each seed takes half of the presets. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void filesInAnyOrderGiveWhatOneNightGives(long seed, SparkSession spark) throws IOException {
    Random random = new Random(seed);
    IngestNights once = IngestNights.in(spark, home.resolve("once"));
    IngestNights often = IngestNights.in(spark, home.resolve("often"));
    List<PresetSample> samples = everySecond(seed);
    Map<String, SourceRules> sources =
        once.config(samples).sources().stream()
            .collect(Collectors.toMap(SourceRules::name, source -> source));
    Set<String> parted = new TreeSet<>();
    List<Delivery> deliveries = new ArrayList<>();
    for (PresetSample sample : samples) {
      SourceRules source = sources.get(sample.name());
      if (isPartable(source) && random.nextBoolean()) {
        parted.add(sample.name());
      }
      for (Path file : sample.files()) {
        String content = Files.readString(file, ISO_8859_1);
        Delivery whole = new Delivery(sample, "1", file, content);
        whole.to(once.landing());
        deliveries.addAll(
            parted.contains(sample.name())
                ? parts(sample, file, source.files(), random)
                : List.of(whole));
        if (random.nextInt(3) == 0) {
          String label = random.nextBoolean() ? "0" : "2";
          deliveries.add(new Delivery(sample, label, file, content));
        }
      }
    }
    once.load("only", samples);

    Collections.shuffle(deliveries, random);
    for (int night = 0; night < NIGHTS; night++) {
      for (int i = night; i < deliveries.size(); i += NIGHTS) {
        deliveries.get(i).to(often.landing());
      }
      often.load("night-" + night, samples);
    }

    for (Table table : TABLES) {
      assertThat(content(often.lake().read(table), parted))
          .as(table.name())
          .containsExactlyElementsOf(content(once.lake().read(table), parted));
    }
  }

  private static List<PresetSample> everySecond(long seed) throws IOException {
    List<PresetSample> all = PresetSample.all();
    return IntStream.range(0, all.size())
        .filter(place -> place % 2 == seed % 2)
        .mapToObj(all::get)
        .toList();
  }

  /** A file to come, under a name of its own; its bytes are taken as Latin-1. */
  private record Delivery(PresetSample sample, String label, Path file, String content) {
    void to(Path landing) throws IOException {
      Path target = Files.writeString(sample.target(landing, label, file), content, ISO_8859_1);
      // When a file was written is part of what it is: it must not depend on when it is delivered.
      Files.setLastModifiedTime(
          target, FileTime.from(WRITTEN.plusSeconds(file.toString().hashCode() & 0xFFFF)));
    }
  }

  /** Whether each line is a record with an id of its own, wherever it stands. */
  private static boolean isPartable(SourceRules source) {
    boolean isByLine =
        source.files().explode().isEmpty()
            && Set.of(Format.CSV, Format.TSV, Format.JSONL).contains(source.files().format());
    return isByLine && source.blocks().allMatch(block -> block.recordId().isPresent());
  }

  /** The records of {@code file} in two files, not in their order. */
  private static List<Delivery> parts(
      PresetSample sample, Path file, FileRules rules, Random random) throws IOException {
    SampleRecords records = SampleRecords.of(file, rules);
    List<String> shuffled = new ArrayList<>(records.records());
    Collections.shuffle(shuffled, random);
    int half = shuffled.size() / 2;
    return List.of(
        new Delivery(sample, "part-a", file, records.with(shuffled.subList(0, half))),
        new Delivery(
            sample, "part-b", file, records.with(shuffled.subList(half, shuffled.size()))));
  }

  /** What {@code rows} say; of parted files without what tells a place in a file. */
  private static List<String> content(Dataset<Row> rows, Set<String> parted) {
    Column isParted = col(Touchpoints.SOURCE).isin(parted.toArray());
    return Stream.concat(
            WarehouseContent.texts(rows.where(not(isParted))).stream(),
            WarehouseContent.texts(rows.where(isParted).drop(PLACES)).stream())
        .toList();
  }
}
