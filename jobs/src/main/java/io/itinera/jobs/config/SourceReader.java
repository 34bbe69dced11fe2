package io.itinera.jobs.config;

import io.itinera.core.pattern.RegexGroups;
import io.itinera.core.source.DeliveryRules;
import io.itinera.core.source.DeliveryRules.Rewritten;
import io.itinera.core.source.DeliveryRules.Winner;
import io.itinera.core.source.FileRules;
import io.itinera.core.source.FileRules.Format;
import io.itinera.core.source.FileRules.Lookup;
import io.itinera.core.source.FileRules.ShortRows;
import io.itinera.core.source.MappingRules;
import io.itinera.core.source.SourceRules;
import io.itinera.core.source.SourceRules.Orders;
import io.itinera.core.source.SourceRules.Unidentified;
import io.itinera.core.source.ValueRules;
import io.itinera.core.spark.SeveralClocks;
import io.itinera.core.table.CampaignCosts;
import io.itinera.core.table.Origin;
import io.itinera.core.table.Profiles;
import io.itinera.core.table.Table;
import io.itinera.core.table.Touchpoints;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the blocks below {@code itinera.sources}.
 *
 * @param timeZone zone of times that name none, where a source says no other
 * @param region country of telephone numbers, where a source says no other
 * @param maxRejectedShare where a source says no other
 * @param maxWithdrawnShare where a source says no other
 * @param identifierTypes types that identifiers may have
 */
record SourceReader(
    ZoneId timeZone,
    String region,
    double maxRejectedShare,
    double maxWithdrawnShare,
    Set<String> identifierTypes) {

  // The engine fills these itself.
  private static final Set<String> MADE =
      Stream.concat(
              Origin.COLUMNS.stream(),
              Stream.of(
                  Touchpoints.TOUCHPOINT_ID,
                  Touchpoints.SOURCE,
                  Touchpoints.IDENTIFIERS,
                  Touchpoints.SET_ID,
                  Touchpoints.SET_CHECK,
                  Touchpoints.EVENT_DATE,
                  Touchpoints.BOT_REASON,
                  Touchpoints.RECORDED_VALUE,
                  Touchpoints.REPEATS_TOUCHPOINT_ID,
                  Touchpoints.LOADED_RUN_ID,
                  Touchpoints.RECORD_VERSION,
                  Touchpoints.RECORD_HASH,
                  Profiles.RECORD_ID,
                  Profiles.MERGED))
          .collect(Collectors.toUnmodifiableSet());

  private static final Set<String> TOUCHPOINT_MUSTS =
      Set.of(Touchpoints.OCCURRED_AT, Touchpoints.CHANNEL, Touchpoints.TYPE);

  /** Columns that several clocks may tell. */
  private static final Set<String> CLOCKS =
      Set.of(
          Touchpoints.OCCURRED_AT,
          Profiles.CREATED_AT,
          Profiles.UPDATED_AT,
          MappingRules.RECEIVED_AT);

  private static final Set<String> COST_MUSTS = Set.of(CampaignCosts.DATE, CampaignCosts.COST);

  private static final List<String> YIELDS = List.of("touchpoint", "profile", "cost", "deletes");

  List<SourceRules> read(Settings sources) {
    return sources.named().entrySet().stream()
        .map(source -> read(source.getKey(), source.getValue()))
        .toList();
  }

  private SourceRules read(String name, Settings source) {
    requireName(name, source);
    source.find("preset", SettingKind.oneOf(Presets.NAMES));
    if (!source.find("preset", SettingKind.TEXT).map(Presets.NAMES::contains).orElse(true)) {
      // Everything the preset would have brought is missing: not worth a word.
      source.skip();
      return null;
    }
    return source.build(() -> rules(name, source));
  }

  private static void requireName(String name, Settings source) {
    if (!name.matches("[a-z][a-z0-9_-]*")) {
      source.refuse("a source's name must be small letters, digits, _ and -, such as web_shop");
    }
  }

  private SourceRules rules(String name, Settings source) {
    FileRules cut = files(source);
    NamedValues named = NamedValues.read(source, columns(cut));
    SettingKind<String> sql = named.sql();
    FileRules files = source.find("explode", sql).map(cut::exploding).orElse(cut);
    requireYield(source);
    Unidentified unidentified =
        source
            .find("unidentified", SettingKind.choice(Unidentified.class))
            .orElse(Unidentified.REJECT);
    Optional<Settings> deletes = source.findSection("deletes");
    deletes.ifPresent(SourceReader::requireDeletes);
    return new SourceRules(
        name,
        source.get("path", SettingKind.FILLED),
        files,
        values(source),
        named.names(),
        source.find("where", sql),
        deliveries(source, sql),
        unidentified,
        source.find("orders", SettingKind.choice(Orders.class)).orElse(Orders.LINES),
        source.find("max-rejected-share", SettingKind.decimal(0, 1)).orElse(maxRejectedShare),
        deletes.isPresent()
            ? deletes.flatMap(block -> tombstone(block, "touchpoint", sql))
            : source.findSection("touchpoint").map(block -> touchpoint(block, sql, unidentified)),
        deletes.isPresent()
            ? deletes.flatMap(block -> tombstone(block, "profile", sql))
            : source.findSection("profile").map(block -> profile(block, sql)),
        source.findSection("cost").map(block -> cost(block, sql)));
  }

  private DeliveryRules deliveries(Settings source, SettingKind<String> sql) {
    return new DeliveryRules(
        source.find("rank", sql),
        source.find("version-at", sql),
        source.find("winner", SettingKind.choice(Winner.class)).orElse(Winner.LATEST_UPDATED),
        source.find("redated", SettingKind.FLAG).orElse(true),
        source.find("rewritten", SettingKind.choice(Rewritten.class)).orElse(Rewritten.REPLACES),
        source.find("max-withdrawn-share", SettingKind.decimal(0, 1)).orElse(maxWithdrawnShare));
  }

  private ValueRules values(Settings source) {
    return new ValueRules(
        source.find("time-zone", SettingKind.ZONE).orElse(timeZone),
        source.find("region", SettingKind.REGION).orElse(region),
        source.has("time-formats")
            ? source.list("time-formats", SqlInSettings.TIME_FORMAT)
            : List.of(),
        source.find("decimal-comma", SettingKind.FLAG).orElse(false));
  }

  /** How files are cut into records, but for what {@code explode} says. */
  private static FileRules files(Settings source) {
    Format format = source.get("format", SettingKind.choice(Format.class));
    FileRules files =
        new FileRules(
            format,
            source.findSection("options").map(Settings::dotted).orElse(Map.of()),
            source.find("schema", SqlInSettings.SCHEMA).filter(ddl -> !ddl.isEmpty()),
            source.find("records", SettingKind.FILLED),
            source.find("header-file", SettingKind.FILLED),
            source
                .findSection("skip-rows")
                .map(looks -> looks.values(SqlInSettings.PATTERN))
                .orElse(Map.of()),
            source
                .find("short-rows", SettingKind.choice(ShortRows.class))
                .orElse(ShortRows.MALFORMED),
            source.find("regex", SqlInSettings.PATTERN),
            source.findSection("lookups").map(SourceReader::lookups).orElse(List.of()),
            Optional.empty(),
            source.has("ignore") ? Set.copyOf(source.list("ignore", SettingKind.FILLED)) : Set.of(),
            source.find("manifest", SettingKind.FILLED));
    requireFit(source, files);
    return files;
  }

  private static List<Lookup> lookups(Settings section) {
    List<Lookup> lookups = new ArrayList<>();
    section
        .named()
        .forEach(
            (name, lookup) -> {
              lookups.add(
                  new Lookup(
                      name,
                      lookup.get("column", SettingKind.FILLED),
                      lookup.get("file", SettingKind.FILLED),
                      lookup.find("key", SettingKind.FILLED).orElse(""),
                      lookup.find("value", SettingKind.FILLED).orElse("")));
              if (lookup.has("key") != lookup.has("value")) {
                lookup.refuse(
                    "give both key and value, the columns of a CSV file, or none for lines of code,"
                        + " tab, meaning");
              }
            });
    return lookups;
  }

  /** Names that expressions may use; empty where the files' headers tell. */
  private static Optional<Set<String>> columns(FileRules files) {
    if (files.format() == Format.TEXT) {
      return Optional.of(
          files.regex().map(regex -> Set.copyOf(RegexGroups.of(regex))).orElse(Set.of("value")));
    }
    return files
        .schema()
        .map(
            ddl -> {
              Set<String> names = new TreeSet<>(SqlInSettings.columnsOf(ddl));
              files.lookups().forEach(lookup -> names.add(lookup.name()));
              return names;
            });
  }

  private static void requireYield(Settings source) {
    if (YIELDS.stream().noneMatch(source.names()::contains)) {
      source.refuse("yields nothing: give it one of the blocks " + String.join(", ", YIELDS));
    }
  }

  private static void requireDeletes(Settings deletes) {
    if (!deletes.has("touchpoint") && !deletes.has("profile")) {
      deletes.refuse(
          "deletes nothing: give it touchpoint or profile, the record-id of what is gone");
    }
  }

  private static void requireFit(Settings source, FileRules files) {
    boolean header = "true".equalsIgnoreCase(files.options().getOrDefault("header", "false"));
    boolean named = header || files.schema().isPresent() || files.headerFile().isPresent();
    boolean separated = files.format() == Format.CSV || files.format() == Format.TSV;
    if (separated && !named) {
      source.refuse(
          "columns have no names: set options { header = true }, a schema or a header-file");
    }
    boolean nested = files.format() == Format.JSON || files.format() == Format.XML;
    if (!nested && files.records().isPresent()) {
      source.refuse("records", "only json and xml documents have records inside; leave it out");
    }
    if (files.format() == Format.XML && (files.records().isEmpty() || files.schema().isEmpty())) {
      source.refuse("xml needs records (the name of the element) and a schema");
    }
    for (String key : List.of("header-file", "skip-rows", "lookups")) {
      if (!separated && source.has(key)) {
        source.refuse(key, "only csv and tsv files have rows with a header; leave it out");
      }
    }
    if (files.format() != Format.TEXT && files.regex().isPresent()) {
      source.refuse("regex", "only text has lines to be split; leave it out");
    }
  }

  private static Optional<MappingRules> tombstone(
      Settings block, String kind, SettingKind<String> sql) {
    String of = block.get("source", SettingKind.NAME);
    return block
        .find(kind, sql)
        .map(
            recordId ->
                new MappingRules(
                    Optional.of(of),
                    Optional.empty(),
                    Optional.of(recordId),
                    Map.of(MappingRules.DELETED, "true"),
                    Map.of(),
                    Map.of()));
  }

  private MappingRules touchpoint(
      Settings block, SettingKind<String> sql, Unidentified unidentified) {
    MappingRules mapping = mapping(block, sql, Touchpoints.TABLE, TOUCHPOINT_MUSTS);
    if (mapping.columns().containsKey(MappingRules.DELETED) && mapping.recordId().isEmpty()) {
      block.refuse("deleted needs a record-id, which says what is gone");
    }
    if (mapping.identifiers().isEmpty() && unidentified == Unidentified.REJECT) {
      block.refuse(
          "every record would be rejected: give it identifiers, or set unidentified = keep");
    }
    return mapping;
  }

  private MappingRules profile(Settings block, SettingKind<String> sql) {
    MappingRules mapping = mapping(block, sql, Profiles.TABLE, Set.of());
    if (mapping.recordId().isEmpty()) {
      block.refuse("record-id is missing: what makes two records the same person's");
    }
    if (mapping.identifiers().isEmpty()) {
      block.refuse("a profile needs identifiers, or it describes nobody");
    }
    return mapping;
  }

  private MappingRules cost(Settings block, SettingKind<String> sql) {
    return mapping(block, sql, CampaignCosts.TABLE, COST_MUSTS);
  }

  private MappingRules mapping(
      Settings block, SettingKind<String> sql, Table table, Set<String> musts) {
    Map<String, String> columns = new TreeMap<>();
    Arrays.stream(table.schema().fieldNames())
        .filter(column -> !MADE.contains(column))
        .forEach(
            column ->
                expression(block, column, musts.contains(column), sql)
                    .ifPresent(text -> columns.put(column, text)));
    boolean isOfSomebody = !table.equals(CampaignCosts.TABLE);
    if (isOfSomebody) {
      for (String column : List.of(MappingRules.DELETED, MappingRules.RECEIVED_AT)) {
        expression(block, column, false, sql).ifPresent(text -> columns.put(column, text));
      }
    }
    if (table.equals(Touchpoints.TABLE)) {
      block.find(MappingRules.PAGE, sql).ifPresent(text -> columns.put(MappingRules.PAGE, text));
    }
    return new MappingRules(
        Optional.empty(),
        block.find("where", sql),
        block.find("record-id", sql),
        columns,
        isOfSomebody ? named(block, "identifiers", sql) : Map.of(),
        table.equals(Profiles.TABLE) ? named(block, "always", sql) : Map.of());
  }

  /** The expression for a column; those of several clocks, in a list, become one. */
  private static Optional<String> expression(
      Settings block, String column, boolean must, SettingKind<String> sql) {
    String key = SettingKind.kebab(column);
    if (CLOCKS.contains(column) && block.hasList(key)) {
      List<String> clocks = block.list(key, sql);
      if (clocks.isEmpty()) {
        block.refuse(key, "names no clock; leave it out, or write one expression");
      }
      return Optional.of(clocks).filter(list -> !list.isEmpty()).map(SeveralClocks::expression);
    }
    return must ? Optional.of(block.get(key, sql)) : block.find(key, sql);
  }

  private Map<String, String> named(Settings block, String key, SettingKind<String> sql) {
    return block.findSection(key).map(section -> identifiers(section, sql)).orElse(Map.of());
  }

  private Map<String, String> identifiers(Settings section, SettingKind<String> sql) {
    Map<String, String> identifiers = new TreeMap<>();
    for (String type : identifierTypes) {
      section.find(type, sql).ifPresent(text -> identifiers.put(type, text));
    }
    return identifiers;
  }
}
