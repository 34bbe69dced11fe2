package io.itinera.jobs.config;

import io.itinera.core.raw.MappingRules;
import io.itinera.core.raw.SourceRules;
import io.itinera.core.raw.SourceRules.Format;
import io.itinera.core.raw.SourceRules.Unidentified;
import io.itinera.core.raw.SourceRules.Winner;
import io.itinera.core.table.Profiles;
import io.itinera.core.table.Table;
import io.itinera.core.table.Touchpoints;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * Reads the blocks below {@code itinera.sources}.
 *
 * @param timeZone zone of times that name none, where a source says no other
 * @param region country of telephone numbers, where a source says no other
 * @param maxRejectedShare where a source says no other
 * @param identifierTypes types that identifiers may have
 */
record SourceReader(
    ZoneId timeZone, String region, double maxRejectedShare, Set<String> identifierTypes) {

  // The engine fills these itself.
  private static final Set<String> MADE =
      Set.of(
          Touchpoints.TOUCHPOINT_ID,
          Touchpoints.SOURCE,
          Touchpoints.IDENTIFIERS,
          Touchpoints.CUSTOMER_ID,
          Touchpoints.SESSION_ID,
          Touchpoints.EVENT_DATE,
          Touchpoints.LOADED_RUN_ID,
          Touchpoints.RECORD_VERSION,
          Touchpoints.RECORD_HASH,
          Profiles.RECORD_ID);

  private static final Set<String> TOUCHPOINT_MUSTS =
      Set.of(Touchpoints.OCCURRED_AT, Touchpoints.CHANNEL, Touchpoints.TYPE);

  List<SourceRules> read(Settings sources) {
    return sources.named().entrySet().stream()
        .map(source -> read(source.getKey(), source.getValue()))
        .toList();
  }

  private SourceRules read(String name, Settings source) {
    requireName(name, source);
    source.find("preset", Kind.oneOf(Presets.NAMES));
    if (!source.find("preset", Kind.TEXT).map(Presets.NAMES::contains).orElse(true)) {
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
    Format format = source.get("format", Kind.choice(Format.class));
    Map<String, String> options =
        source.findSection("options").map(Settings::dotted).orElse(Map.of());
    Optional<String> schema = source.find("schema", Sql.SCHEMA).filter(ddl -> !ddl.isEmpty());
    Kind<String> sql = Sql.over(columns(format, schema));
    Optional<String> records = source.find("records", Kind.FILLED);
    requireFit(source, format, options, schema, records);
    Unidentified unidentified =
        source.find("unidentified", Kind.choice(Unidentified.class)).orElse(Unidentified.REJECT);
    return new SourceRules(
        name,
        format,
        options,
        source.get("path", Kind.FILLED),
        source.find("time-zone", Kind.ZONE).orElse(timeZone),
        source.find("region", Kind.REGION).orElse(region),
        schema,
        records,
        source.find("where", sql),
        source.find("version-at", sql),
        source.find("winner", Kind.choice(Winner.class)).orElse(Winner.LATEST_UPDATED),
        unidentified,
        source.find("redated", Kind.FLAG).orElse(true),
        source.find("max-rejected-share", Kind.decimal(0, 1)).orElse(maxRejectedShare),
        source.findSection("touchpoint").map(block -> touchpoint(block, sql, unidentified)),
        source.findSection("profile").map(block -> profile(block, sql)));
  }

  /** Names that expressions may use; empty where the files' headers tell. */
  private static Optional<Set<String>> columns(Format format, Optional<String> schema) {
    if (schema.isPresent()) {
      return schema.map(Sql::columnsOf);
    }
    return format == Format.TEXT ? Optional.of(Set.of("value")) : Optional.empty();
  }

  private static void requireFit(
      Settings source,
      Format format,
      Map<String, String> options,
      Optional<String> schema,
      Optional<String> records) {
    if (!source.names().contains("touchpoint") && !source.names().contains("profile")) {
      source.refuse("yields nothing: give it a touchpoint or a profile block");
    }
    boolean header = "true".equalsIgnoreCase(options.getOrDefault("header", "false"));
    if (format == Format.CSV && !header && schema.isEmpty()) {
      source.refuse("columns have no names: set options { header = true } or a schema");
    }
    if (format != Format.JSON && records.isPresent()) {
      source.refuse("records", "only json documents have records inside; leave it out");
    }
  }

  private MappingRules touchpoint(Settings block, Kind<String> sql, Unidentified unidentified) {
    MappingRules mapping = mapping(block, sql, Touchpoints.TABLE, TOUCHPOINT_MUSTS);
    if (mapping.identifiers().isEmpty() && unidentified == Unidentified.REJECT) {
      block.refuse(
          "every record would be rejected: give it identifiers, or set unidentified = keep");
    }
    return mapping;
  }

  private MappingRules profile(Settings block, Kind<String> sql) {
    MappingRules mapping = mapping(block, sql, Profiles.TABLE, Set.of());
    if (mapping.recordId().isEmpty()) {
      block.refuse("record-id is missing: what makes two records the same person's");
    }
    if (mapping.identifiers().isEmpty()) {
      block.refuse("a profile needs identifiers, else it says something about nobody");
    }
    return mapping;
  }

  private MappingRules mapping(Settings block, Kind<String> sql, Table table, Set<String> musts) {
    BiFunction<String, Boolean, Optional<String>> expression =
        (key, must) -> must ? Optional.of(block.get(key, sql)) : block.find(key, sql);
    Map<String, String> columns = new TreeMap<>();
    Arrays.stream(table.schema().fieldNames())
        .filter(column -> !MADE.contains(column))
        .forEach(
            column ->
                expression
                    .apply(Kind.kebab(column), musts.contains(column))
                    .ifPresent(text -> columns.put(column, text)));
    return new MappingRules(
        block.find("where", sql),
        block.find("record-id", sql),
        columns,
        block
            .findSection("identifiers")
            .map(section -> identifiers(section, sql))
            .orElse(Map.of()));
  }

  private Map<String, String> identifiers(Settings section, Kind<String> sql) {
    Map<String, String> identifiers = new TreeMap<>();
    for (String type : identifierTypes) {
      section.find(type, sql).ifPresent(text -> identifiers.put(type, text));
    }
    return identifiers;
  }
}
