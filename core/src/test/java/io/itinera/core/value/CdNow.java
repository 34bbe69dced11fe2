package io.itinera.core.value;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The public sample of CDNOW's customers (Fader and Hardie, 2001), up to the end of September 1997.
 */
record CdNow(PurchaseCounts purchases, SpendCounts spend) {

  private static final Path FILE =
      Path.of(System.getProperty("shared.data", "../../shared/data"), "cdnow/CDNOW_sample.txt");
  private static final LocalDate END = LocalDate.of(1997, 9, 30);
  private static final double WEEK = 7;

  /** Skips the test where the file is not there. */
  static CdNow read() throws IOException {
    assumeTrue(Files.exists(FILE), "no " + FILE + "; see README.md about -Dshared.data");
    Map<String, TreeMap<LocalDate, Double>> customers = new TreeMap<>();
    for (String line : Files.readAllLines(FILE)) {
      String[] cells = line.strip().split("\\s+", -1);
      LocalDate day = LocalDate.parse(cells[2], DateTimeFormatter.BASIC_ISO_DATE);
      if (!day.isAfter(END)) {
        customers
            .computeIfAbsent(cells[0], id -> new TreeMap<>())
            .merge(day, Double.parseDouble(cells[4]), Double::sum);
      }
    }
    return of(List.copyOf(customers.values()));
  }

  private static CdNow of(List<TreeMap<LocalDate, Double>> customers) {
    PurchaseCounts purchases = new PurchaseCounts();
    SpendCounts spend = new SpendCounts();
    for (TreeMap<LocalDate, Double> days : customers) {
      LocalDate first = days.firstKey();
      int repeats = days.size() - 1;
      double last = ChronoUnit.DAYS.between(first, days.lastKey()) / WEEK;
      purchases.add(repeats, last, ChronoUnit.DAYS.between(first, END) / WEEK, 1);
      double spent = days.tailMap(first, false).values().stream().mapToDouble(v -> v).sum();
      if (spent > 0) {
        spend.add(repeats, spent / repeats, 1);
      }
    }
    return new CdNow(purchases, spend);
  }
}
