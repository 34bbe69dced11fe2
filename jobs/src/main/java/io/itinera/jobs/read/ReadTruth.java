package io.itinera.jobs.read;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads files that say who is who. */
public final class ReadTruth {

  private ReadTruth() {}

  /**
   * A Parquet file, or else a CSV file with a header, whose values are all texts without blanks.
   */
  public static Dataset<Row> read(SparkSession spark, String file) {
    if (file.endsWith(".parquet")) {
      return spark.read().parquet(file);
    }
    return spark
        .read()
        .option("header", true)
        .option("ignoreLeadingWhiteSpace", true)
        .option("ignoreTrailingWhiteSpace", true)
        .csv(file);
  }
}
