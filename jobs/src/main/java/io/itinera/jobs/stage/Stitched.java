package io.itinera.jobs.stage;

import io.itinera.core.identity.Decisions;
import io.itinera.core.identity.FindOwners;
import io.itinera.core.identity.FindScope;
import io.itinera.core.identity.IdentityRules;
import io.itinera.core.identity.MatchEvidence;
import io.itinera.core.identity.MeasureQuality;
import io.itinera.core.identity.SharedDevices;
import io.itinera.core.identity.Stitch;
import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.Evidence;
import io.itinera.core.table.Identities;
import io.itinera.core.table.IdentityEdges;
import io.itinera.core.table.IdentityQuality;
import io.itinera.core.table.SetOwners;
import io.itinera.core.verify.SampleCustomers;
import io.itinera.jobs.night.StageContext;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Who is who, made of evidence. Reads only.
 *
 * @param identities rows of {@link Identities}
 * @param edges rows of {@link IdentityEdges}
 * @param owners rows of {@link SetOwners}
 * @param placeholders as {@link Stitch#placeholders} tells them
 */
record Stitched(
    Dataset<Row> identities,
    Dataset<Row> edges,
    Dataset<Row> owners,
    Optional<Dataset<Row>> placeholders) {

  /**
   * Stitches all that {@code evidence} names.
   *
   * @param evidence rows of {@link Evidence}: all of whole components
   */
  static Stitched of(StageContext context, Dataset<Row> evidence, Decisions decisions) {
    IdentityRules rules = context.config().identity();
    Dataset<Row> held = evidence.transform(HoldRows::of);
    Dataset<Row> named = MatchEvidence.withoutMatches(held);
    Stitch stitch = Stitch.stitch(held, decisions, rules);
    Dataset<Row> identities =
        stitch
            .shared()
            .map(shared -> withDevices(context, named, stitch.identities(), shared))
            .orElse(stitch.identities())
            .transform(HoldRows::of);
    return new Stitched(
        identities,
        stitch.edges(),
        FindOwners.ofSets(named, identities, rules),
        stitch.placeholders());
  }

  /** Stitches anew whom the identifiers of some customers are connected with, and nobody else. */
  static Stitched around(StageContext context, SampleCustomers sample) {
    Dataset<Row> stored = context.lake().read(Identities.TABLE);
    Dataset<Row> theirs =
        stored
            .where(sample.has(Identities.CUSTOMER_ID))
            .select(
                functions
                    .array(functions.struct(Identities.TYPE, Identities.VALUE))
                    .as(Evidence.IDENTIFIERS));
    Decisions decisions = ReadDecisions.of(context);
    Dataset<Row> scope =
        FindScope.identifiers(theirs, Optional.empty(), decisions, stored)
            .transform(HoldRows::toJoin);
    return of(
        context, FindScope.evidence(UnseenChanges.evidenceUpToAsOf(context), scope), decisions);
  }

  /** Rows of {@link IdentityQuality}. */
  Dataset<Row> quality() {
    return MeasureQuality.measure(edges, identities);
  }

  /** The touchpoints of shared devices tell whose they were when. */
  private static Dataset<Row> withDevices(
      StageContext context, Dataset<Row> evidence, Dataset<Row> others, SharedDevices shared) {
    Dataset<Row> sets = shared.sets(evidence).transform(HoldRows::toJoin);
    return others.union(shared.owned(ReadOwned.ofSets(context, sets, evidence)));
  }
}
