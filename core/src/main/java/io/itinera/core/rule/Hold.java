package io.itinera.core.rule;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Computes rows that are needed more than once, and keeps them.
 *
 * <p>Not {@code persist()}: what is built on a persisted plan carries that plan along, so a night's
 * plans would grow without bound, and with them the time to analyse, compile and print them. A
 * checkpoint's plan is a leaf. Where the application has set a checkpoint folder (on a cluster,
 * whose workers may die) the rows are kept there, else with the executors.
 */
public final class Hold {

  private Hold() {}

  /** The same rows, computed now and once. */
  public static Dataset<Row> of(Dataset<Row> rows) {
    boolean hasFolder = rows.sparkSession().sparkContext().getCheckpointDir().isDefined();
    return hasFolder ? rows.checkpoint(true) : rows.localCheckpoint(true);
  }
}
