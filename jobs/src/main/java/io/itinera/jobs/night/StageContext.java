package io.itinera.jobs.night;

import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.Lake;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What a job is given.
 *
 * @param lake the tables, pinned for this stage
 * @param config all settings
 * @param night the night at work
 * @param seen what this stage had seen when it last succeeded; empty when everyone is affected: on
 *     the first run, a full refresh, changed settings or an earlier as_of
 * @param last the same, whether or not everyone is affected; empty on the first run only
 * @param meter counts what Spark cannot see
 * @param mode how the session works; is told what the stage reads beside its tables
 * @param progress is told what a person should know
 */
public record StageContext(
    Lake lake,
    ItineraConfig config,
    Night night,
    Optional<SeenInputs> seen,
    Optional<SeenInputs> last,
    StageMeter meter,
    WorkMode mode,
    Progress progress) {

  /** A stage that never succeeded, and nobody watches. */
  public StageContext(Lake lake, ItineraConfig config, Night night) {
    this(
        lake,
        config,
        night,
        Optional.empty(),
        Optional.empty(),
        new StageMeter(),
        new WorkMode(lake.spark()),
        Progress.SILENT);
  }

  /** The last full day that the night covers. */
  public LocalDate asOf() {
    return night.asOf();
  }

  /** First instant after the night's last day. */
  public Instant asOfEnd() {
    return asOf().plusDays(1).atStartOfDay(config.timeZone()).toInstant();
  }
}
