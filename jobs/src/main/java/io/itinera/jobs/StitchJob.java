package io.itinera.jobs;

import static org.apache.spark.sql.functions.col;

import io.itinera.core.identity.IdentityDiff;
import io.itinera.core.identity.IdentityDiff.Stamp;
import io.itinera.core.identity.Scope;
import io.itinera.core.identity.Stitch;
import io.itinera.core.identity.UndoMoves;
import io.itinera.core.rule.Hold;
import io.itinera.core.rule.SideBySide;
import io.itinera.core.table.CustomerChanges;
import io.itinera.core.table.Identities;
import io.itinera.core.table.IdentityEdges;
import io.itinera.core.table.IdentityMoves;
import io.itinera.core.table.Table;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.Seen;
import io.itinera.jobs.night.Seen.Furthest;
import io.itinera.jobs.night.StageContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Evidence to edges, identities and the ledger of merges and splits. */
final class StitchJob {

  private StitchJob() {}

  static void run(StageContext context) {
    Lake lake = context.lake();
    Dataset<Row> evidence = Changes.evidenceUpToAsOf(context);
    Dataset<Row> before = lake.read(Identities.TABLE);
    if (context.seen().isEmpty() || catchesUp(context)) {
      Stitch all = stitch(context, evidence);
      write(context, before, all, all);
      StoreSettings.ofCustomerIds(context);
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
    Stamp stamp = new Stamp(context.night().runId(), context.asOf());
    IdentityDiff diff = IdentityDiff.between(before, anew.identities(), anew.edges(), stamp);
    Optional<Dataset<Row>> changes = changes(context, diff, all, stamp);
    List<Runnable> writes =
        new ArrayList<>(
            List.of(
                () -> appendAny(lake, IdentityMoves.TABLE, diff.moves()),
                () -> lake.overwrite(IdentityEdges.TABLE, all.edges()),
                () -> lake.overwrite(Identities.TABLE, all.identities())));
    changes.ifPresent(rows -> writes.add(() -> appendAny(lake, CustomerChanges.TABLE, rows)));
    SideBySide.run(writes);
  }

  /**
   * What the ledger of customers is told. A night that looks back sees fewer customers because they
   * are not there yet, not because they were lost: it tells nothing. The first night that is as
   * late as the latest so far compares with that one, so what was lost meanwhile is told then, and
   * what only was not there yet does not come anew.
   */
  private static Optional<Dataset<Row>> changes(
      StageContext context, IdentityDiff diff, Stitch all, Stamp stamp) {
    Optional<Furthest> furthest = context.last().map(Seen::furthest);
    if (furthest.filter(most -> context.asOf().isBefore(most.asOf())).isPresent()) {
      return Optional.empty();
    }
    if (!catchesUp(context)) {
      return Optional.of(diff.changes().transform(Hold::of));
    }
    Lake lake = context.lake();
    Dataset<Row> moves =
        lake.read(IdentityMoves.TABLE).where(col(IdentityMoves.RUN_ID).gt(furthest.get().runId()));
    Dataset<Row> latest = UndoMoves.undo(lake.read(Identities.TABLE), moves).transform(Hold::of);
    return Optional.of(
        IdentityDiff.between(latest, all.identities(), all.edges(), stamp)
            .changes()
            .transform(Hold::of));
  }

  /** Whether the night before looked back, and this one no longer does. */
  private static boolean catchesUp(StageContext context) {
    return context
        .last()
        .filter(last -> last.asOf().isBefore(last.furthest().asOf()))
        .filter(last -> !context.asOf().isBefore(last.furthest().asOf()))
        .isPresent();
  }

  private static void appendAny(Lake lake, Table table, Dataset<Row> rows) {
    if (!rows.isEmpty()) {
      lake.append(table, rows);
    }
  }
}
