package io.itinera.jobs.explain;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.itinera.core.identity.EvidenceGraph.Step;
import io.itinera.core.identity.MatchEvidence;
import io.itinera.core.rule.Identifier;
import io.itinera.core.table.EdgeStatus;
import io.itinera.core.table.Evidence;
import io.itinera.core.table.EvidenceKind;
import io.itinera.core.table.IdentityEdges;
import io.itinera.core.table.ProfileMatches;
import io.itinera.core.table.Profiles;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.lake.Lake;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Finds the first record that named both ends of an edge, for somebody to look it up. */
final class FindRecord {

  private final Lake lake;
  private final ZoneId zone;

  FindRecord(Lake lake, ZoneId zone) {
    this.lake = lake;
    this.zone = zone;
  }

  /**
   * The record: touchpoint or profile, its id there, and its source. Of an edge between profiles
   * that look alike these two.
   *
   * @param edge row of {@link IdentityEdges}
   * @return nothing if no record that is still there named both, as after a decision
   */
  Optional<String> of(Row edge) {
    Step step = Edges.step(edge);
    if (MatchEvidence.PROBABILISTIC.equals(edge.getAs(IdentityEdges.RULE))) {
      return match(step);
    }
    Timestamp first = edge.getAs(IdentityEdges.FIRST_SEEN_AT);
    Optional<String> touchpoint =
        first == null
            ? Optional.empty()
            : touchpoint(step, first.toInstant().atZone(zone).toLocalDate());
    return touchpoint.or(() -> profile(step));
  }

  /** Evidence tells whether there is one without a look at the day's touchpoints. */
  private Optional<String> touchpoint(Step step, LocalDate day) {
    Column isOnDay = col(Touchpoints.EVENT_DATE).equalTo(lit(java.sql.Date.valueOf(day)));
    boolean isThere =
        !lake.read(Evidence.TABLE)
            .where(col(Evidence.KIND).equalTo(EvidenceKind.TOUCHPOINT.text()))
            .where(isOnDay)
            .where(namesBoth(col(Evidence.IDENTIFIERS), step))
            .isEmpty();
    return isThere
        ? first(
            "touchpoint",
            lake.read(Touchpoints.TABLE)
                .where(isOnDay)
                .where(namesBoth(col(Touchpoints.IDENTIFIERS), step))
                .orderBy(Touchpoints.OCCURRED_AT, Touchpoints.SEQUENCE, Touchpoints.TOUCHPOINT_ID)
                .select(Touchpoints.SOURCE, Touchpoints.TOUCHPOINT_ID))
        : Optional.empty();
  }

  private Optional<String> profile(Step step) {
    return first(
        "profile",
        lake.read(Profiles.TABLE)
            .where(namesBoth(col(Profiles.IDENTIFIERS), step))
            .orderBy(Profiles.CREATED_AT, Profiles.SOURCE, Profiles.RECORD_ID)
            .select(Profiles.SOURCE, Profiles.RECORD_ID));
  }

  /** Of several matches the one that is told: as core's evidence has it. */
  private Optional<String> match(Step step) {
    return lake
        .read(ProfileMatches.TABLE)
        .where(isMatchOf(step.left(), step.right()).or(isMatchOf(step.right(), step.left())))
        .orderBy(
            col(ProfileMatches.STATUS).equalTo(EdgeStatus.USED.text()).desc(),
            col(ProfileMatches.STATUS).equalTo(EdgeStatus.REVIEW.text()).desc(),
            col(ProfileMatches.PROBABILITY).desc(),
            col(ProfileMatches.LEFT_SOURCE).desc(),
            col(ProfileMatches.LEFT_RECORD_ID).desc(),
            col(ProfileMatches.RIGHT_SOURCE).desc(),
            col(ProfileMatches.RIGHT_RECORD_ID).desc())
        .select(
            ProfileMatches.LEFT_RECORD_ID,
            ProfileMatches.LEFT_SOURCE,
            ProfileMatches.RIGHT_RECORD_ID,
            ProfileMatches.RIGHT_SOURCE)
        .limit(1)
        .collectAsList()
        .stream()
        .map(
            row ->
                "profiles %s of %s and %s of %s"
                    .formatted(
                        row.getString(0), row.getString(1), row.getString(2), row.getString(3)))
        .findFirst();
  }

  private static Column isMatchOf(Identifier left, Identifier right) {
    return col(ProfileMatches.LEFT_TYPE)
        .equalTo(left.type())
        .and(col(ProfileMatches.LEFT_VALUE).equalTo(left.value()))
        .and(col(ProfileMatches.RIGHT_TYPE).equalTo(right.type()))
        .and(col(ProfileMatches.RIGHT_VALUE).equalTo(right.value()));
  }

  private static Optional<String> first(String kind, Dataset<Row> rows) {
    return rows.limit(1).collectAsList().stream()
        .map(row -> "%s %s of %s".formatted(kind, row.getString(1), row.getString(0)))
        .findFirst();
  }

  private static Column namesBoth(Column identifiers, Step step) {
    return contains(identifiers, step.left()).and(contains(identifiers, step.right()));
  }

  private static Column contains(Column identifiers, Identifier identifier) {
    return array_contains(
        identifiers,
        struct(lit(identifier.type()).as("type"), lit(identifier.value()).as("value")));
  }
}
