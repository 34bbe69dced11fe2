package io.itinera.testing;

import io.itinera.core.rule.ExchangeRates;
import io.itinera.core.source.BotRules;
import io.itinera.core.source.DeliveryRules;
import io.itinera.core.source.FileRules;
import io.itinera.core.source.LabelRules;
import io.itinera.core.source.LoadingRules;
import io.itinera.core.source.MappingRules;
import io.itinera.core.source.SourceRules;
import io.itinera.core.source.ValueRules;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A source for tests: says only what a test is about. */
public final class SourceBuilder {

  private final String name;
  private FileRules.Format format = FileRules.Format.CSV;
  private final Map<String, String> options = new HashMap<>(Map.of("header", "true"));
  private String path = "";
  private ZoneId zone = ZoneId.of("Europe/Berlin");
  private Optional<String> schema = Optional.empty();
  private Optional<String> records = Optional.empty();
  private Optional<String> where = Optional.empty();
  private Optional<String> versionAt = Optional.empty();
  private Optional<String> rank = Optional.empty();
  private DeliveryRules.Winner winner = DeliveryRules.Winner.LATEST_UPDATED;
  private SourceRules.Unidentified unidentified = SourceRules.Unidentified.REJECT;
  private boolean redated;
  private SourceRules.Orders orders = SourceRules.Orders.LINES;
  private double maxRejectedShare = 1;
  private double maxWithdrawnShare = 1;
  private Optional<MappingRules> touchpoint = Optional.empty();
  private Optional<MappingRules> profile = Optional.empty();
  private Optional<MappingRules> cost = Optional.empty();
  private Optional<String> headerFile = Optional.empty();
  private Map<String, String> skipRows = Map.of();
  private FileRules.ShortRows shortRows = FileRules.ShortRows.MALFORMED;
  private Optional<String> regex = Optional.empty();
  private List<FileRules.Lookup> lookups = List.of();
  private Optional<String> explode = Optional.empty();
  private String[] ignored = {};
  private Optional<String> manifest = Optional.empty();
  private List<String> timeFormats = List.of();
  private boolean decimalComma;

  public SourceBuilder(String name) {
    this.name = name;
  }

  /** Placeholders, Berlin's days, an hour of tolerance, and a rule or two for each label. */
  public static LoadingRules rules() {
    return new LoadingRules(
        ZoneId.of("Europe/Berlin"),
        "EUR",
        ExchangeRates.none(),
        Set.of("null", "none", "anonymous", "unknown", "n/a", "-1"),
        Duration.ofHours(1),
        new BotRules("(?i)bot", 3, true),
        new LabelRules(
            List.of(
                new LabelRules.Rule("conversion", "type = 'purchase'"),
                new LabelRules.Rule("awareness", "marketing_channel = 'paid_search'")),
            "consideration"),
        new LabelRules(
            List.of(
                new LabelRules.Rule("broken", "cast(campaign as int) / 0 > 1"),
                new LabelRules.Rule("paid_search", "medium = 'cpc'")),
            null));
  }

  public SourceBuilder format(FileRules.Format value) {
    format = value;
    return this;
  }

  public SourceBuilder option(String key, String value) {
    options.put(key, value);
    return this;
  }

  public SourceBuilder path(String value) {
    path = value;
    return this;
  }

  public SourceBuilder zone(String value) {
    zone = ZoneId.of(value);
    return this;
  }

  public SourceBuilder schema(String value) {
    schema = Optional.of(value);
    return this;
  }

  public SourceBuilder records(String value) {
    records = Optional.of(value);
    return this;
  }

  public SourceBuilder where(String value) {
    where = Optional.of(value);
    return this;
  }

  public SourceBuilder versionAt(String value) {
    versionAt = Optional.of(value);
    return this;
  }

  public SourceBuilder rank(String value) {
    rank = Optional.of(value);
    return this;
  }

  public SourceBuilder earliestWins() {
    winner = DeliveryRules.Winner.EARLIEST_RECEIVED;
    return this;
  }

  public SourceBuilder ordersCountOnce() {
    orders = SourceRules.Orders.ONCE;
    return this;
  }

  public SourceBuilder keepUnidentified() {
    unidentified = SourceRules.Unidentified.KEEP;
    return this;
  }

  public SourceBuilder redated() {
    redated = true;
    return this;
  }

  public SourceBuilder maxRejectedShare(double value) {
    maxRejectedShare = value;
    return this;
  }

  /** A touchpoint block; a null record id hashes the text. */
  public SourceBuilder touchpoint(
      String recordId, Map<String, String> columns, Map<String, String> identifiers) {
    touchpoint = Optional.of(MappingRules.of(Optional.ofNullable(recordId), columns, identifiers));
    return this;
  }

  /** Any touchpoint block. */
  public SourceBuilder touchpoint(MappingRules block) {
    touchpoint = Optional.of(block);
    return this;
  }

  /** A profile block with its own condition; null is none. */
  public SourceBuilder profile(
      String where, String recordId, Map<String, String> columns, Map<String, String> identifiers) {
    profile =
        Optional.of(
            new MappingRules(
                Optional.empty(),
                Optional.ofNullable(where),
                Optional.ofNullable(recordId),
                columns,
                identifiers,
                Map.of()));
    return this;
  }

  /** Any profile block. */
  public SourceBuilder profile(MappingRules block) {
    profile = Optional.of(block);
    return this;
  }

  /** A cost block. */
  public SourceBuilder cost(String recordId, Map<String, String> columns) {
    cost = Optional.of(MappingRules.of(Optional.of(recordId), columns, Map.of()));
    return this;
  }

  public SourceBuilder headerFile(String value) {
    headerFile = Optional.of(value);
    return this;
  }

  public SourceBuilder skipRows(Map<String, String> patterns) {
    skipRows = patterns;
    return this;
  }

  /** Rows with fewer fields than names are read. */
  public SourceBuilder fillShortRows() {
    shortRows = FileRules.ShortRows.FILL;
    return this;
  }

  public SourceBuilder regex(String value) {
    regex = Optional.of(value);
    return this;
  }

  public SourceBuilder lookup(String column, String from, String file) {
    return lookup(column, from, file, "", "");
  }

  /** A lookup in two columns of a CSV file. */
  public SourceBuilder lookup(String column, String from, String file, String key, String value) {
    lookups = List.of(new FileRules.Lookup(column, from, file, key, value));
    return this;
  }

  public SourceBuilder explode(String value) {
    explode = Optional.of(value);
    return this;
  }

  public SourceBuilder ignore(String... values) {
    ignored = values.clone();
    return this;
  }

  public SourceBuilder manifest(String value) {
    manifest = Optional.of(value);
    return this;
  }

  public SourceBuilder timeFormats(String... values) {
    timeFormats = List.of(values);
    return this;
  }

  public SourceBuilder decimalComma() {
    decimalComma = true;
    return this;
  }

  public SourceRules build() {
    return new SourceRules(
        name,
        path,
        new FileRules(
            format,
            options,
            schema,
            records,
            headerFile,
            skipRows,
            shortRows,
            regex,
            lookups,
            explode,
            Set.of(ignored),
            manifest),
        new ValueRules(zone, "DE", timeFormats, decimalComma),
        Set.of(),
        where,
        new DeliveryRules(
            rank, versionAt, winner, redated, DeliveryRules.Rewritten.REPLACES, maxWithdrawnShare),
        unidentified,
        orders,
        maxRejectedShare,
        touchpoint,
        profile,
        cost);
  }
}
