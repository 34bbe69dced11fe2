package io.itinera.jobs.preview;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;

import io.itinera.core.map.Candidates;
import io.itinera.core.source.SourceRules;
import io.itinera.core.table.RejectionReason;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.files.RawFile;
import io.itinera.jobs.format.LackingFiles;
import io.itinera.jobs.read.RawFiles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What a source would bring: its files counted, and the newest of them tried.
 *
 * @param source the source's name
 * @param files how many files there are
 * @param bytes their size together
 * @param tried how many records were tried
 * @param problems what is wrong, a sentence each
 */
public record SourceCheck(String source, int files, long bytes, long tried, List<String> problems) {

  private static final int TRIED_FILES = 2;
  private static final double MEGABYTE = 1e6;
  private static final String RECORDS = "records";
  private static final String EXAMPLE = "example";

  /** Reads the newest files of {@code source}; writes nothing. */
  public static SourceCheck of(SparkSession spark, SourceRules source, ItineraConfig config) {
    List<RawFile> files = RawFiles.list(spark, source);
    long bytes = files.stream().mapToLong(RawFile::sizeBytes).sum();
    if (files.isEmpty()) {
      String nothing = "%s: no file matches %s".formatted(source.name(), source.path());
      return new SourceCheck(source.name(), 0, 0, 0, List.of(nothing));
    }
    long tried = 0;
    List<String> problems = new ArrayList<>();
    LackingFiles lacking = LackingFiles.none(spark);
    for (Row group :
        reasons(source, RawFiles.read(spark, source, newest(files), lacking), config)) {
      tried += group.getLong(1);
      if (!group.isNullAt(0) && !RejectionReason.FILTERED.text().equals(group.getString(0))) {
        problems.add(sentence(source, group));
      }
    }
    lacking.found().forEach(file -> problems.add(file.sentence()));
    return new SourceCheck(source.name(), files.size(), bytes, tried, problems);
  }

  /** The check as one line, without its problems. */
  public String line() {
    return String.format(
        Locale.ROOT,
        "%-24s %,6d files %,10.1f MB, %,d records of the newest tried",
        source,
        files,
        bytes / MEGABYTE,
        tried);
  }

  private static List<RawFile> newest(List<RawFile> files) {
    return files.stream()
        .sorted(Comparator.comparing(RawFile::modifiedAt).thenComparing(RawFile::path).reversed())
        .limit(TRIED_FILES)
        .toList();
  }

  /** One row a reason (null: accepted): reason, records, first example. */
  private static List<Row> reasons(SourceRules source, Dataset<Row> records, ItineraConfig config) {
    return RecordPreview.candidates(records, source, config)
        .groupBy(Candidates.REASON)
        .agg(
            count(lit(1)).as(RECORDS),
            min(struct(col(Candidates.PATH), col(Candidates.POSITION), col(Candidates.DETAIL)))
                .as(EXAMPLE))
        .orderBy(Candidates.REASON)
        .collectAsList();
  }

  private static String sentence(SourceRules source, Row group) {
    Row example = group.getStruct(2);
    return "%s: %,d records %s, such as %s, record %s: %s"
        .formatted(
            source.name(),
            group.getLong(1),
            group.getString(0),
            example.getString(0),
            example.get(1),
            example.getString(2));
  }
}
