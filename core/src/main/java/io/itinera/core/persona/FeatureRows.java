package io.itinera.core.persona;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.itinera.core.table.Customers;
import io.itinera.core.table.JourneyOutcome;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.Sessions;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows that features of a night are computed over.
 *
 * @param customers rows of {@link Customers}: who takes part
 * @param tables rows of each table that a feature names, as that night knew them
 */
public record FeatureRows(Dataset<Row> customers, Map<FeatureTable, Dataset<Row>> tables) {

  /**
   * Sessions that the night knew whole: that of its last day may have gone on the day after.
   *
   * @param sessions rows of {@link Sessions}
   * @param dayStart first instant of the night's last day
   */
  public static Dataset<Row> overBefore(Instant dayStart, Dataset<Row> sessions) {
    return sessions.where(col(Sessions.ENDED_AT).lt(lit(Timestamp.from(dayStart))));
  }

  /**
   * Journeys whose outcome the night knew: converted up to its end, or silent for longer than the
   * gap by then.
   *
   * @param journeys rows of {@link Journeys}
   * @param asOfEnd first instant after the night's last day
   * @param gap longest silence inside a journey
   */
  public static Dataset<Row> overBy(Instant asOfEnd, Duration gap, Dataset<Row> journeys) {
    String converted = JourneyOutcome.CONVERTED.text();
    return journeys.where(
        col(Journeys.OUTCOME)
            .equalTo(converted)
            .and(col(Journeys.ENDED_AT).lt(lit(Timestamp.from(asOfEnd))))
            .or(
                col(Journeys.OUTCOME)
                    .notEqual(converted)
                    .and(col(Journeys.ENDED_AT).lt(lit(Timestamp.from(asOfEnd.minus(gap)))))));
  }
}
