package io.itinera.core.spark;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.spark.Dependency;
import org.apache.spark.NarrowDependency;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkContext$;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskContext$;
import org.apache.spark.TaskContextImpl;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.memory.MemoryManager;
import org.apache.spark.memory.MemoryMode;
import org.apache.spark.memory.TaskMemoryManager;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.QueryPlanningTracker;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SQLExecution$;
import org.apache.spark.sql.execution.SortExec;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.util.CallSite;
import scala.Function2;
import scala.Option;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.runtime.BoxedUnit;

/**
 * A Spark context that does a job of one task itself, on the thread that asks for it, where the
 * session says so by {@link #IS_WANTED} and all is done in one process: on a cluster work is the
 * executors'.
 *
 * <p>For a handful of rows Spark spends its time on sending them: it writes the plan into bytes to
 * see whether it can, writes it again for the task, reads it back, and tells a dozen listeners. A
 * job that has one task, and shuffles nothing, needs none of that.
 *
 * <p>Spark's tasks each have a copy of the plan, whose expressions may remember something from row
 * to row. Here there are no copies, so such jobs are done one after the other.
 */
public final class JobsOnDriver extends SparkContext {

  /** A setting of the session: whether jobs of one task are done here. */
  public static final String IS_WANTED = "spark.itinera.jobs-on-driver";

  /** A property of jobs, which threads inherit: whose they are, as their end is told. */
  public static final String LANE = "itinera.lane";

  /** Beyond the ids of Spark's own stages. */
  private static final int FIRST_STAGE = 1 << 30;

  /** Beyond the ids of Spark's own tasks, by which it keeps locks and memory. */
  private static final long FIRST_TASK = 1L << 40;

  private static final CallSite NOWHERE = CallSite.empty();

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final AtomicInteger stages = new AtomicInteger(FIRST_STAGE);
  private final AtomicLong tasks = new AtomicLong(FIRST_TASK);
  private final boolean isWatched;
  private final ReentrantLock oneByOne = new ReentrantLock();

  private JobsOnDriver(SparkConf settings) {
    super(settings);
    this.isWatched =
        settings.getBoolean("spark.ui.enabled", true)
            || settings.getBoolean("spark.eventLog.enabled", false);
  }

  /** The context of this JVM; where it has none yet, such a one, with these settings. */
  public static SparkContext of(SparkConf settings) {
    Option<SparkContext> there = SparkContext$.MODULE$.getActive();
    if (there.isDefined()) {
      return there.get();
    }
    return settings.get("spark.master", "").startsWith("local")
        ? HadoopDefaults.without(HadoopDefaults.OF_CLUSTERS, () -> new JobsOnDriver(settings))
        : new JobsOnDriver(settings);
  }

  @Override
  public <T, U> void runJob(
      RDD<T> rows,
      Function2<TaskContext, Iterator<T>, U> work,
      Seq<Object> partitions,
      Function2<Object, U, BoxedUnit> result,
      ClassTag<U> type) {
    if (!isWanted() || rows.getNumPartitions() != 1 || partitions.size() != 1 || isShuffled(rows)) {
      super.runJob(rows, work, partitions, result, type);
      return;
    }
    int partition = (Integer) partitions.head();
    oneByOne.lock();
    try {
      result.apply(partition, done(rows, work, partition));
      rows.doCheckpoint();
    } finally {
      forgetSorters();
      oneByOne.unlock();
    }
  }

  /**
   * What is not sent need not be tried for whether it can be. Of a lambda nothing is ever cleaned
   * outside of Scala's shell; Spark would read its class only to see that it does not return.
   */
  @Override
  public <F> F clean(F function, boolean isTried) {
    return isWanted() && function.getClass().isHidden()
        ? function
        : super.clean(function, isTried && !isWanted());
  }

  /** Where in the code a job was asked for, as long as somebody may look at that. */
  @Override
  public CallSite getCallSite() {
    return isWanted() && !isWatched ? NOWHERE : super.getCallSite();
  }

  private boolean isWanted() {
    return isLocal() && Boolean.parseBoolean(getLocalProperty(IS_WANTED));
  }

  /** Whether another job would have to come first. */
  private static boolean isShuffled(RDD<?> rows) {
    Set<RDD<?>> seen = new HashSet<>();
    Deque<RDD<?>> open = new ArrayDeque<>();
    open.add(rows);
    while (!open.isEmpty()) {
      RDD<?> each = open.pop();
      if (seen.add(each)) {
        for (Dependency<?> dependency : CollectionConverters.asJava(each.dependencies())) {
          if (!(dependency instanceof NarrowDependency)) {
            return true;
          }
          open.push(dependency.rdd());
        }
      }
    }
    return false;
  }

  private <T, U> U done(RDD<T> rows, Function2<TaskContext, Iterator<T>, U> work, int partition) {
    int stage = stages.getAndIncrement();
    long task = tasks.getAndIncrement();
    SparkEnv env = SparkEnv.get();
    Properties properties = (Properties) getLocalProperties().clone();
    TaskMetrics metrics = new TaskMetrics();
    TaskMemoryManager memory = new TaskMemoryManager(env.memoryManager(), task);
    TaskContext context =
        new TaskContextImpl(
            stage,
            0,
            partition,
            task,
            0,
            rows.getNumPartitions(),
            memory,
            properties,
            env.metricsSystem(),
            metrics,
            1,
            scala.collection.immutable.Map$.MODULE$.empty());
    TaskContext outer = TaskContext.get();
    long cpu = THREADS.getCurrentThreadCpuTime();
    env.blockManager().registerTask(task);
    // Who commits files asks whether another attempt has done so.
    env.outputCommitCoordinator().stageStart(stage, partition);
    TaskContext$.MODULE$.setTaskContext(context);
    InputFileBlockHolder.initialize();
    try {
      return completed(
          context, () -> work.apply(context, rows.iterator(rows.partitions()[partition], context)));
    } finally {
      env.outputCommitCoordinator().stageEnd(stage);
      InputFileBlockHolder.unset();
      release(env, memory, task);
      TaskContext$.MODULE$.setTaskContext(outer);
      listenerBus().post(ended(metrics, THREADS.getCurrentThreadCpuTime() - cpu));
    }
  }

  /**
   * A sort keeps its sorter in a field that is written into bytes with the plan, and no sorter can
   * be. Where a task's copy of the plan sorts, that is harmless; what has sorted here may be part
   * of a larger plan that is yet to be sent: the small side of a join, or rows asked for once more.
   */
  private void forgetSorters() {
    String id = getLocalProperty(SQLExecution$.MODULE$.EXECUTION_ID_KEY());
    QueryExecution query =
        id == null ? null : SQLExecution$.MODULE$.getQueryExecution(Long.parseLong(id));
    // Planning itself lists files, by jobs that have no plan yet.
    if (query != null && query.tracker().phases().contains(QueryPlanningTracker.PLANNING())) {
      query
          .executedPlan()
          .foreachWithSubqueries(
              step -> {
                if (step instanceof SortExec sort) {
                  sort.rowSorter_$eq(null);
                }
                return BoxedUnit.UNIT;
              });
    }
  }

  private JobOnDriverEnd ended(TaskMetrics metrics, long cpuNanos) {
    return new JobOnDriverEnd(
        String.valueOf(getLocalProperty(LANE)),
        metrics.inputMetrics().recordsRead(),
        metrics.inputMetrics().bytesRead(),
        metrics.outputMetrics().recordsWritten(),
        cpuNanos);
  }

  /** Tells those who wait for the task's end, such as open files. */
  private static <U> U completed(TaskContext context, scala.Function0<U> work) {
    U value;
    try {
      value = work.apply();
    } catch (Throwable e) {
      context.markTaskFailed(e);
      context.markTaskCompleted(Option.apply(e));
      throw e;
    }
    context.markTaskCompleted(Option.empty());
    return value;
  }

  private static void release(SparkEnv env, TaskMemoryManager memory, long task) {
    BlockManager blocks = env.blockManager();
    blocks.memoryStore().releaseUnrollMemoryForThisTask(MemoryMode.ON_HEAP, Long.MAX_VALUE);
    blocks.memoryStore().releaseUnrollMemoryForThisTask(MemoryMode.OFF_HEAP, Long.MAX_VALUE);
    memory.cleanUpAllAllocatedMemory();
    blocks.releaseAllLocksForTask(task);
    MemoryManager manager = env.memoryManager();
    synchronized (manager) {
      manager.notifyAll();
    }
  }
}
