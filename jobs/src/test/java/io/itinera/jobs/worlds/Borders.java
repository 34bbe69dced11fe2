package io.itinera.jobs.worlds;

import java.util.List;

/** Texts that are at the border of what a column may hold, beyond it, or nothing of the kind. */
final class Borders {

  static final List<String> SECONDS =
      List.of(
          "0",
          "-1",
          "315360000",
          "315360001",
          "9223372036854775807",
          "99999999999999999999",
          "1.5",
          "NaN");

  static final List<String> RATINGS =
      List.of("1000", "1000.0001", "-1000", "NaN", "Infinity", "4111111111111111", "-0.0");

  static final List<String> AMOUNTS =
      List.of(
          "10000000000",
          "10000000000.0001",
          "-10000000000",
          "99999999999999",
          "0",
          "0.00005",
          "-0.0001",
          "NaN",
          "1e10");

  static final List<String> TIMES =
      List.of(
          "1970-01-01 00:00:00",
          "1969-12-31 23:59:59",
          "0027-01-01 00:00:00",
          "9999-12-31 23:59:59",
          "2025-02-29 12:00:00",
          "");

  private Borders() {}
}
