package io.itinera.jobs.lake;

import io.delta.kernel.data.Row;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.statistics.DataFileStatistics;
import io.delta.kernel.types.StructType;
import java.io.Serializable;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * A file that was written into a table's folder, with at least one row. It is no part of the table
 * until its log says so.
 *
 * @param path below the folder, as the log writes it
 * @param partition values of the partition columns by name
 * @param modifiedAt in milliseconds since 1970
 */
public record NewFile(
    String path, Map<String, String> partition, long bytes, long modifiedAt, long rows)
    implements Serializable {

  private static final long BLOCK = 128L << 20;

  /** Where it lies below the folder. */
  Path hadoopPath() {
    return new Path(URI.create(path));
  }

  /** Its name, without its folders. */
  String name() {
    return hadoopPath().getName();
  }

  /** As a file that Spark can read, in {@code folder}. */
  StoredFile stored(String folder) {
    return new StoredFile(
        new FileStatus(bytes, false, 1, BLOCK, modifiedAt, new Path(folder, hadoopPath())),
        partition,
        null);
  }

  /** The entry of a log that puts it into the table. */
  Row addition(StructType schema) {
    return SingleAction.createAddFileSingleAction(
        AddFile.createAddFileRow(
            schema,
            path,
            VectorUtils.stringStringMapValue(partition),
            bytes,
            modifiedAt,
            true,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(
                new DataFileStatistics(rows, Map.of(), Map.of(), Map.of(), Optional.empty()))));
  }
}
