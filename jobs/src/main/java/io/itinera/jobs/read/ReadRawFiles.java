package io.itinera.jobs.read;

import io.itinera.core.source.FileRules;
import io.itinera.core.source.SourceRules;
import io.itinera.jobs.files.RawFile;
import io.itinera.jobs.format.LackingFiles;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads raw files of any format. */
public final class ReadRawFiles {

  private ReadRawFiles() {}

  /** As {@code RawFiles.read}. */
  public static Dataset<Row> read(
      SparkSession spark, SourceRules source, List<RawFile> files, LackingFiles lacking) {
    Dataset<Row> records =
        source.files().format() == FileRules.Format.PARQUET
            ? ReadParquet.read(spark, source, files, lacking)
            : ReadRecords.withWanted(ReadRecords.read(spark, source, files, lacking), source);
    return source
        .files()
        .explode()
        .map(array -> ExplodeRecords.explode(records, array))
        .orElse(records);
  }
}
