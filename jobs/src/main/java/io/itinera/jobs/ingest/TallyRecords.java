package io.itinera.jobs.ingest;

import io.itinera.core.map.Candidates;
import io.itinera.core.map.MapRecords;
import io.itinera.core.settle.RecordCount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/** Counts the records of one task as they pass, so that nobody need look at them again for that. */
final class TallyRecords {

  private static final int SOURCE = place(Candidates.SOURCE);
  private static final int PATH = place(Candidates.PATH);
  private static final int CHANNEL = place(Candidates.CHANNEL);
  private static final int EVENT_DATE = place(Candidates.EVENT_DATE);
  private static final int REASON = place(Candidates.REASON);

  private final Map<Kind, long[]> counts = new HashMap<>();
  private final List<RecordCount> done = new ArrayList<>();
  private UTF8String source;
  private UTF8String path;

  /** What is told apart within a file. */
  private record Kind(UTF8String channel, Integer day, UTF8String reason, boolean isPlain) {}

  /**
   * Counts one record.
   *
   * @param candidate of the columns of {@link Candidates}
   * @param isPlain as in {@link RecordCount}
   */
  void add(InternalRow candidate, boolean isPlain) {
    if (!candidate.getUTF8String(PATH).equals(path)
        || !candidate.getUTF8String(SOURCE).equals(source)) {
      endFile();
      source = candidate.getUTF8String(SOURCE).copy();
      path = candidate.getUTF8String(PATH).copy();
    }
    Kind kind =
        new Kind(
            candidate.isNullAt(CHANNEL) ? null : candidate.getUTF8String(CHANNEL),
            candidate.isNullAt(EVENT_DATE) ? null : candidate.getInt(EVENT_DATE),
            candidate.isNullAt(REASON) ? null : candidate.getUTF8String(REASON),
            isPlain);
    counts.computeIfAbsent(kind, first -> new long[1])[0]++;
  }

  /** The counts of all records that were added. */
  List<RecordCount> all() {
    endFile();
    return List.copyOf(done);
  }

  private void endFile() {
    counts.forEach(
        (kind, count) ->
            done.add(
                new RecordCount(
                    source.toString(),
                    path.toString(),
                    text(kind.channel()),
                    kind.day(),
                    text(kind.reason()),
                    kind.isPlain(),
                    count[0])));
    counts.clear();
  }

  private static String text(UTF8String text) {
    return text == null ? null : text.toString();
  }

  private static int place(String column) {
    return MapRecords.schema().fieldIndex(column);
  }
}
