package io.itinera.jobs.ingest;

import io.itinera.core.map.Candidates;
import io.itinera.core.settle.RecordCount;
import io.itinera.core.source.SourceRules;
import io.itinera.core.table.RejectionReason;
import io.itinera.jobs.format.LackingFile;
import io.itinera.jobs.format.LackingFiles;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.Reload;
import io.itinera.jobs.night.SideBySide;
import io.itinera.jobs.night.StageContext;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** New raw files to touchpoints, profiles and their evidence, with an account of every record. */
public final class IngestJob {

  private IngestJob() {}

  /**
   * Loads the files that are new, that were written anew, and that the night reads again.
   *
   * @throws TooManyRejectedException if more of a source is rejected than it allows
   * @throws TooManyWithdrawnException if a file that was written anew lacks more than its source
   *     allows
   */
  public static void run(StageContext context) {
    Lake lake = context.lake();
    Arrivals arrivals = Arrivals.find(lake, context.config(), context.night().reload());
    StoreSettings settings = StoreSettings.of(context, arrivals);
    if (arrivals.areNone()) {
      settings.store();
      return;
    }
    context.mode().expect(arrivals.bytes());
    LackingFiles lacking = LackingFiles.none(lake.spark());
    lake.clearAside();
    MappedFiles mapped = arrivals.mapped(context, lacking);
    Dataset<Row> candidates = mapped.candidates();
    List<RecordCount> counts = mapped.accounts().counts();
    context
        .meter()
        .addRawFiles(counts.stream().mapToLong(RecordCount::records).sum(), arrivals.storedBytes());
    try {
      arrivals.sources().forEach(source -> requireFewRejected(source, counts, lacking));
    } catch (TooManyRejectedException e) {
      mapped.discard();
      throw e;
    }

    Set<LocalDate> taken = TakeBack.rows(context, arrivals, settings.gone(), candidates);
    List<SourceRules> sources = context.config().sources();
    Batch batch = Settlement.settle(context, arrivals, mapped).with(counts, lacking.found());
    MappedFiles.Settled touchpoints =
        batch.areContested() ? mapped.settled(batch.contests()) : mapped.uncontested();
    SideBySide.run(
        List.of(
            () -> {
              StoreTouchpoints.store(context, batch, touchpoints, taken);
              // Not beside the touchpoints: both replace rows of the same days' evidence.
              if (Candidates.kinds(sources).contains(Candidates.PROFILE)) {
                StoreProfiles.store(context, batch);
                if (context.night().reload() != Reload.NONE) {
                  StoreProfiles.sumUpAll(context);
                }
              }
              if (Candidates.kinds(sources).contains(Candidates.COST)) {
                StoreCosts.store(context, batch);
              }
            },
            () -> {
              StoreAccounts.store(context, arrivals, batch, mapped.accounts());
              settings.store();
            }));
    mapped.clear(touchpoints.ready());
  }

  /**
   * What a night brings.
   *
   * @param delivered rows of {@link Candidates}: what the night's files hold
   * @param witnesses rows of {@link Candidates}: what must be read once more from other files;
   *     empty for nothing
   * @param contests what came of those that were delivered more than once
   * @param touchpoints the stored touchpoints among which they are
   * @param isRestated whether records may be gone, because a file was written anew
   * @param areContested whether there may be any contests
   * @param counts of what is delivered
   * @param lacking files that lack columns that their sources need
   */
  record Batch(
      Dataset<Row> delivered,
      Optional<Dataset<Row>> witnesses,
      Dataset<Row> contests,
      Dataset<Row> touchpoints,
      boolean isRestated,
      boolean areContested,
      List<RecordCount> counts,
      List<LackingFile> lacking) {

    /** What no file that was written anew brings; it is not counted yet. */
    Batch(Dataset<Row> delivered, Dataset<Row> contests, Dataset<Row> touchpoints) {
      this(delivered, Optional.empty(), contests, touchpoints, false, true, List.of(), List.of());
    }

    /** The same where a file was written anew, and {@code more} must be read once more for it. */
    Batch restatedWith(Optional<Dataset<Row>> more) {
      return new Batch(delivered, more, contests, touchpoints, true, areContested, counts, lacking);
    }

    Batch with(List<RecordCount> counted, List<LackingFile> found) {
      return new Batch(
          delivered, witnesses, contests, touchpoints, isRestated, areContested, counted, found);
    }

    /** The same, of which nothing is contested. */
    Batch uncontested() {
      return new Batch(
          delivered, witnesses, contests, touchpoints, isRestated, false, counts, lacking);
    }

    /** All that is delivered, and what must be read once more. */
    Dataset<Row> candidates() {
      return candidates(delivered);
    }

    /** Some of what is delivered, and what must be read once more. */
    Dataset<Row> candidates(Dataset<Row> some) {
      return witnesses.map(some::union).orElse(some);
    }
  }

  private static void requireFewRejected(
      SourceRules source, List<RecordCount> counts, LackingFiles lacking) {
    Map<String, Long> rejected = new TreeMap<>();
    long accepted = 0;
    for (RecordCount each : counts) {
      if (!each.source().equals(source.name())
          || RejectionReason.FILTERED.text().equals(each.reason())) {
        continue;
      }
      if (each.reason() == null) {
        accepted += each.records();
      } else {
        rejected.merge(each.reason(), each.records(), Long::sum);
      }
    }
    long count = rejected.values().stream().mapToLong(Long::longValue).sum();
    long records = accepted + count;
    if (count > source.maxRejectedShare() * records) {
      throw new TooManyRejectedException(source, records, rejected, lacking.of(source));
    }
  }
}
