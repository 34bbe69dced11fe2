package io.itinera.jobs.read;

import io.itinera.core.rule.ExchangeRates;
import io.itinera.core.source.LoadingRules;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.config.RateFile;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads exchange rates. */
public final class ReadRates {

  private static final int MOST_PROBLEMS = 10;
  private static final int DECIMALS = 8;
  private static final BigDecimal HIGHEST = new BigDecimal("1000000000");

  private ReadRates() {}

  /** What all sources share, with the exchange rates of today's file. */
  public static LoadingRules rules(SparkSession spark, ItineraConfig config) {
    return config
        .exchangeRates()
        .map(file -> config.raw().with(read(spark, file)))
        .orElse(config.raw());
  }

  /**
   * Reads a CSV file with the columns {@code date} (2026-01-31), {@code currency} (ISO 4217) and
   * {@code rate}: units of {@code itinera.currency} for one of the other.
   *
   * @throws IllegalStateException if the file is missing, or rows of it cannot be read or are no
   *     possible rates; names the first few
   */
  public static ExchangeRates read(SparkSession spark, RateFile file) {
    requireThere(spark, file.path());
    Map<String, NavigableMap<LocalDate, BigDecimal>> rates = new HashMap<>();
    List<String> problems = new ArrayList<>();
    Iterator<Row> rows =
        spark
            .read()
            .option("header", true)
            .csv(file.path())
            .select("date", "currency", "rate")
            .toLocalIterator();
    for (long number = 1; rows.hasNext(); number++) {
      String problem = add(rows.next(), rates);
      if (problem != null && problems.size() < MOST_PROBLEMS) {
        problems.add("%s, row %d below the header: %s".formatted(file.path(), number, problem));
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalStateException(String.join(" ", problems));
    }
    return new ExchangeRates(rates, file.maxAgeDays());
  }

  /** Adds one rate; gives what is wrong with it, or null. */
  private static String add(Row row, Map<String, NavigableMap<LocalDate, BigDecimal>> rates) {
    try {
      String currency = row.getString(1).strip().toUpperCase(Locale.ROOT);
      LocalDate day = LocalDate.parse(row.getString(0).strip());
      BigDecimal rate =
          new BigDecimal(row.getString(2).strip()).setScale(DECIMALS, RoundingMode.HALF_EVEN);
      if (rate.signum() <= 0 || rate.compareTo(HIGHEST) > 0) {
        return "a rate must be at least 0.00000001 and at most 1000000000.";
      }
      BigDecimal other =
          rates.computeIfAbsent(currency, none -> new TreeMap<>()).putIfAbsent(day, rate);
      return other == null || other.compareTo(rate) == 0
          ? null
          : "there is another rate of this currency for this day.";
    } catch (RuntimeException e) {
      return "a rate needs a date (2026-01-31), a currency (USD) and a number (0.92).";
    }
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
