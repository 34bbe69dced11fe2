package io.itinera.jobs;

import io.itinera.core.identity.IdentityDiff;
import io.itinera.core.identity.IdentityDiff.Stamp;
import io.itinera.core.identity.Scope;
import io.itinera.core.identity.Stitch;
import io.itinera.core.rule.Hold;
import io.itinera.core.rule.SideBySide;
import io.itinera.core.table.CustomerChanges;
import io.itinera.core.table.Identities;
import io.itinera.core.table.IdentityEdges;
import io.itinera.core.table.IdentityMoves;
import io.itinera.core.table.Table;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.StageContext;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Evidence to edges, identities and the ledger of merges and splits. */
final class StitchJob {

  private StitchJob() {}

  static void run(StageContext context) {
    Lake lake = context.lake();
    Dataset<Row> evidence = Changes.evidenceUpToAsOf(context);
    Dataset<Row> before = lake.read(Identities.TABLE);
    if (context.seen().isEmpty()) {
      Stitch all = stitch(context, evidence);
      write(context, before, all, all);
      return;
    }
    Dataset<Row> changed = Changes.evidenceSince(context, context.seen().get()).transform(Hold::of);
    if (changed.isEmpty()) {
      return;
    }
    Dataset<Row> scope = Scope.identifiers(changed, before).transform(Hold::of);
    Stitch anew = stitch(context, Scope.evidence(evidence, scope));
    Dataset<Row> edges = lake.read(IdentityEdges.TABLE);
    Stitch all =
        new Stitch(
            Scope.outside(before, scope, Identities.TYPE, Identities.VALUE)
                .union(anew.identities()),
            Scope.outside(edges, scope, IdentityEdges.LEFT_TYPE, IdentityEdges.LEFT_VALUE)
                .union(anew.edges()));
    write(context, Scope.within(before, scope), anew, all);
  }

  private static Stitch stitch(StageContext context, Dataset<Row> evidence) {
    Stitch stitch = Stitch.stitch(evidence.transform(Hold::of), context.config().identity());
    return new Stitch(stitch.identities().transform(Hold::of), stitch.edges());
  }

  private static void write(StageContext context, Dataset<Row> before, Stitch anew, Stitch all) {
    Lake lake = context.lake();
    IdentityDiff diff =
        IdentityDiff.between(
            before,
            anew.identities(),
            anew.edges(),
            new Stamp(context.night().runId(), context.asOf()));
    Dataset<Row> changes = diff.changes().transform(Hold::of);
    SideBySide.run(
        List.of(
            () -> appendAny(lake, CustomerChanges.TABLE, changes),
            () -> appendAny(lake, IdentityMoves.TABLE, diff.moves()),
            () -> lake.overwrite(IdentityEdges.TABLE, all.edges()),
            () -> lake.overwrite(Identities.TABLE, all.identities())));
  }

  private static void appendAny(Lake lake, Table table, Dataset<Row> rows) {
    if (!rows.isEmpty()) {
      lake.append(table, rows);
    }
  }
}
