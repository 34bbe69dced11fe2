package io.itinera.jobs.match;

import io.itinera.core.match.Blocks;
import io.itinera.core.match.FindBlocks;
import io.itinera.core.match.GroupMatches;
import io.itinera.core.match.GroupMatches.Grouping;
import io.itinera.core.match.SampleRecords;
import io.itinera.core.match.ScoreBlocks;
import io.itinera.core.match.ScoreBlocks.Scoring;
import io.itinera.core.match.ScorePairs;
import io.itinera.core.match.SuggestThreshold;
import io.itinera.core.match.TrainModel;
import io.itinera.core.match.TrainModel.Trained;
import io.itinera.core.spark.HeldRows;
import io.itinera.core.spark.HoldRows;
import io.itinera.jobs.config.Matching;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A model, and what it makes of the profiles it was learned from.
 *
 * @param trained the model
 * @param keyed the profiles, as core packs them, held
 * @param blocks their blocks
 * @param grouped matches with a probability of {@link SuggestThreshold#LOWEST} at least, grouped
 * @param suggested from which probability on to match
 * @param seconds what each step took
 */
record Training(
    Trained trained,
    HeldRows keyed,
    Blocks blocks,
    Dataset<Row> grouped,
    SuggestThreshold suggested,
    Seconds seconds) {

  /** Seconds of finding blocks, learning, weighing, and grouping. */
  record Seconds(double blocking, double learning, double weighing, double grouping) {}

  /** What it took, in a sentence. */
  String work() {
    return ("%,d pairs compared; seconds: blocks %.1f, learning %.1f, weighing %.1f (%,.0f pairs a"
            + " second), grouping %.1f")
        .formatted(
            blocks.pairs(),
            seconds.blocking(),
            seconds.learning(),
            seconds.weighing(),
            blocks.pairs() / Math.max(1e-3, seconds.weighing()),
            seconds.grouping());
  }

  /**
   * Learns.
   *
   * @param profiles rows of core's {@code KeyRecords}
   */
  static Training of(Dataset<Row> profiles, Matching matching) {
    long start = System.nanoTime();
    HeldRows keyed = HoldRows.counted(profiles);
    Blocks blocks = FindBlocks.byBudget(keyed.rows(), keyed.count(), matching.rules());
    long blocked = System.nanoTime();
    Trained trained =
        TrainModel.train(
            SampleRecords.of(keyed.rows(), keyed.count(), matching.rules(), blocks),
            matching.rules());
    long learned = System.nanoTime();
    Scoring scoring = new Scoring(trained.model(), ScorePairs.weight(SuggestThreshold.LOWEST));
    Dataset<Row> matches = ScoreBlocks.ofAll(keyed.rows(), blocks, scoring).transform(HoldRows::of);
    long weighed = System.nanoTime();
    Grouping grouping =
        new Grouping(trained.model(), "", matching.rules().groups(), matching.numbers());
    Dataset<Row> grouped = GroupMatches.grouped(matches, grouping).transform(HoldRows::of);
    SuggestThreshold suggested = SuggestThreshold.of(grouped, matching.rules().groups());
    long end = System.nanoTime();
    return new Training(
        trained,
        keyed,
        blocks,
        grouped,
        suggested,
        new Seconds(
            (blocked - start) / 1e9,
            (learned - blocked) / 1e9,
            (weighed - learned) / 1e9,
            (end - weighed) / 1e9));
  }
}
