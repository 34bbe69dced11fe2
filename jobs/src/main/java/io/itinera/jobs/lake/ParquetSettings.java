package io.itinera.jobs.lake;

import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.Evidence;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.RecordFiles;
import io.itinera.core.table.Sessions;
import io.itinera.core.table.Touchpoints;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/** How files are written. */
final class ParquetSettings {

  /**
   * Columns, of whatever table, in which hardly a value comes twice: to look each one up in a
   * dictionary of all those before it takes longer than to write it.
   */
  private static final List<String> UNREPEATED =
      List.of(
          Touchpoints.TOUCHPOINT_ID,
          Touchpoints.RECORD_ID,
          Touchpoints.ORDER_ID,
          Touchpoints.SET_ID,
          Touchpoints.SET_CHECK,
          Touchpoints.OCCURRED_AT,
          Touchpoints.SEQUENCE,
          Touchpoints.RECORD_HASH,
          Sessions.SESSION_ID,
          Sessions.STARTED_AT,
          Sessions.ENDED_AT,
          Sessions.FIRST_TOUCHPOINT_ID,
          Sessions.LAST_TOUCHPOINT_ID,
          Sessions.CUSTOMER_ID,
          Journeys.JOURNEY_ID,
          Journeys.CONVERSION_TOUCHPOINT_ID,
          CustomerDays.FIRST_AT,
          CustomerDays.LAST_AT,
          RecordFiles.RECORD, // and the text of rejected ones
          RecordFiles.POSITION,
          Evidence.DIGEST);

  private static final String DICTIONARY = "parquet.enable.dictionary#";

  private ParquetSettings() {}

  /** For files that are written in {@code spark}. */
  static Configuration of(SparkSession spark) {
    Configuration settings = spark.sessionState().newHadoopConf();
    UNREPEATED.forEach(column -> settings.setBoolean(DICTIONARY + column, false));
    return settings;
  }
}
