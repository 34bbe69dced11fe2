package io.itinera.jobs.match;

import io.itinera.core.match.GroupRecords.Edge;
import io.itinera.core.match.GroupRecords.Groups;
import io.itinera.core.match.MatchModel;
import io.itinera.core.match.ScorePairs;
import io.itinera.core.match.SuggestThreshold;
import io.itinera.core.match.TrainModel;
import io.itinera.core.match.TrainModel.Trained;
import io.itinera.jobs.config.Matching;
import io.itinera.jobs.match.MatchInput.Unpacked;
import io.itinera.jobs.match.ScoreBlocks.Scored;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * A model, and what it makes of the profiles it was learned from.
 *
 * @param trained the model
 * @param edges pairs that are one person's with a probability of {@link SuggestThreshold#LOWEST} at
 *     least
 * @param pairs how many were weighed
 * @param suggested from which probability on to match
 * @param seconds what each step took
 */
record Training(
    Trained trained, List<Edge> edges, long pairs, SuggestThreshold suggested, Seconds seconds) {

  /** Seconds of finding blocks, learning, weighing, and grouping. */
  record Seconds(double blocking, double learning, double weighing, double grouping) {}

  /** What it took, in a sentence. */
  String work() {
    return ("%,d pairs compared; seconds: blocks %.1f, learning %.1f, weighing %.1f (%,.0f pairs a"
            + " second), grouping %.1f")
        .formatted(
            pairs,
            seconds.blocking(),
            seconds.learning(),
            seconds.weighing(),
            pairs / Math.max(1e-3, seconds.weighing()),
            seconds.grouping());
  }

  static Training of(SparkSession spark, MatchInput input, Matching matching) {
    long start = System.nanoTime();
    Unpacked unpacked = input.unpacked();
    long blocked = System.nanoTime();
    Trained trained = TrainModel.train(unpacked.records(), matching.rules(), unpacked.blocks());
    long learned = System.nanoTime();
    MatchModel model = trained.model();
    double least = MatchJob.weight(SuggestThreshold.LOWEST);
    Scored scored = ScoreBlocks.score(spark, new ScoreBlocks.Task(input, model, least, null));
    long weighed = System.nanoTime();
    ScorePairs score = new ScorePairs(unpacked.records(), model);
    Groups groups = Grouping.group(unpacked, score, matching.rules().groups(), scored.edges());
    SuggestThreshold suggested = SuggestThreshold.of(groups, matching.rules().groups());
    long grouped = System.nanoTime();
    return new Training(
        trained,
        scored.edges(),
        scored.pairs(),
        suggested,
        new Seconds(
            (blocked - start) / 1e9,
            (learned - blocked) / 1e9,
            (weighed - learned) / 1e9,
            (grouped - weighed) / 1e9));
  }
}
