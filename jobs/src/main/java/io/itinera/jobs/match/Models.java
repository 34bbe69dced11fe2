package io.itinera.jobs.match;

import static org.apache.spark.sql.functions.col;

import io.itinera.core.table.MatchModels;
import io.itinera.jobs.config.Matching;
import io.itinera.jobs.lake.Lake;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.sql.Row;

/** The models that were learned. */
final class Models {

  private Models() {}

  /** The last model that was learned for a matching as it is set today. */
  static Optional<Row> inForce(Lake lake, Matching matching) {
    return lake
        .read(MatchModels.TABLE)
        .where(col(MatchModels.SETTINGS).equalTo(settings(matching)))
        .orderBy(col(MatchModels.RUN_ID).desc())
        .limit(1)
        .collectAsList()
        .stream()
        .findFirst();
  }

  /** A short name of all settings that a model depends on. */
  static String settings(Matching matching) {
    return UUID.nameUUIDFromBytes(matching.ofModel().getBytes(StandardCharsets.UTF_8)).toString();
  }
}
