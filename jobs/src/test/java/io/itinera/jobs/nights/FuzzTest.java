package io.itinera.jobs.nights;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.source.FileRules;
import io.itinera.core.source.FileRules.Format;
import io.itinera.core.source.SourceRules;
import io.itinera.core.table.LoadedFiles;
import io.itinera.core.table.RejectedRecords;
import io.itinera.core.table.Touchpoints;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records of every preset, broken in all kinds of ways: none stops a stage of the night, none gets
 * lost. {@code -Dfuzz.records=100000 -Dfuzz.seed=2} tries more, and others.
 */
@ExtendWith(SparkExtension.class)
class FuzzTest {

  private static final int RECORDS = Integer.getInteger("fuzz.records", 5000);
  private static final long SEED = Long.getLong("fuzz.seed", 1);
  private static final String HOW = "-Dfuzz.records=%d -Dfuzz.seed=%d".formatted(RECORDS, SEED);
  private static final long UNKNOWN = -1;

  /** A broken file loses the rest of its records: few in each, so that many are read. */
  private static final int PER_FILE = 20;

  @TempDir private Path home;

  @Test
  void brokenRecordsStopNoStageAndNoneGetsLost(SparkSession spark) throws IOException {
    IngestNights nights = IngestNights.in(spark, home);
    List<PresetSample> samples = PresetSample.all();
    Map<String, SourceRules> sources =
        nights.config(samples).sources().stream()
            .collect(Collectors.toMap(SourceRules::name, source -> source));
    Map<String, Long> lines = new TreeMap<>();
    for (PresetSample sample : samples) {
      int count = Math.max(1, RECORDS / samples.size());
      lines.putAll(delivered(sample, sources.get(sample.name()), nights.landing(), count));
    }

    try {
      nights.through(samples);
    } catch (RuntimeException e) {
      throw new AssertionError("A night failed with " + HOW, e);
    }

    assertAccountsBalance(nights, lines);
  }

  private static void assertAccountsBalance(IngestNights nights, Map<String, Long> lines) {
    List<Row> files =
        nights
            .lake()
            .read(LoadedFiles.TABLE)
            .select(
                LoadedFiles.PATH,
                LoadedFiles.RECORDS_READ,
                LoadedFiles.RECORDS_ACCEPTED,
                LoadedFiles.RECORDS_DUPLICATE,
                LoadedFiles.RECORDS_REJECTED)
            .collectAsList();
    Map<String, Long> read =
        files.stream()
            .collect(
                Collectors.toMap(
                    row -> row.getString(0).replaceFirst("^file:/*", "/"), row -> row.getLong(1)));
    assertThat(read.keySet()).as(HOW).isEqualTo(lines.keySet());
    assertThat(files)
        .as(HOW)
        .allSatisfy(
            row ->
                assertThat(row.getLong(1))
                    .as(row.getString(0))
                    .isEqualTo(row.getLong(2) + row.getLong(3) + row.getLong(4)));
    assertThat(read)
        .as(HOW)
        .containsAllEntriesOf(
            lines.entrySet().stream()
                .filter(file -> file.getValue() != UNKNOWN)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    assertThat(nights.lake().read(RejectedRecords.TABLE).count())
        .as(HOW)
        .isEqualTo(files.stream().mapToLong(row -> row.getLong(4)).sum());
    Dataset<Row> ids = nights.lake().read(Touchpoints.TABLE).select(Touchpoints.TOUCHPOINT_ID);
    assertThat(ids.distinct().count()).as(HOW).isEqualTo(ids.count());
  }

  /** Writes files with {@code count} broken records: the names and how many lines each has. */
  private static Map<String, Long> delivered(
      PresetSample sample, SourceRules source, Path landing, int count) throws IOException {
    FileRules rules = source.files();
    Mutations mutations = new Mutations(SEED * 31 + sample.name().hashCode());
    boolean isJson = rules.format() == Format.JSON || rules.format() == Format.JSONL;
    Map<String, Long> lines = new TreeMap<>();
    for (int number = 0; number * PER_FILE < count; number++) {
      Path file = sample.files().get(number % sample.files().size());
      SampleRecords records = SampleRecords.of(file, rules);
      // Where a single broken byte ends a file, some files must have none.
      boolean keepsForm = number % 2 == 0;
      List<String> broken = new ArrayList<>();
      for (int i = number * PER_FILE; i < Math.min(count, (number + 1) * PER_FILE); i++) {
        broken.add(broken(mutations.oneOf(records.records()), mutations, isJson, keepsForm));
      }
      String text = records.with(broken);
      byte[] bytes =
          (keepsForm || !mutations.oneIn(5) ? text : mutations.of(text)).getBytes(ISO_8859_1);
      Path target = sample.target(landing, String.valueOf(number), file);
      Files.write(target, bytes);
      lines.put(target.toString(), lines(bytes, rules));
    }
    return lines;
  }

  private static String broken(
      String record, Mutations mutations, boolean isJson, boolean keepsForm) throws IOException {
    if (!isJson) {
      return keepsForm ? mutations.ofValues(record) : mutations.of(record);
    }
    String other =
        keepsForm || mutations.oneIn(2) ? new JsonMutations(mutations).of(record) : record;
    return keepsForm ? other : mutations.of(other);
  }

  /** How many records the lines of a file are; {@link #UNKNOWN} where a line may be none. */
  private static long lines(byte[] bytes, FileRules rules) {
    // Two such bytes at the start say that the file is UTF-16.
    if (bytes.length > 1 && (bytes[0] & 0xFE) == 0xFE) {
      return UNKNOWN;
    }
    String text = new String(bytes, UTF_8);
    Stream<String> lines =
        Arrays.stream((text.startsWith("\ufeff") ? text.substring(1) : text).split("\n"));
    return switch (rules.format()) {
      case JSONL, TEXT -> lines.filter(line -> !line.isBlank()).count();
      // Characters of code 0 are what IIS fills its files up with.
      case W3C ->
          lines.filter(line -> !line.replace("\0", "").isBlank() && !line.startsWith("#")).count();
      case TSV ->
          rules.options().containsKey("escape")
              ? UNKNOWN
              : lines.filter(line -> !line.isEmpty() && !line.equals("\r")).count();
      default -> UNKNOWN;
    };
  }
}
