package io.itinera.jobs.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.itinera.core.identity.Decisions;
import io.itinera.core.identity.FindAffected;
import io.itinera.core.identity.FindScope;
import io.itinera.core.identity.FollowAliases;
import io.itinera.core.identity.IdentityDiff;
import io.itinera.core.identity.IdentityDiff.Stamp;
import io.itinera.core.identity.MatchEvidence;
import io.itinera.core.identity.UndoMoves;
import io.itinera.core.spark.HeldRows;
import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.AffectedCustomers;
import io.itinera.core.table.CustomerAliases;
import io.itinera.core.table.CustomerChanges;
import io.itinera.core.table.Identities;
import io.itinera.core.table.IdentityEdges;
import io.itinera.core.table.IdentityMoves;
import io.itinera.core.table.IdentityQuality;
import io.itinera.core.table.ProfileMatches;
import io.itinera.core.table.SetOwners;
import io.itinera.jobs.ingest.StoreSettings;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.NamedKeys;
import io.itinera.jobs.night.SeenInputs;
import io.itinera.jobs.night.SeenInputs.Furthest;
import io.itinera.jobs.night.SideBySide;
import io.itinera.jobs.night.StageContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Evidence to edges, identities, owners and the ledger of merges and splits. */
final class StitchJob {

  private static final List<String> LEFT =
      List.of(IdentityEdges.LEFT_TYPE, IdentityEdges.LEFT_VALUE);
  private static final List<String> IDENTIFIER = List.of(Identities.TYPE, Identities.VALUE);
  private static final List<String> OWNER = List.of(SetOwners.CUSTOMER_ID);

  private StitchJob() {}

  static void run(StageContext context) {
    Lake lake = context.lake();
    forgetMatches(context);
    Dataset<Row> evidence = UnseenChanges.evidenceUpToAsOf(context);
    Dataset<Row> before = lake.read(Identities.TABLE);
    Decisions decisions = ReadDecisions.of(context);
    if (context.seen().isEmpty() || catchesUp(context)) {
      Optional<Dataset<Row>> news =
          context
              .seen()
              .map(seen -> UnseenChanges.evidenceSince(context, seen).transform(HoldRows::of));
      Stitched all = stitch(context, evidence, decisions);
      write(context, new Difference(news, before), all, overwrites(lake, all));
      StoreSettings.ofCustomerIds(context);
      return;
    }
    HeldRows news = HoldRows.counted(UnseenChanges.evidenceSince(context, context.seen().get()));
    Optional<Dataset<Row>> changedDecisions = ReadDecisions.changed(context, context.seen().get());
    if (news.areNone() && changedDecisions.isEmpty()) {
      return;
    }
    Dataset<Row> changed = news.toJoin();
    Dataset<Row> scope =
        FindScope.identifiers(changed, changedDecisions, decisions, before)
            .transform(HoldRows::toJoin);
    Stitched anew = stitch(context, FindScope.evidence(evidence, scope), decisions);
    Dataset<Row> inScope = FindScope.within(before, scope).transform(HoldRows::of);
    Dataset<Row> customers =
        FindScope.customers(inScope, anew.identities()).transform(HoldRows::toSend);
    NamedKeys links = new NamedKeys(LEFT, scope);
    NamedKeys identifiers = new NamedKeys(IDENTIFIER, scope);
    NamedKeys owners = new NamedKeys(OWNER, customers);
    List<Runnable> writes =
        List.of(
            () -> lake.replace(IdentityEdges.TABLE, links, anew.edges()),
            () -> lake.replace(Identities.TABLE, identifiers, anew.identities()),
            () -> lake.replace(SetOwners.TABLE, owners, anew.owners()),
            () -> lake.replace(IdentityQuality.TABLE, owners, anew.quality()));
    write(context, new Difference(Optional.of(changed), inScope), anew, writes);
  }

  /** Where profiles are compared no more, what was found goes, of deleted ones above all. */
  private static void forgetMatches(StageContext context) {
    Lake lake = context.lake();
    if (context.config().matchings().on().isEmpty()
        && lake.wasWritten(ProfileMatches.TABLE)
        && lake.rowCount(ProfileMatches.TABLE).orElse(1) > 0) {
      lake.overwrite(ProfileMatches.TABLE, List.of());
    }
  }

  private static List<Runnable> overwrites(Lake lake, Stitched all) {
    return List.of(
        () -> lake.overwrite(IdentityEdges.TABLE, all.edges()),
        () -> lake.overwrite(Identities.TABLE, all.identities()),
        () -> lake.overwrite(SetOwners.TABLE, all.owners()),
        () -> lake.overwrite(IdentityQuality.TABLE, all.quality()));
  }

  private static Stitched stitch(StageContext context, Dataset<Row> evidence, Decisions decisions) {
    Stitched anew = Stitched.of(context, evidence, decisions);
    anew.placeholders().ifPresent(found -> WarnOfPlaceholders.store(context, found));
    return anew;
  }

  /**
   * What is not as it was.
   *
   * @param news evidence that came or went; empty where everyone is looked at anew
   * @param before rows of {@link Identities} as they were, of the components that are stitched
   */
  private record Difference(Optional<Dataset<Row>> news, Dataset<Row> before) {}

  private static void write(
      StageContext context, Difference difference, Stitched anew, List<Runnable> tables) {
    Lake lake = context.lake();
    Stamp stamp = new Stamp(context.night().runId(), context.asOf(), context.config().causes());
    IdentityDiff diff =
        IdentityDiff.between(difference.before(), anew.identities(), anew.edges(), stamp);
    List<Runnable> writes = new ArrayList<>(tables);
    writes.add(() -> lake.append(IdentityMoves.TABLE, diff.moves()));
    told(context, diff, anew, stamp).ifPresent(told -> writes.addAll(ledger(lake, told, anew)));
    difference
        .news()
        .map(news -> affected(context, news, diff, anew))
        .ifPresent(rows -> writes.add(() -> lake.append(AffectedCustomers.TABLE, rows)));
    SideBySide.run(writes);
  }

  private static List<Runnable> ledger(Lake lake, IdentityDiff told, Stitched anew) {
    Dataset<Row> aliases =
        FollowAliases.changed(told.moves(), anew.identities(), lake.read(CustomerAliases.TABLE))
            .transform(HoldRows::toJoin);
    NamedKeys old =
        new NamedKeys(
            List.of(CustomerAliases.OLD_CUSTOMER_ID),
            aliases.select(CustomerAliases.OLD_CUSTOMER_ID));
    return List.of(
        () -> lake.append(CustomerChanges.TABLE, told.changes()),
        () -> lake.replace(CustomerAliases.TABLE, old, aliases));
  }

  /**
   * What the ledger of customers is told. A night that looks back sees fewer customers because they
   * are not there yet, not because they were lost: it tells nothing. The first night that is as
   * late as the latest so far compares with that one, so what was lost meanwhile is told then, and
   * what only was not there yet does not come anew.
   */
  private static Optional<IdentityDiff> told(
      StageContext context, IdentityDiff diff, Stitched anew, Stamp stamp) {
    Optional<Furthest> furthest = context.last().map(SeenInputs::furthest);
    if (furthest.filter(most -> context.asOf().isBefore(most.asOf())).isPresent()) {
      return Optional.empty();
    }
    if (!catchesUp(context)) {
      return Optional.of(diff);
    }
    // Everyone was stitched anew.
    Lake lake = context.lake();
    Dataset<Row> moves =
        lake.read(IdentityMoves.TABLE).where(col(IdentityMoves.RUN_ID).gt(furthest.get().runId()));
    Dataset<Row> latest =
        UndoMoves.undo(lake.read(Identities.TABLE), moves).transform(HoldRows::of);
    return Optional.of(IdentityDiff.between(latest, anew.identities(), anew.edges(), stamp));
  }

  /** Whether the night before looked back, and this one no longer does. */
  private static boolean catchesUp(StageContext context) {
    return context
        .last()
        .filter(last -> last.asOf().isBefore(last.furthest().asOf()))
        .filter(last -> !context.asOf().isBefore(last.furthest().asOf()))
        .isPresent();
  }

  private static Dataset<Row> affected(
      StageContext context, Dataset<Row> news, IdentityDiff diff, Stitched anew) {
    return FindAffected.customers(
            MatchEvidence.withoutMatches(news),
            diff.moves(),
            anew.identities(),
            context.config().identity())
        .withColumn(AffectedCustomers.RUN_ID, lit(context.night().runId()));
  }
}
