package io.itinera.jobs.match;

import io.itinera.core.match.ModelRow;
import io.itinera.core.match.ModelRow.Said;
import io.itinera.core.table.MatchModels;
import io.itinera.core.table.Profiles;
import io.itinera.jobs.config.Matching;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.Progress;
import io.itinera.jobs.night.StageContext;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Profiles to a model of what their agreement is worth. */
public final class TrainJob {

  private TrainJob() {}

  /** Learns a model for {@code matching} and keeps it; nights use it from then on. */
  public static void run(StageContext context, Matching matching) {
    Lake lake = context.lake();
    Dataset<Row> profiles =
        ReadProfiles.keyed(lake.read(Profiles.TABLE), matching, context.config());
    Training training = Training.of(profiles, matching);
    Row row =
        ModelRow.of(
            training.trained().model(),
            new Said(
                context.night().runId(),
                matching.name(),
                Models.settings(matching),
                training.keyed().count(),
                training.blocks().pairs(),
                training.blocks().largest(),
                training.trained().reach(),
                training.suggested()));
    lake.append(
        MatchModels.TABLE, lake.spark().createDataFrame(List.of(row), MatchModels.TABLE.schema()));
    tell(context.progress(), training);
  }

  private static void tell(Progress progress, Training training) {
    progress.note(
        "%,d profiles; blocks of up to %d profiles"
            .formatted(training.keyed().count(), training.blocks().largest()));
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
