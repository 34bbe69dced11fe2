package io.itinera.jobs.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.input_file_name;
import static org.apache.spark.sql.functions.split;

import io.itinera.core.map.MapRecords;
import io.itinera.core.map.PlainTouchpoints;
import io.itinera.core.settle.PickWinners;
import io.itinera.core.settle.RecordCount;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.SideFiles;
import io.itinera.jobs.lake.Staged;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.util.CollectionAccumulator;

/**
 * What the records of a night's files would become, computed once. Touchpoints are written into
 * their table's folder while records are mapped, so that nearly all need only be committed; all
 * else is put aside.
 */
final class MappedFiles {

  private static final String FILE = "file";
  private static final String CONTESTED = "contested_id";
  private static final String IS_CONTESTED = "is_contested";

  private final Lake lake;
  private final Staged touchpoints;
  private final Dataset<Row> others;
  private final List<RecordCount> counts;

  private MappedFiles(
      Lake lake, Staged touchpoints, Dataset<Row> others, List<RecordCount> counts) {
    this.lake = lake;
    this.touchpoints = touchpoints;
    this.others = others;
    this.counts = counts;
  }

  /**
   * Maps {@code candidates}, each of which is computed now.
   *
   * @param candidates rows of {@link io.itinera.core.map.Candidates}
   * @param runId the run that loads them
   */
  static MappedFiles of(Lake lake, RDD<InternalRow> candidates, String runId) {
    SideFiles aside = lake.aside(MapRecords.schema());
    PlainTouchpoints plain = new PlainTouchpoints(runId);
    SparkSession spark = (SparkSession) lake.spark();
    CollectionAccumulator<RecordCount> counts = spark.sparkContext().collectionAccumulator();
    RDD<InternalRow> parted =
        candidates
            .toJavaRDD()
            .mapPartitions(part -> new Parted(part, plain, aside.ofTask(), counts))
            .rdd();
    Staged staged =
        lake.stage(
            Touchpoints.TABLE,
            spark.internalCreateDataFrame(parted, PlainTouchpoints.schema(), false));
    return new MappedFiles(lake, staged, lake.read(aside), List.copyOf(counts.value()));
  }

  /** The rows of one task: touchpoints come out, all else goes aside. */
  private static final class Parted implements Iterator<InternalRow> {

    private final Iterator<InternalRow> candidates;
    private final PlainTouchpoints plain;
    private final SideFiles.OfTask aside;
    private final TallyRecords tally = new TallyRecords();
    private final CollectionAccumulator<RecordCount> counts;
    private InternalRow ahead;
    private boolean isAtEnd;

    private Parted(
        Iterator<InternalRow> candidates,
        PlainTouchpoints plain,
        SideFiles.OfTask aside,
        CollectionAccumulator<RecordCount> counts) {
      this.candidates = candidates;
      this.plain = plain;
      this.aside = aside;
      this.counts = counts;
    }

    @Override
    public boolean hasNext() {
      while (ahead == null && candidates.hasNext()) {
        InternalRow candidate = candidates.next();
        ahead = plain.of(candidate);
        tally.add(candidate, ahead != null);
        if (ahead == null) {
          aside.write(candidate);
        }
      }
      if (ahead == null && !isAtEnd) {
        isAtEnd = true;
        aside.end();
        tally.all().forEach(counts::add);
      }
      return ahead != null;
    }

    @Override
    public InternalRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      InternalRow row = ahead;
      ahead = null;
      return row;
    }
  }

  /** How many records there are of each kind; what several tasks have counted stands apart. */
  List<RecordCount> counts() {
    return counts;
  }

  /** All of them, as rows of {@link io.itinera.core.map.Candidates}. */
  Dataset<Row> candidates() {
    return candidates(touchpoints);
  }

  private Dataset<Row> candidates(Staged some) {
    return some.areNone() ? others : PlainTouchpoints.candidates(lake.read(some)).union(others);
  }

  /**
   * What is to be done with the touchpoints.
   *
   * @param ready files that need only be committed
   * @param candidates all that is not in these
   * @param days on which touchpoints of which source are in them
   */
  record Settled(Staged ready, Dataset<Row> candidates, List<Days> days) {}

  /** A source, and a day (2026-01-31) on which it has touchpoints. */
  record Days(String source, String day) {}

  /** All touchpoints, of which none is contested. */
  Settled uncontested() {
    List<Days> days =
        counts.stream()
            .filter(RecordCount::isPlain)
            .map(count -> new Days(count.source(), LocalDate.ofEpochDay(count.day()).toString()))
            .distinct()
            .toList();
    return new Settled(touchpoints, others, days);
  }

  /**
   * Finds the files in which nothing is contested.
   *
   * @param contests what came of the records that were delivered more than once, ready to be joined
   */
  Settled settled(Dataset<Row> contests) {
    if (touchpoints.areNone()) {
      return new Settled(touchpoints, others, List.of());
    }
    Dataset<Row> contested =
        contests
            .where(col(PickWinners.KIND).equalTo(PickWinners.OF_TOUCHPOINT))
            .select(col(PickWinners.ID).as(CONTESTED));
    List<Row> found =
        lake.read(touchpoints)
            .select(
                col(Touchpoints.TOUCHPOINT_ID),
                col(Touchpoints.SOURCE),
                col(Touchpoints.EVENT_DATE).cast("string").as(Touchpoints.EVENT_DATE),
                element_at(split(input_file_name(), "/"), -1).as(FILE))
            .join(contested, col(Touchpoints.TOUCHPOINT_ID).equalTo(col(CONTESTED)), "left")
            .select(
                col(FILE),
                col(Touchpoints.SOURCE),
                col(Touchpoints.EVENT_DATE),
                col(CONTESTED).isNotNull().as(IS_CONTESTED))
            .distinct()
            .collectAsList();
    Set<String> mixed = new TreeSet<>();
    found.stream().filter(row -> row.getBoolean(3)).forEach(row -> mixed.add(row.getString(0)));
    Set<Days> days = new LinkedHashSet<>();
    found.stream()
        .filter(row -> !mixed.contains(row.getString(0)))
        .forEach(row -> days.add(new Days(row.getString(1), row.getString(2))));
    return new Settled(
        touchpoints.without(mixed), candidates(touchpoints.among(mixed)), new ArrayList<>(days));
  }

  /** Removes what was not committed of them. */
  void clear(Staged committed) {
    lake.discard(touchpoints.without(committed.names()));
    lake.clearAside();
  }
}
