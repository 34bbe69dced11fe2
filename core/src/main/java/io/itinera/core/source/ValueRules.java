package io.itinera.core.source;

import java.time.ZoneId;
import java.util.List;
import java.util.Objects;

/**
 * How a source's texts are read as values.
 *
 * @param timeZone zone of times that name none
 * @param region ISO 3166 country in which telephone numbers without a country code are read
 * @param timeFormats Spark's patterns, such as {@code dd.MM.yyyy HH:mm}, tried in order where a
 *     time is not written as ISO 8601 has it
 * @param decimalComma whether a comma alone, as in {@code 1,234}, parts the decimals; where both
 *     comma and point stand in a number, the last of them does
 */
public record ValueRules(
    ZoneId timeZone, String region, List<String> timeFormats, boolean decimalComma) {

  public ValueRules {
    Objects.requireNonNull(timeZone, "timeZone");
    Objects.requireNonNull(region, "region");
    timeFormats = List.copyOf(timeFormats);
  }
}
