package io.itinera.jobs;

import io.itinera.core.raw.MapRecords;
import io.itinera.core.raw.RawRules;
import io.itinera.core.raw.SourceRules;
import io.itinera.core.rule.Hold;
import io.itinera.core.rule.SideBySide;
import io.itinera.core.table.LoadedFiles;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.RawFiles;
import io.itinera.jobs.lake.ReadRates;
import io.itinera.jobs.night.Reload;
import io.itinera.jobs.night.StageContext;
import io.itinera.jobs.raw.LackingFiles;
import io.itinera.jobs.raw.RawFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The raw files that are new, or changed since they were loaded.
 *
 * @param files by source; sources without any are left out
 */
record Arrivals(Map<SourceRules, List<RawFile>> files) {

  /** Raw files are often packed, and their records are kept unpacked. */
  private static final long BYTES_PER_PARTITION = 4L << 20;

  /**
   * Compares the landing folder with what was loaded.
   *
   * @param reload files to read though they were loaded
   * @throws IllegalStateException if there is no landing folder
   */
  static Arrivals find(Lake lake, ItineraConfig config, Reload reload) {
    String landing = config.landing();
    boolean isUsed = config.sources().stream().anyMatch(s -> s.path().startsWith(landing));
    if (isUsed && !RawFiles.isFolder(lake.spark(), landing)) {
      throw new IllegalStateException(
          "There is no landing folder %s. Nothing was loaded. Make it, or correct itinera.landing."
              .formatted(landing));
    }
    Set<Known> loaded = loaded(lake);
    Map<SourceRules, List<RawFile>> arrived = new LinkedHashMap<>();
    for (SourceRules source : config.sources()) {
      List<RawFile> fresh =
          RawFiles.list(
              lake.spark(),
              source,
              file -> !loaded.contains(Known.of(source, file)) || reload.wants(source, file));
      if (!fresh.isEmpty()) {
        arrived.put(source, fresh);
      }
    }
    return new Arrivals(arrived);
  }

  boolean areNone() {
    return files.isEmpty();
  }

  List<SourceRules> sources() {
    return List.copyOf(files.keySet());
  }

  /**
   * What the records of all these files would become, computed now and once: each source on its
   * own, because Spark's work on a plan grows faster than the plan, and every task carries all of
   * it.
   *
   * @param lacking learns of files that lack columns
   */
  Dataset<Row> candidates(StageContext context, LackingFiles lacking) {
    RawRules rules = rules(context.lake().spark(), context.config());
    List<Callable<Dataset<Row>>> all = new ArrayList<>();
    files.forEach(
        (source, list) ->
            all.add(
                () ->
                    Hold.of(
                        MapRecords.candidates(
                            RawFiles.read(context.lake().spark(), source, list, lacking),
                            source,
                            rules,
                            context.asOfEnd()))));
    return Hold.together(SideBySide.get(all), partitions(context.lake().spark()));
  }

  /** Enough to keep all cores busy and no task too large, but not some for each small source. */
  private int partitions(SparkSession spark) {
    long bytes = files.values().stream().flatMap(List::stream).mapToLong(RawFile::sizeBytes).sum();
    return (int) Math.max(spark.sparkContext().defaultParallelism(), bytes / BYTES_PER_PARTITION);
  }

  /** What all sources share, with the exchange rates of today's file. */
  static RawRules rules(SparkSession spark, ItineraConfig config) {
    return ReadRates.rules(spark, config);
  }

  private static Set<Known> loaded(Lake lake) {
    Set<Known> loaded = new HashSet<>();
    lake.read(LoadedFiles.TABLE)
        .select(
            LoadedFiles.SOURCE, LoadedFiles.PATH, LoadedFiles.SIZE_BYTES, LoadedFiles.MODIFIED_AT)
        .toLocalIterator()
        .forEachRemaining(row -> loaded.add(Known.of(row)));
    return loaded;
  }

  /** A file as it was when it was loaded; another size or time makes it another. */
  private record Known(String source, String path, long sizeBytes, long modifiedMillis) {

    static Known of(Row row) {
      long modifiedMillis = row.getTimestamp(3).toInstant().toEpochMilli();
      return new Known(row.getString(0), row.getString(1), row.getLong(2), modifiedMillis);
    }

    static Known of(SourceRules source, RawFile file) {
      return new Known(
          source.name(), file.path(), file.sizeBytes(), file.modifiedAt().toEpochMilli());
    }
  }
}
