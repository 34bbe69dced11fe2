package io.itinera.jobs.config;

import com.typesafe.config.ConfigValueFactory;
import io.itinera.core.trail.FunnelRules;
import io.itinera.jobs.config.Segment.Not;
import io.itinera.jobs.config.Segment.Predicate;
import io.itinera.jobs.config.Segment.Quantile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads the segments that have names. */
final class SegmentReader {

  private static final Segment NOBODY = new Predicate("false");

  private SegmentReader() {}

  /**
   * Reads them.
   *
   * @param asked section whose list {@code segments} names those that nights tell funnels of
   */
  static SegmentRules read(Settings segments, Settings asked, List<FunnelRules> funnels) {
    Set<String> names = segments.names();
    SettingKind<Segment> kind = kind(new SegmentText(funnels, names));
    Map<String, Segment> named = new TreeMap<>(segments.values(kind));
    SegmentRules rules =
        new SegmentRules(
            funnels, named, asked.list("segments", oneOf(names)).stream().distinct().toList());
    for (String name : names) {
      try {
        SegmentRules.requireFree(name);
        requireEnd(name, rules, List.of());
      } catch (IllegalArgumentException e) {
        segments.refuse(name, e.getMessage());
      }
    }
    return rules;
  }

  private static SettingKind<String> oneOf(Set<String> names) {
    String allowed =
        "names of itinera.segments, which has "
            + (names.isEmpty() ? "none" : String.join(", ", names));
    return new SettingKind<>(
        allowed,
        "x",
        value -> {
          String name = SettingKind.FILLED.convert().apply(value);
          if (!names.contains(name)) {
            throw new IllegalArgumentException("must be " + allowed);
          }
          return name;
        });
  }

  private static SettingKind<Segment> kind(SegmentText text) {
    return new SettingKind<>(
        SegmentText.ALLOWED,
        NOBODY,
        value -> {
          Segment segment = text.read(SettingKind.FILLED.convert().apply(value));
          checkSql(segment, text.segments());
          return segment;
        });
  }

  private static void checkSql(Segment segment, Set<String> names) {
    if (segment instanceof Not not) {
      checkSql(not.segment(), names);
    }
    String sql =
        segment instanceof Predicate predicate
            ? predicate.sql()
            : segment instanceof Quantile quantile ? quantile.metric() : "true";
    Set<String> known = new TreeSet<>(SegmentRules.COLUMNS);
    known.addAll(names);
    var unused =
        SqlInSettings.over(Optional.of(known)).convert().apply(ConfigValueFactory.fromAnyRef(sql));
  }

  /** Fails where a segment is made of itself. */
  private static void requireEnd(String name, SegmentRules rules, List<String> before) {
    List<String> way = new ArrayList<>(before);
    way.add(name);
    if (before.contains(name)) {
      throw new IllegalArgumentException("is made of itself: " + String.join(" > ", way));
    }
    rules.namesIn(rules.named().get(name)).forEach(other -> requireEnd(other, rules, way));
  }
}
