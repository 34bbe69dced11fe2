package io.itinera.jobs;

import io.itinera.core.raw.MapRecords;
import io.itinera.core.raw.RawRules;
import io.itinera.core.raw.SourceRules;
import io.itinera.core.rule.Hold;
import io.itinera.core.rule.SideBySide;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.RawFiles;
import io.itinera.jobs.lake.RawFiles.Listing;
import io.itinera.jobs.lake.ReadRates;
import io.itinera.jobs.night.Reload;
import io.itinera.jobs.night.StageContext;
import io.itinera.jobs.raw.LackingFiles;
import io.itinera.jobs.raw.RawFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The raw files that are new, changed since they were loaded, or to be read again.
 *
 * @param files by source; sources without any are left out
 * @param rewritten those among them that were loaded before, under their names
 * @param reloaded those of the rewritten that somebody asked to read again
 */
record Arrivals(
    Map<SourceRules, List<RawFile>> files, Set<Delivered> rewritten, Set<Delivered> reloaded) {

  /** A file as a source has it. */
  record Delivered(String source, String path) {}

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
    List<Listing> listings =
        config.sources().stream().map(source -> RawFiles.look(lake.spark(), source)).toList();
    NewsOfFiles news = NewsOfFiles.among(lake, listings);
    Map<SourceRules, List<RawFile>> arrived = new LinkedHashMap<>();
    Set<Delivered> rewritten = new LinkedHashSet<>();
    Set<Delivered> reloaded = new LinkedHashSet<>();
    for (Listing listing : listings) {
      SourceRules source = listing.source();
      List<RawFile> fresh =
          listing.ready(file -> news.isNews(delivered(source, file)) || reload.wants(source, file));
      if (!fresh.isEmpty()) {
        arrived.put(source, fresh);
      }
      for (RawFile file : fresh) {
        Delivered delivered = delivered(source, file);
        if (news.wasLoaded(delivered)) {
          rewritten.add(delivered);
          if (reload.wants(source, file)) {
            reloaded.add(delivered);
          }
        }
      }
    }
    return new Arrivals(arrived, rewritten, reloaded);
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
    return candidates(context, files, lacking);
  }

  /** What the records of {@code files} would become. */
  static Dataset<Row> candidates(
      StageContext context, Map<SourceRules, List<RawFile>> files, LackingFiles lacking) {
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
    return Hold.together(SideBySide.get(all), partitions(context.lake().spark(), files));
  }

  /** Enough to keep all cores busy and no task too large, but not some for each small source. */
  private static int partitions(SparkSession spark, Map<SourceRules, List<RawFile>> files) {
    long bytes = files.values().stream().flatMap(List::stream).mapToLong(RawFile::sizeBytes).sum();
    return (int) Math.max(spark.sparkContext().defaultParallelism(), bytes / BYTES_PER_PARTITION);
  }

  /** What all sources share, with the exchange rates of today's file. */
  static RawRules rules(SparkSession spark, ItineraConfig config) {
    return ReadRates.rules(spark, config);
  }

  private static Delivered delivered(SourceRules source, RawFile file) {
    return new Delivered(source.name(), file.path());
  }
}
