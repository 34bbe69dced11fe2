package io.itinera.jobs.preview;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.split;

import io.itinera.core.map.Candidates;
import io.itinera.core.map.MapRecords;
import io.itinera.core.source.RawRecords;
import io.itinera.core.source.SourceRules;
import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.files.RawFile;
import io.itinera.jobs.format.LackingFiles;
import io.itinera.jobs.night.Night;
import io.itinera.jobs.read.RawFiles;
import io.itinera.jobs.read.ReadRates;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/** What the records of a source's files would become, as text for a person. */
public final class RecordPreview {

  /** Columns that a person needs not see: hashes, and what follows from others. */
  private static final Set<String> HIDDEN =
      Set.of(
          Touchpoints.TOUCHPOINT_ID,
          Touchpoints.SOURCE,
          Touchpoints.EVENT_DATE,
          Touchpoints.SET_ID,
          Touchpoints.SET_CHECK,
          Touchpoints.RECORDED_VALUE,
          Touchpoints.RECORD_HASH);

  private static final int LONGEST_TEXT = 400;

  private RecordPreview() {}

  /**
   * Reads the files of {@code source} and tells what their records would become.
   *
   * @param shown how many records of each kind are shown; all are counted
   * @return lines; empty if there are no files
   */
  public static List<String> of(
      SparkSession spark, SourceRules source, ItineraConfig config, int shown) {
    return read(spark, source, config).map(read -> lines(read, shown)).orElse(List.of());
  }

  /**
   * The same of what a night from nothing would keep of the records, and behind it what it would
   * not: deliveries of the same, what others withdraw, the value of orders that are there again.
   */
  public static List<String> asKept(
      SparkSession spark, SourceRules source, ItineraConfig config, int shown) {
    return read(spark, source, config)
        .map(
            read -> {
              KeptRecords kept = KeptRecords.of(read.candidates(), source, config);
              List<String> lines = new ArrayList<>(RecordCounts.of(read.candidates()).lines());
              kept.counts().forEach((title, counts) -> RecordCounts.addTo(lines, title, counts));
              Records found = new Records(kept.candidates(), read.lacking());
              lines.addAll(shown(found, RecordCounts.of(found.candidates()), shown));
              List<String> others = kept.sentences(shown);
              if (!others.isEmpty()) {
                lines.add("");
                lines.addAll(others);
              }
              return lines;
            })
        .orElse(List.of());
  }

  /**
   * The records of all files of a source.
   *
   * @param candidates rows of {@link Candidates}
   * @param lacking files that lack columns
   */
  private record Records(Dataset<Row> candidates, LackingFiles lacking) {}

  private static Optional<Records> read(
      SparkSession spark, SourceRules source, ItineraConfig config) {
    List<RawFile> files = RawFiles.list(spark, source);
    if (files.isEmpty()) {
      return Optional.empty();
    }
    LackingFiles lacking = LackingFiles.none(spark);
    Dataset<Row> records = RawFiles.read(spark, source, files, lacking);
    return Optional.of(
        new Records(candidates(records, source, config).transform(HoldRows::of), lacking));
  }

  /** What {@code records} would become in the night that the configuration names. */
  static Dataset<Row> candidates(Dataset<Row> records, SourceRules source, ItineraConfig config) {
    Instant asOfEnd =
        Night.dayToRun(config).plusDays(1).atStartOfDay(config.timeZone()).toInstant();
    return MapRecords.candidates(
        records, source, ReadRates.rules(records.sparkSession(), config), asOfEnd);
  }

  private static List<String> lines(Records read, int shown) {
    RecordCounts counts = RecordCounts.of(read.candidates());
    List<String> lines = new ArrayList<>(counts.lines());
    lines.addAll(shown(read, counts, shown));
    return lines;
  }

  private static List<String> shown(Records read, RecordCounts counts, int shown) {
    List<String> lines = new ArrayList<>();
    read.lacking().found().forEach(file -> lines.add("  warning: " + file.sentence()));
    if (shown > 0) {
      counts.kinds().entrySet().stream()
          .filter(kind -> kind.getValue() > 0)
          .forEach(kind -> lines.addAll(rows(read.candidates(), kind.getKey(), shown)));
      if (counts.rejected() > 0) {
        lines.addAll(rejected(read.candidates(), shown));
      }
    }
    return lines;
  }

  private static Dataset<Row> ordered(Dataset<Row> candidates) {
    return candidates
        .withColumn("file", element_at(split(col(Candidates.PATH), "/"), -1))
        .orderBy("file", Candidates.POSITION);
  }

  private static List<String> rows(Dataset<Row> candidates, String kind, int shown) {
    List<Row> rows =
        ordered(candidates.where(col(kind).isNotNull()))
            .select(col("file"), col(Candidates.POSITION), col(kind))
            .limit(shown)
            .collectAsList();
    List<String> lines = new ArrayList<>();
    for (Row row : rows) {
      lines.add("");
      lines.add("%s of record %s of %s".formatted(kind, place(row.getLong(1)), row.getString(0)));
      Row fields = row.getStruct(2);
      for (String name : fields.schema().fieldNames()) {
        if (!HIDDEN.contains(name)) {
          addField(lines, name, fields.getAs(name));
        }
      }
    }
    return lines;
  }

  // An element of a record has its place behind that of the record.
  static String place(long position) {
    return position >> RawRecords.POSITION_BITS == 0
        ? Long.toString(position)
        : "%d, element %d"
            .formatted(
                position >> RawRecords.POSITION_BITS,
                1 + (position & ((1L << RawRecords.POSITION_BITS) - 1)));
  }

  private static void addField(List<String> lines, String name, Object value) {
    if (value == null || Boolean.FALSE.equals(value)) {
      return;
    }
    if (value instanceof scala.collection.Map<?, ?> map) {
      Map<String, Object> sorted = new TreeMap<>();
      CollectionConverters.asJava(map).forEach((key, item) -> sorted.put(key.toString(), item));
      sorted.forEach((key, item) -> lines.add(line(name + "." + key, item)));
    } else if (value instanceof scala.collection.Seq<?> list) {
      for (Object item : CollectionConverters.asJava(list)) {
        lines.add(
            item instanceof Row identifier
                ? line(
                    name + "." + identifier.getAs(ColumnTypes.TYPE),
                    identifier.getAs(ColumnTypes.VALUE))
                : line(name, item));
      }
    } else {
      lines.add(line(name, value));
    }
  }

  private static String line(String name, Object value) {
    return "  %s: %s".formatted(name, text(value));
  }

  private static String text(Object value) {
    if (value instanceof Timestamp time) {
      return time.toInstant().toString();
    }
    if (value instanceof BigDecimal number) {
      return number.stripTrailingZeros().toPlainString();
    }
    String text = String.valueOf(value).replace("\r", "\\r").replace("\n", "\\n");
    return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + " …" : text;
  }

  private static List<String> rejected(Dataset<Row> candidates, int shown) {
    List<Row> rows =
        ordered(candidates.where(col(Candidates.REASON).isNotNull()))
            .select("file", Candidates.POSITION, Candidates.REASON, Candidates.DETAIL)
            .limit(shown)
            .collectAsList();
    List<String> lines = new ArrayList<>();
    for (Row row : rows) {
      lines.add("");
      lines.add("rejected: record %s of %s".formatted(place(row.getLong(1)), row.getString(0)));
      lines.add("  %s: %s".formatted(row.getString(2), row.getString(3)));
    }
    return lines;
  }
}
