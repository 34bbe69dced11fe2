package io.itinera.jobs.ingest;

import io.itinera.core.map.MapRecords;
import io.itinera.core.source.LoadingRules;
import io.itinera.core.source.SourceRules;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.files.RawFile;
import io.itinera.jobs.format.LackingFiles;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.Reload;
import io.itinera.jobs.night.SideBySide;
import io.itinera.jobs.night.StageContext;
import io.itinera.jobs.read.RawFiles;
import io.itinera.jobs.read.RawFiles.Listing;
import io.itinera.jobs.read.ReadRates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;

/**
 * The raw files that are new, changed since they were loaded, or to be read again.
 *
 * @param files by source; sources without any are left out
 * @param rewritten those among them that were loaded before, under their names
 * @param reloaded those of the rewritten that somebody asked to read again
 */
public record Arrivals(
    Map<SourceRules, List<RawFile>> files, Set<Delivered> rewritten, Set<Delivered> reloaded) {

  /** A file as a source has it. */
  record Delivered(String source, String path) {}

  private static final Pattern PACKED = Pattern.compile("\\.(gz|bz2|zst|parquet|avro)$");

  /** Bytes that a byte of a packed file usually becomes. */
  private static final long UNPACKED = 8;

  /** Less is not worth a task, and files, of its own. */
  private static final long BYTES_PER_TASK = 1L << 20;

  /**
   * Compares the landing folder with what was loaded.
   *
   * @param reload files to read though they were loaded
   * @throws IllegalStateException if there is no landing folder
   */
  public static Arrivals find(Lake lake, ItineraConfig config, Reload reload) {
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

  /** Whether no file is to be read. */
  public boolean areNone() {
    return files.isEmpty();
  }

  List<SourceRules> sources() {
    return List.copyOf(files.keySet());
  }

  /** How much there is to read, unpacked as far as the files' names tell. */
  long bytes() {
    return files.values().stream()
        .flatMap(List::stream)
        .mapToLong(
            file ->
                PACKED.matcher(file.name()).find() ? UNPACKED * file.sizeBytes() : file.sizeBytes())
        .sum();
  }

  /** How much there is to read, as it is stored. */
  long storedBytes() {
    return bytes(files);
  }

  /**
   * What the records of all these files would become, computed now and once.
   *
   * @param lacking learns of files that lack columns
   */
  MappedFiles mapped(StageContext context, LackingFiles lacking) {
    SparkSession spark = context.lake().spark();
    List<RDD<InternalRow>> all = candidates(context, files, lacking);
    RDD<InternalRow> union =
        spark
            .sparkContext()
            .union(CollectionConverters.asScala(all).toSeq(), ClassTag.apply(InternalRow.class));
    int tasks = tasks(files);
    RDD<InternalRow> few =
        union.getNumPartitions() > tasks
            ? union.coalesce(tasks, false, Option.empty(), null)
            : union;
    return MappedFiles.of(context.lake(), few, context.night().runId());
  }

  /** What the records of {@code files}, which are not the night's own, would become. */
  static Dataset<Row> candidates(StageContext context, Map<SourceRules, List<RawFile>> files) {
    SparkSession spark = context.lake().spark();
    return candidates(context, files, LackingFiles.none(spark)).stream()
        .map(rows -> MapRecords.frame((org.apache.spark.sql.classic.SparkSession) spark, rows))
        .reduce(Dataset::union)
        .orElseThrow();
  }

  /**
   * Plans each source on its own, because Spark's work on a plan grows faster than the plan, and
   * several at once.
   */
  private static List<RDD<InternalRow>> candidates(
      StageContext context, Map<SourceRules, List<RawFile>> files, LackingFiles lacking) {
    SparkSession spark = context.lake().spark();
    LoadingRules rules = rules(spark, context.config());
    List<Callable<RDD<InternalRow>>> all = new ArrayList<>();
    files.forEach(
        (source, list) ->
            all.add(
                () ->
                    MapRecords.rows(
                            RawFiles.read(spark, source, list, lacking),
                            source,
                            rules,
                            context.asOfEnd())
                        .rdd()));
    return SideBySide.get(all);
  }

  /** Each task writes a file for each day, so there are few of them where little is to be read. */
  private static int tasks(Map<SourceRules, List<RawFile>> files) {
    return (int) (1 + bytes(files) / BYTES_PER_TASK);
  }

  private static long bytes(Map<SourceRules, List<RawFile>> files) {
    return files.values().stream().flatMap(List::stream).mapToLong(RawFile::sizeBytes).sum();
  }

  /** What all sources share, with the exchange rates of today's file. */
  static LoadingRules rules(SparkSession spark, ItineraConfig config) {
    return ReadRates.rules(spark, config);
  }

  private static Delivered delivered(SourceRules source, RawFile file) {
    return new Delivered(source.name(), file.path());
  }
}
