package io.itinera.jobs.night;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.itinera.core.source.SourceRules;
import io.itinera.core.table.LoadedFiles;
import io.itinera.core.table.QualityWarning;
import io.itinera.core.table.SourceSettings;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.Lake;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Row;

/**
 * Compares today's settings with those that the rows of each source were made with.
 *
 * <p>Another time zone, currency, record id or key of customer ids would put rows beside each other
 * that do not go together: such a night is refused. Under other mappings, labels and the like it
 * runs, and says whose rows are not what today's settings would make of them. A source that was
 * never loaded, or is no longer configured, is no change.
 */
final class CheckSettings {

  private static final String FILES = "files";

  private final Lake lake;
  private final ItineraConfig config;
  private final Reload reload;

  CheckSettings(Lake lake, ItineraConfig config, Reload reload) {
    this.lake = lake;
    this.config = config;
    this.reload = reload;
  }

  /**
   * Sources whose rows were made with other settings, and are not read again wholly tonight.
   *
   * @param givesNewIds whether tonight every customer gets an id anew
   * @throws ChangedSettingsException if such rows must not stand beside those of today
   */
  List<Outdated> outdated(boolean givesNewIds) {
    Map<String, List<Row>> stored = stored();
    Set<String> refusals = new TreeSet<>();
    if (!givesNewIds) {
      refuseOtherIds(stored.getOrDefault(SourceSettings.WHOLE, List.of()), refusals);
    }
    List<Outdated> all = outdated(stored);
    for (Outdated each : all) {
      refuseMixture(each, refusals);
    }
    if (!refusals.isEmpty()) {
      throw new ChangedSettingsException(List.copyOf(refusals));
    }
    return all;
  }

  /**
   * Files of a source that were loaded under other settings.
   *
   * @param today what the source is made with today
   * @param others what these files were loaded under
   * @param files how many they are
   */
  record Outdated(MadeWith today, Map<String, String> others, long files) {

    String names() {
      return String.join(", ", today.differing(others));
    }

    /** A sentence for whoever watches. */
    String note() {
      return "Source %1$s: %2$,d of its files were loaded under other settings (%3$s); itinera nightly --reload %1$s restates what they brought"
          .formatted(today.source(), files, names());
    }

    QualityWarning warning() {
      return new QualityWarning(
          LoadedFiles.TABLE,
          "what source %s brought was made with today's settings".formatted(today.source()),
          "%d files were loaded under other settings: %s".formatted(files, names()),
          "0; itinera nightly --reload " + today.source());
    }
  }

  private List<Outdated> outdated(Map<String, List<Row>> stored) {
    List<Outdated> all = new ArrayList<>();
    for (SourceRules source : config.sources()) {
      MadeWith today = MadeWith.of(source, config);
      String print = today.fingerprint();
      stored.getOrDefault(source.name(), List.of()).stream()
          .filter(row -> !row.getString(1).equals(print) && row.isNullAt(3))
          .filter(row -> !reload.wantsAll(source))
          .map(row -> new Outdated(today, row.getJavaMap(2), files(source, row.getString(1))))
          .filter(each -> each.files() > 0)
          .forEach(all::add);
    }
    return all;
  }

  private Map<String, List<Row>> stored() {
    Map<String, List<Row>> stored = new HashMap<>();
    lake.rows(
            SourceSettings.TABLE,
            SourceSettings.SOURCE,
            SourceSettings.FINGERPRINT,
            SourceSettings.SETTINGS,
            SourceSettings.REPLACED_BY)
        .forEach(
            row -> stored.computeIfAbsent(row.getString(0), name -> new ArrayList<>()).add(row));
    return stored;
  }

  private long files(SourceRules source, String print) {
    return lake.read(LoadedFiles.TABLE)
        .where(col(LoadedFiles.SOURCE).equalTo(source.name()))
        .where(col(LoadedFiles.SETTINGS).equalTo(print))
        .agg(count(lit(1)).as(FILES))
        .first()
        .getLong(0);
  }

  private void refuseOtherIds(List<Row> stored, Set<String> refusals) {
    String print = MadeWith.ofCustomerIds(config).fingerprint();
    if (!stored.isEmpty() && stored.stream().noneMatch(row -> row.getString(1).equals(print))) {
      refusals.add(
          "itinera.id-key is not the key that customer ids were made with, and every customer"
              + " would get another id. Set the former key again (ITINERA_ID_KEY), or give"
              + " everybody a new id: itinera nightly --full-refresh");
    }
  }

  private static void refuseMixture(Outdated each, Set<String> refusals) {
    MadeWith today = each.today();
    for (String name : today.differing(each.others())) {
      String before = each.others().get(name);
      String now = today.settings().get(name);
      if (!MadeWith.isFixed(name) || before == null || now == null || follows(name, each)) {
        continue;
      }
      boolean isOfAll = name.startsWith("itinera.");
      refusals.add(
          "%s is %s, but what is loaded was made with %s. Set it back, or read all raw files %sanew: itinera nightly --reload %s (without --from and --to)"
              .formatted(
                  isOfAll ? name : "itinera.sources." + today.source() + "." + name,
                  now,
                  before,
                  isOfAll ? "" : "of the source ",
                  isOfAll ? "all" : today.source()));
    }
  }

  /** Whether the source's zone is another one only because it has none of its own. */
  private static boolean follows(String name, Outdated each) {
    Map<String, String> today = each.today().settings();
    return name.equals(MadeWith.SOURCE_ZONE)
        && today.get(name).equals(today.get(MadeWith.ZONE))
        && each.others().get(name).equals(each.others().get(MadeWith.ZONE));
  }
}
