package io.itinera.jobs.ingest;

import static org.apache.spark.sql.functions.col;

import io.itinera.core.source.SourceRules;
import io.itinera.core.table.LoadedFiles;
import io.itinera.core.table.SourceSettings;
import io.itinera.jobs.files.RawFile;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.MadeWith;
import io.itinera.jobs.night.Reload;
import io.itinera.jobs.night.StageContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Remembers what rows were made with, in the same stage that makes them. */
public final class StoreSettings {

  private final StageContext context;
  private final Arrivals arrivals;
  private final List<Row> stored;
  private final Map<String, Long> gone;

  private StoreSettings(StageContext context, Arrivals arrivals, List<Row> stored) {
    this.context = context;
    this.arrivals = arrivals;
    this.stored = stored;
    this.gone = new TreeMap<>();
  }

  /**
   * Looks at what the rows of sources were made with so far. Says which files should be read again,
   * but are gone from the landing folder.
   */
  static StoreSettings of(StageContext context, Arrivals arrivals) {
    StoreSettings settings = new StoreSettings(context, arrivals, stored(context.lake()));
    if (context.night().reload() != Reload.NONE) {
      context.config().sources().forEach(settings::lookForGone);
    }
    return settings;
  }

  /** How many loaded files of a source should be read again, but are gone. */
  Map<String, Long> gone() {
    return gone;
  }

  /**
   * Remembers the settings of the sources that brought files. Where all files of a source that are
   * still there were read anew, they replace older ones.
   */
  void store() {
    List<Row> rows = new ArrayList<>(stored);
    for (SourceRules source : context.config().sources()) {
      MadeWith today = MadeWith.of(source, context.config());
      boolean isNew = stored.stream().noneMatch(row -> isOf(row, today));
      if (arrivals.files().containsKey(source) && isNew) {
        rows.add(row(today, context));
      }
      if (context.night().reload().wantsAll(source)) {
        boolean isAnyGone = gone.containsKey(source.name());
        rows.removeIf(row -> isOlder(row, today) && !isAnyGone);
        rows.replaceAll(row -> isOlder(row, today) ? replaced(row, today) : row);
      }
    }
    if (!rows.equals(stored)) {
      write(context.lake(), rows);
    }
  }

  /** Remembers which key customer ids are made with. */
  public static void ofCustomerIds(StageContext context) {
    MadeWith today = MadeWith.ofCustomerIds(context.config());
    List<Row> stored = stored(context.lake());
    if (stored.stream().noneMatch(row -> isOf(row, today))) {
      List<Row> rows = new ArrayList<>(stored);
      rows.removeIf(row -> row.getString(0).equals(today.source()));
      rows.add(row(today, context));
      write(context.lake(), rows);
    }
  }

  private void lookForGone(SourceRules source) {
    Reload reload = context.night().reload();
    Set<String> there = new HashSet<>();
    arrivals.files().getOrDefault(source, List.of()).forEach(file -> there.add(file.path()));
    List<String> missing =
        loaded(context.lake(), source)
            .filter(file -> reload.wants(source, file) && !there.contains(file.path()))
            .map(RawFile::name)
            .sorted()
            .toList();
    if (!missing.isEmpty()) {
      gone.put(source.name(), (long) missing.size());
      context
          .progress()
          .note(
              "Source %s: %,d loaded files are gone and cannot be read again (%s%s); what they brought stays as it was"
                  .formatted(
                      source.name(),
                      missing.size(),
                      missing.get(0),
                      missing.size() > 1 ? " and others" : ""));
    }
  }

  private static Stream<RawFile> loaded(Lake lake, SourceRules source) {
    return lake
        .read(LoadedFiles.TABLE)
        .where(col(LoadedFiles.SOURCE).equalTo(source.name()))
        .select(LoadedFiles.PATH, LoadedFiles.SIZE_BYTES, LoadedFiles.MODIFIED_AT)
        .collectAsList()
        .stream()
        .map(
            row ->
                new RawFile(
                    row.getString(0), row.getLong(1), row.getTimestamp(2).toInstant(), null));
  }

  private static List<Row> stored(Lake lake) {
    return lake.rows(SourceSettings.TABLE);
  }

  private static void write(Lake lake, List<Row> rows) {
    lake.overwrite(SourceSettings.TABLE, rows);
  }

  private static boolean isOf(Row row, MadeWith today) {
    return row.getString(0).equals(today.source()) && row.getString(1).equals(today.fingerprint());
  }

  private static boolean isOlder(Row row, MadeWith today) {
    return row.getString(0).equals(today.source()) && !row.getString(1).equals(today.fingerprint());
  }

  private static Row row(MadeWith today, StageContext context) {
    return RowFactory.create(
        today.source(), today.fingerprint(), today.settings(), context.night().runId(), null);
  }

  private static Row replaced(Row row, MadeWith today) {
    return RowFactory.create(
        row.get(0), row.get(1), row.getJavaMap(2), row.get(3), today.fingerprint());
  }
}
