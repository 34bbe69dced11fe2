package io.itinera.core.spark;

import static org.apache.spark.sql.functions.broadcast;

import java.util.List;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.LogicalRDD;
import org.apache.spark.sql.execution.SQLExecution;

/**
 * Computes rows that are needed more than once, and keeps them.
 *
 * <p>Not {@code persist()}: what is built on a persisted plan carries that plan along, so a night's
 * plans would grow without bound, and with them the time to analyse, compile and print them. A
 * checkpoint's plan is a leaf. Where the application has set a checkpoint folder (on a cluster,
 * whose workers may die) the rows are kept there, else with the executors.
 */
public final class HoldRows {

  private static final int NO_COLUMN = -1;
  private static final String LARGEST_SENT = "spark.sql.autoBroadcastJoinThreshold";

  private HoldRows() {}

  /** The same rows, computed now and once. */
  public static Dataset<Row> of(Dataset<Row> rows) {
    boolean hasFolder = rows.sparkSession().sparkContext().getCheckpointDir().isDefined();
    return hasFolder ? rows.checkpoint(true) : rows.localCheckpoint(true);
  }

  /**
   * As {@link #of}, for rows that larger tables are joined with. Spark does not know that few rows
   * are held, and would shuffle the tables for them: if they are few, it is told to broadcast them.
   */
  public static Dataset<Row> toJoin(Dataset<Row> rows) {
    return counted(rows).toJoin();
  }

  /**
   * As {@link #toJoin}, for rows that come of held ones at little cost: where Spark sends no rows
   * around, they stay as they are.
   */
  public static Dataset<Row> toSend(Dataset<Row> rows) {
    return sends(rows) ? toJoin(rows) : rows;
  }

  /** The same rows, computed now and once, and how many they are. */
  public static HeldRows counted(Dataset<Row> rows) {
    return held(rows, NO_COLUMN);
  }

  /**
   * The same rows, computed now and once, how many they are, and on which days.
   *
   * @param column of dates
   */
  public static HeldRows dated(Dataset<Row> rows, String column) {
    return held(rows, rows.schema().fieldIndex(column));
  }

  /** {@code rows} for Spark to send to whoever joins with them, unless it is set to send none. */
  static Dataset<Row> saidToBeFew(Dataset<Row> rows) {
    return sends(rows) ? broadcast(rows) : rows;
  }

  private static boolean sends(Dataset<Row> rows) {
    return !rows.sparkSession().conf().get(LARGEST_SENT).equals("-1");
  }

  /** One job computes the rows and looks at them as they pass. */
  private static HeldRows held(Dataset<Row> rows, int dates) {
    SparkSession spark = (SparkSession) rows.sparkSession();
    boolean hasFolder = spark.sparkContext().getCheckpointDir().isDefined();
    Dataset<Row> held = hasFolder ? rows.checkpoint(true) : rows.localCheckpoint(false);
    RDD<InternalRow> computed = rows(held);
    List<long[]> tallies =
        SQLExecution.withSQLConfPropagated(
            spark,
            () -> computed.toJavaRDD().mapPartitions(each -> Tally.of(each, dates)).collect());
    return HeldRows.of(held, tallies);
  }

  private static RDD<InternalRow> rows(Dataset<Row> held) {
    return held.queryExecution().analyzed() instanceof LogicalRDD leaf
        ? leaf.rdd()
        : held.queryExecution().toRdd();
  }
}
