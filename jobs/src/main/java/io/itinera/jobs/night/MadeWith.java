package io.itinera.jobs.night;

import io.itinera.core.source.LoadingRules;
import io.itinera.core.source.MappingRules;
import io.itinera.core.source.SourceRules;
import io.itinera.core.table.SourceSettings;
import io.itinera.jobs.config.ItineraConfig;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the rows of a source are made with: each setting with its value, or with a hash where it is
 * long. What merely decides whether a file may be loaded is not among them.
 *
 * @param source name of the source, or {@link SourceSettings#WHOLE}
 * @param settings name of each setting to its value
 */
public record MadeWith(String source, SortedMap<String, String> settings) {

  static final String ZONE = "itinera.time-zone";
  static final String CURRENCY = "itinera.currency";
  static final String SOURCE_ZONE = "time-zone";
  static final String ID_KEY = "itinera.id-key";

  private static final String RECORD_ID = ".record-id";

  /** What is a setting of its own here, or shapes no row. */
  private static final Set<String> NOT_MAPPING =
      Set.of(
          "name",
          "path",
          "files",
          "timeZone",
          "recordId",
          "redated",
          "rewritten",
          "maxRejectedShare",
          "maxWithdrawnShare");

  private static final Set<String> NOT_SHARED =
      Set.of(
          "timeZone", "currency", "rates", "placeholders", "bots", "stages", "marketingChannels");

  public MadeWith {
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
  }

  /** What rows of {@code source} are made with under {@code config}. */
  public static MadeWith of(SourceRules source, ItineraConfig config) {
    SortedMap<String, String> settings = new TreeMap<>();
    settings.put(ZONE, config.timeZone().getId());
    settings.put(CURRENCY, config.currency());
    settings.put(SOURCE_ZONE, source.values().timeZone().getId());
    putRecordId(settings, "touchpoint", source.touchpoint());
    putRecordId(settings, "profile", source.profile());
    putRecordId(settings, "cost", source.cost());
    String path = source.path().replace(config.landing(), "");
    settings.put("files", Fingerprint.of(List.of(path, source.files())));
    settings.put("mapping", Fingerprint.without(NOT_MAPPING, source));
    LoadingRules shared = config.raw();
    settings.put("loading", Fingerprint.without(NOT_SHARED, shared));
    settings.put("placeholders", Fingerprint.of(shared.placeholders()));
    settings.put(
        "exchange-rates",
        config.exchangeRates().map(r -> "max-age " + r.maxAgeDays() + " days").orElse("none"));
    settings.put(
        "identity.types",
        new TreeSet<>(config.identity().personTypes()).stream().collect(Collectors.joining(", ")));
    if (source.touchpoint().isPresent()) {
      settings.put("bots", Fingerprint.of(shared.bots()));
      settings.put("stages", Fingerprint.of(shared.stages()));
      settings.put("marketing-channels", Fingerprint.of(shared.marketingChannels()));
    }
    return new MadeWith(source.name(), settings);
  }

  /** What customer ids are made with: of the key no more than a hash that it keys itself. */
  public static MadeWith ofCustomerIds(ItineraConfig config) {
    String print = Fingerprint.keyed(config.identity().idKey(), SourceSettings.WHOLE);
    return new MadeWith(SourceSettings.WHOLE, new TreeMap<>(Map.of(ID_KEY, print)));
  }

  /** The same for the same settings, and for no others. */
  public String fingerprint() {
    return Fingerprint.of(settings);
  }

  /** Names of the settings that have other values in {@code others}. */
  List<String> differing(Map<String, String> others) {
    Set<String> names = new TreeSet<>(settings.keySet());
    names.addAll(others.keySet());
    names.removeIf(name -> Objects.equals(settings.get(name), others.get(name)));
    return List.copyOf(names);
  }

  /**
   * Whether rows made under another value of the setting {@code name} must not stand beside those
   * of today: they would have other days, another currency or other ids.
   */
  static boolean isFixed(String name) {
    return Set.of(ZONE, CURRENCY, SOURCE_ZONE).contains(name) || name.endsWith(RECORD_ID);
  }

  private static void putRecordId(
      SortedMap<String, String> settings, String block, Optional<MappingRules> rules) {
    rules.ifPresent(
        mapping ->
            settings.put(
                block + RECORD_ID,
                mapping.recordId().map(text -> text.strip().replaceAll("\\s+", " ")).orElse("none")
                    + mapping.of().map(owner -> " of " + owner).orElse("")));
  }
}
