package io.itinera.jobs.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import io.itinera.core.table.RunStatus;
import io.itinera.core.table.Runs;
import io.itinera.core.trail.AroundMatches;
import io.itinera.core.trail.MatchTouchpoints;
import io.itinera.core.trail.TouchPattern;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.Night;
import io.itinera.jobs.night.StageContext;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Asks the touchpoints of customers for a pattern, outside of a night. */
public final class PathQuestion {

  private PathQuestion() {}

  /**
   * The matches of {@code pattern} up to the last night.
   *
   * @return as {@link MatchTouchpoints#matches}
   */
  public static Dataset<Row> matches(
      Lake lake, ItineraConfig config, TouchPattern pattern, AroundMatches around) {
    StageContext context =
        new StageContext(lake, config, new Night("question", asOf(lake, config), false));
    return MatchTouchpoints.matches(
        ReadOwned.ofEveryone(context, MatchTouchpoints.COLUMNS), pattern, around);
  }

  private static LocalDate asOf(Lake lake, ItineraConfig config) {
    Row last =
        lake.read(Runs.TABLE)
            .where(col(Runs.STATUS).equalTo(RunStatus.SUCCEEDED.text()))
            .agg(max(Runs.AS_OF))
            .first();
    return last.isNullAt(0) ? Night.dayToRun(config) : last.getDate(0).toLocalDate();
  }
}
