package io.itinera.jobs.match;

import io.itinera.core.match.ModelRow;
import io.itinera.core.match.ModelRow.Said;
import io.itinera.core.table.MatchModels;
import io.itinera.core.table.Profiles;
import io.itinera.jobs.config.Matching;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.match.MatchInput.Unpacked;
import io.itinera.jobs.night.Progress;
import io.itinera.jobs.night.StageContext;
import java.util.List;
import org.apache.spark.sql.Row;

/** Profiles to a model of what their agreement is worth. */
public final class TrainJob {

  private TrainJob() {}

  /** Learns a model for {@code matching} and keeps it; nights use it from then on. */
  public static void run(StageContext context, Matching matching) {
    Lake lake = context.lake();
    List<byte[]> parts = ReadProfiles.packed(lake.read(Profiles.TABLE), matching, context.config());
    try (MatchInput input = new MatchInput(parts, matching.rules(), 0)) {
      Training training = Training.of(lake.spark(), input, matching);
      Unpacked unpacked = input.unpacked();
      Row row =
          ModelRow.of(
              training.trained().model(),
              new Said(
                  context.night().runId(),
                  matching.name(),
                  Models.settings(matching),
                  unpacked.records().size(),
                  unpacked.blocks().pairs(),
                  unpacked.blocks().largestBlock(),
                  training.trained().reach(),
                  training.suggested()));
      lake.append(
          MatchModels.TABLE,
          lake.spark().createDataFrame(List.of(row), MatchModels.TABLE.schema()));
      tell(context.progress(), unpacked, training);
    }
  }

  private static void tell(Progress progress, Unpacked unpacked, Training training) {
    progress.note(
        "%,d profiles; blocks of up to %d profiles"
            .formatted(unpacked.records().size(), unpacked.blocks().largestBlock()));
    progress.note(
        "At most %.1f %% of the pairs of one person are within reach of the blocks (estimated)"
            .formatted(100 * training.trained().reach()));
    progress.note(
        "Suggested threshold %.3f: expected precision %.4f, recall %.4f of what is within reach"
            .formatted(
                training.suggested().threshold(),
                training.suggested().precision(),
                training.suggested().recall()));
    progress.note(training.work());
  }
}
