package io.itinera.jobs.lake;

import io.itinera.core.raw.ExchangeRates;
import io.itinera.core.raw.RawRules;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.config.RateFile;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads exchange rates. */
public final class ReadRates {

  private static final int MOST_ROWS = 1_000_000;

  private ReadRates() {}

  /** What all sources share, with the exchange rates of today's file. */
  public static RawRules rules(SparkSession spark, ItineraConfig config) {
    return config
        .exchangeRates()
        .map(file -> config.raw().with(read(spark, file)))
        .orElse(config.raw());
  }

  /**
   * Reads a CSV file with the columns {@code date} (2026-01-31), {@code currency} (ISO 4217) and
   * {@code rate}: units of {@code itinera.currency} for one of the other.
   *
   * @return rows of {@link ExchangeRates#daily}
   * @throws IllegalStateException if the file is missing, or a row of it cannot be read
   */
  public static Dataset<Row> read(SparkSession spark, RateFile file) {
    requireThere(spark, file.path());
    Map<String, NavigableMap<LocalDate, BigDecimal>> rates = new HashMap<>();
    int line = 1;
    for (Row row :
        spark
            .read()
            .option("header", true)
            .csv(file.path())
            .select("date", "currency", "rate")
            .limit(MOST_ROWS)
            .collectAsList()) {
      line++;
      try {
        rates
            .computeIfAbsent(
                row.getString(1).strip().toUpperCase(Locale.ROOT), currency -> new TreeMap<>())
            .put(
                LocalDate.parse(row.getString(0).strip()),
                new BigDecimal(row.getString(2).strip()));
      } catch (RuntimeException e) {
        throw new IllegalStateException(
            "%s, row %d: a rate needs a date (2026-01-31), a currency (USD) and a number (0.92)."
                .formatted(file.path(), line),
            e);
      }
    }
    ExchangeRates table = new ExchangeRates(rates, file.maxAgeDays());
    return spark.createDataFrame(table.daily(), ExchangeRates.SCHEMA);
  }

  private static void requireThere(SparkSession spark, String file) {
    Path path = new Path(file);
    try {
      FileSystem fileSystem = path.getFileSystem(spark.sessionState().newHadoopConf());
      if (!fileSystem.exists(path)) {
        throw new IllegalStateException(
            "There is no file %s. Put it there, or correct itinera.exchange-rates.path."
                .formatted(file));
      }
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException("Cannot look for " + file, e);
    }
  }
}
