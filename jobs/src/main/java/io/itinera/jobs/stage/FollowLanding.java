package io.itinera.jobs.stage;

import io.itinera.core.table.LoadedFiles;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.ingest.Arrivals;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.NightRunner;
import io.itinera.jobs.night.Progress;
import io.itinera.jobs.night.Reload;
import io.itinera.jobs.night.Stage;
import io.itinera.jobs.night.WarehouseBusyException;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * Loads what arrives in the landing folder, batch after batch. A batch is the night's own first
 * stage: what it loads is loaded once, whether by this, by a night, or by one after the other.
 */
public final class FollowLanding {

  private final SparkSession spark;
  private final ItineraConfig config;
  private final NightRunner runner;

  /** Follows the landing folder of {@code config}; {@code progress} is told of each batch. */
  public FollowLanding(SparkSession spark, ItineraConfig config, Progress progress) {
    this.spark = spark;
    this.config = config;
    this.runner = new NightRunner(spark, config, progress);
  }

  /** What became of one look at the landing folder. */
  public enum Outcome {
    LOADED,
    NOTHING_NEW,
    /** Another run holds the warehouse; what has arrived is loaded by it, or afterwards. */
    BUSY
  }

  /** Loads the files that are new, if there are any. */
  public Outcome loadNews(LocalDate asOf) {
    Lake lake = new Lake(spark, config.warehouse());
    if (lake.exists(LoadedFiles.TABLE) && Arrivals.find(lake, config, Reload.NONE).areNone()) {
      return Outcome.NOTHING_NEW;
    }
    Stage ingest = Stages.ALL.get(0);
    try {
      runner.run(ingest.name(), asOf, false, List.of(ingest));
      return Outcome.LOADED;
    } catch (WarehouseBusyException e) {
      return Outcome.BUSY;
    }
  }
}
