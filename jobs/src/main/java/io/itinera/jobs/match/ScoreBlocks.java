package io.itinera.jobs.match;

import io.itinera.core.match.BlockIndex.Stretch;
import io.itinera.core.match.GroupRecords.Edge;
import io.itinera.core.match.MatchModel;
import io.itinera.core.match.ScorePairs;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/** Weighs the pairs that blocks bring together, as many at a time as there are cores. */
final class ScoreBlocks {

  private static final int STRETCHES_PER_CORE = 8;
  private static final int SHORTEST = 2_000;

  private ScoreBlocks() {}

  /**
   * What is weighed.
   *
   * @param input the profiles
   * @param model the model
   * @param least pairs below this weight are left out
   * @param news the profiles one of which a pair must have; null: any
   */
  record Task(MatchInput input, MatchModel model, double least, BitSet news)
      implements Serializable {}

  /** Pairs that weigh enough, the smaller number first, and how many were weighed. */
  record Scored(List<Edge> edges, long pairs) {}

  static Scored score(SparkSession spark, Task task) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    int cores = context.defaultParallelism();
    int records = task.input().unpacked().records().size();
    int rules = task.input().rules().blocks().size();
    long length = (long) records * rules / ((long) cores * STRETCHES_PER_CORE);
    List<Stretch> stretches =
        task.input().unpacked().blocks().stretches((int) Math.max(SHORTEST, length));
    if (stretches.isEmpty()) {
      return new Scored(List.of(), 0);
    }
    Broadcast<Task> sent = context.broadcast(task);
    try {
      List<Found> found =
          context
              .parallelize(stretches, stretches.size())
              .map(stretch -> found(sent.value(), stretch))
              .collect();
      List<Edge> edges = new ArrayList<>();
      found.forEach(part -> part.addTo(edges));
      return new Scored(edges, found.stream().mapToLong(part -> part.pairs).sum());
    } finally {
      sent.destroy();
    }
  }

  private static Found found(Task task, Stretch stretch) {
    ScorePairs score = new ScorePairs(task.input().unpacked().records(), task.model());
    Found found = new Found();
    BitSet news = task.news();
    task.input()
        .unpacked()
        .blocks()
        .forEach(
            stretch,
            record -> news == null || news.get(record),
            (one, other, by) -> {
              found.pairs++;
              double weight = score.weight(one, other);
              if (weight >= task.least()) {
                found.add(one, other, weight);
              }
            });
    return found;
  }

  /** What one stretch brought. */
  private static final class Found implements Serializable {

    private static final long serialVersionUID = 1;

    private final List<double[]> edges = new ArrayList<>();
    private long pairs;

    private void add(int one, int other, double weight) {
      edges.add(new double[] {Math.min(one, other), Math.max(one, other), weight});
    }

    private void addTo(List<Edge> all) {
      Iterator<double[]> each = edges.iterator();
      while (each.hasNext()) {
        double[] edge = each.next();
        all.add(new Edge((int) edge[0], (int) edge[1], edge[2]));
      }
    }
  }
}
