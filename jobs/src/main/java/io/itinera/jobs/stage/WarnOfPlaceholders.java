package io.itinera.jobs.stage;

import static org.apache.spark.sql.functions.col;

import io.itinera.core.identity.Stitch;
import io.itinera.core.table.Identities;
import io.itinera.core.table.IdentityEdges;
import io.itinera.core.table.QualityChecks;
import io.itinera.core.table.QualityWarning;
import io.itinera.jobs.night.StageContext;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Says how many identifiers link nobody because too many persons were seen with them. */
final class WarnOfPlaceholders {

  private WarnOfPlaceholders() {}

  /**
   * Adds a warning of each type of identifier.
   *
   * @param placeholders as {@link Stitch#placeholders} counts them
   */
  static void store(StageContext context, Dataset<Row> placeholders) {
    List<Row> warnings =
        placeholders.orderBy(col(Identities.TYPE)).collectAsList().stream()
            .map(
                row ->
                    new QualityWarning(
                        IdentityEdges.TABLE,
                        "identifiers of type %s name single persons".formatted(row.getString(0)),
                        "%d of those looked at were seen with more than max-fan-out persons and link nobody"
                            .formatted(row.getLong(1)),
                        "0; see status_reason in identity_edges"))
            .map(warning -> warning.row(context.night().runId()))
            .toList();
    if (!warnings.isEmpty()) {
      context.lake().append(QualityChecks.TABLE, warnings);
    }
  }
}
