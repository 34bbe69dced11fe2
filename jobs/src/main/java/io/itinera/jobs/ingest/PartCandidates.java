package io.itinera.jobs.ingest;

import io.itinera.core.map.AccountRows;
import io.itinera.core.map.PlainTouchpoints;
import io.itinera.core.settle.RecordCount;
import io.itinera.jobs.lake.FilesOfTask;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Where the candidates of one task go: touchpoints into their table's folder, what is written down
 * of each record too, all else aside.
 */
final class PartCandidates {

  private final PlainTouchpoints plain;
  private final AccountRows accounts;
  private final Files files;
  private final SeenIds ids;
  private final TallyRecords tally = new TallyRecords();

  /**
   * @param ids take those of touchpoints that are written
   */
  PartCandidates(PlainTouchpoints plain, AccountRows accounts, Files files, SeenIds ids) {
    this.plain = plain;
    this.accounts = accounts;
    this.files = files;
    this.ids = ids;
  }

  /**
   * The files of one task.
   *
   * @param touchpoints take rows of {@link PlainTouchpoints}
   * @param others take rows of {@link io.itinera.core.map.Candidates}
   * @param rejected take rows of {@link io.itinera.core.table.RejectedRecords}
   * @param held take rows of {@link io.itinera.core.table.RecordFiles}
   */
  record Files(
      FilesOfTask touchpoints, FilesOfTask others, FilesOfTask rejected, FilesOfTask held) {}

  void add(InternalRow candidate) {
    InternalRow refused = accounts.rejected(candidate);
    if (refused != null) {
      files.rejected().write(refused);
      tally.add(candidate, false);
      return;
    }
    accounts.held(candidate).forEach(files.held()::write);
    InternalRow touchpoint = plain.of(candidate);
    boolean isWritten =
        touchpoint != null && files.touchpoints().write(plain.day(candidate), touchpoint);
    if (isWritten) {
      ids.add(plain.id(touchpoint));
    } else {
      files.others().write(candidate);
    }
    tally.add(candidate, isWritten);
  }

  /** To be called behind the last candidate. */
  List<RecordCount> end() {
    files.touchpoints().end();
    files.others().end();
    files.rejected().end();
    files.held().end();
    return tally.all();
  }
}
