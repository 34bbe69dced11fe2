package io.itinera.jobs.raw;

import io.itinera.core.raw.FileRules;
import io.itinera.core.raw.SourceRules;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads raw files of any format. */
public final class ReadFiles {

  private ReadFiles() {}

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
