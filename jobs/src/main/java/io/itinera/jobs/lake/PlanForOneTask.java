package io.itinera.jobs.lake;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.physical.SinglePartition$;
import org.apache.spark.sql.delta.PreprocessTableWithDVsStrategy;
import org.apache.spark.sql.execution.CoalesceExec;
import org.apache.spark.sql.execution.LocalTableScanExec;
import org.apache.spark.sql.execution.LogicalRDD;
import org.apache.spark.sql.execution.RDDScanExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.SparkStrategy;
import org.apache.spark.sql.execution.UnionExec;
import org.apache.spark.sql.internal.SQLConf;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Lets one task read all files of a table, and all rows of a union, and Spark know of held rows
 * that one task has them: what lies together needs no shuffle to be grouped or joined.
 *
 * <p>The optimizer does not see it, so it still moves conditions and joins down to the files.
 */
public final class PlanForOneTask extends SparkStrategy {

  private static final long serialVersionUID = 1;

  /** A setting of the session: whether this is how it plans. */
  public static final String IS_WANTED = "spark.itinera.plan-for-one-task";

  private static final PlanForOneTask STRATEGY = new PlanForOneTask();

  private PlanForOneTask() {}

  /** Lets {@code spark} plan so whenever {@link #IS_WANTED}. */
  public static void teach(SparkSession spark) {
    var methods = ((org.apache.spark.sql.classic.SparkSession) spark).experimental();
    List<SparkStrategy> known =
        new ArrayList<>(CollectionConverters.asJava(methods.extraStrategies()));
    if (!known.contains(STRATEGY)) {
      known.add(STRATEGY);
      methods.extraStrategies_$eq(CollectionConverters.asScala(known).toSeq());
    }
  }

  @Override
  public Seq<SparkPlan> apply(LogicalPlan plan) {
    if (!Boolean.parseBoolean(SQLConf.get().getConfString(IS_WANTED, "false"))) {
      return none();
    }
    if (plan instanceof LogicalRDD held) {
      return held.rdd().getNumPartitions() == 1 ? one(inOneTask(held)) : none();
    }
    if (plan instanceof LocalRelation rows) {
      return one(
          new CoalesceExec(1, new LocalTableScanExec(rows.output(), rows.data(), rows.stream())));
    }
    if (plan instanceof Union union) {
      List<SparkPlan> parts =
          CollectionConverters.asJava(union.children()).stream().map(this::planLater).toList();
      return one(new CoalesceExec(1, new UnionExec(CollectionConverters.asScala(parts).toSeq())));
    }
    // As Delta plans its files, so that rows which deletion vectors name stay away.
    Seq<SparkPlan> scans = new PreprocessTableWithDVsStrategy(SparkSession.active()).apply(plan);
    return scans.isEmpty() ? none() : one(new CoalesceExec(1, scans.head()));
  }

  private static SparkPlan inOneTask(LogicalRDD held) {
    return new RDDScanExec(
        held.output(),
        held.rdd(),
        "held in one task",
        SinglePartition$.MODULE$,
        held.outputOrdering(),
        held.stream());
  }

  private static Seq<SparkPlan> one(SparkPlan plan) {
    return CollectionConverters.asScala(List.of(plan)).toSeq();
  }

  private static Seq<SparkPlan> none() {
    return CollectionConverters.asScala(List.<SparkPlan>of()).toSeq();
  }
}
