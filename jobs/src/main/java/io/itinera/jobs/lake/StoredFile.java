package io.itinera.jobs.lake;

import io.delta.kernel.data.Row;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.types.StructType;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * A file of a table, as the table's log has it.
 *
 * @param status where it lies, how long it is and when it was written
 * @param partition values of the partition columns by name, as texts; null for a missing value
 * @param entry what the log says of it
 */
record StoredFile(FileStatus status, Map<String, String> partition, AddFile entry) {

  /** Spark parts files by its own settings; this is only what a file system would say. */
  private static final long BLOCK = 128L << 20;

  /** As a scan of a table hands it out. */
  static StoredFile of(Row scanned) {
    var file = InternalScanFileUtils.getAddFileStatus(scanned);
    return new StoredFile(
        new FileStatus(
            file.getSize(), false, 1, BLOCK, file.getModificationTime(), new Path(file.getPath())),
        InternalScanFileUtils.getPartitionValues(scanned),
        new AddFile(scanned.getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL)));
  }

  /** The entry of a log that takes the file out of the table. */
  Row removal(long now) {
    return SingleAction.createRemoveFileSingleAction(entry.toRemoveFileRow(true, Optional.of(now)));
  }

  /** The entry of a log that puts the file back into a table of the columns {@code schema}. */
  Row addition(StructType schema) {
    return SingleAction.createAddFileSingleAction(
        AddFile.createAddFileRow(
            schema,
            entry.getPath(),
            entry.getPartitionValues(),
            entry.getSize(),
            entry.getModificationTime(),
            true,
            entry.getDeletionVector(),
            entry.getTags(),
            entry.getBaseRowId(),
            entry.getDefaultRowCommitVersion(),
            entry.getStats(schema)));
  }

  Path folder() {
    return status.getPath().getParent();
  }
}
