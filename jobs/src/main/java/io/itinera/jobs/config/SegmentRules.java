package io.itinera.jobs.config;

import io.itinera.core.spark.NamesInSql;
import io.itinera.core.table.Customers;
import io.itinera.core.table.RfmScores;
import io.itinera.core.trail.FunnelRules;
import io.itinera.jobs.config.Segment.Named;
import io.itinera.jobs.config.Segment.Not;
import io.itinera.jobs.config.Segment.Predicate;
import io.itinera.jobs.config.Segment.Quantile;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The segments that have names, and all that the text of another may name.
 *
 * @param funnels whose steps may be named
 * @param named by name
 * @param nightly names of those that the funnels of every night are told of
 */
public record SegmentRules(
    List<FunnelRules> funnels, Map<String, Segment> named, List<String> nightly) {

  /** Columns of rfm_scores that predicates call as they are called there. */
  public static final List<String> SCORES =
      List.of(
          RfmScores.RECENCY_DAYS,
          RfmScores.FREQUENCY,
          RfmScores.MONETARY,
          RfmScores.R_SCORE,
          RfmScores.F_SCORE,
          RfmScores.M_SCORE,
          RfmScores.RFM_CELL,
          RfmScores.PREVIOUS_SEGMENT);

  /** What predicates call the segment of rfm_scores. */
  public static final String RFM_SEGMENT = "rfm_segment";

  public static final String PERSONA = "persona";
  public static final String PERSONA_ID = "persona_id";

  /** All columns that predicates may use. */
  static final List<String> COLUMNS =
      Stream.of(
              List.of(Customers.TABLE.schema().fieldNames()),
              SCORES,
              List.of(RFM_SEGMENT, PERSONA, PERSONA_ID))
          .flatMap(List::stream)
          .toList();

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

  public SegmentRules {
    funnels = List.copyOf(funnels);
    named = Collections.unmodifiableMap(new TreeMap<>(named));
    nightly = List.copyOf(nightly);
  }

  /** What the funnels of a night depend on: nothing where they are told of no segment. */
  public List<Object> ofNights() {
    return nightly.isEmpty() ? List.of() : List.of(nightly, named);
  }

  /** Whether pages must be known for that. */
  boolean askForPagesOfNights() {
    return !nightly.isEmpty() && named.values().stream().anyMatch(Segment::asksForPage);
  }

  /**
   * Reads what somebody wrote: SQL, or a kind, a colon and what belongs to the kind.
   *
   * @throws IllegalArgumentException if it cannot be read; says what is allowed
   */
  public Segment read(String text) {
    return new SegmentText(funnels, named.keySet()).read(text);
  }

  /**
   * These and one more.
   *
   * @param text a segment that begins with its kind, or else a pattern
   * @throws IllegalArgumentException if it cannot be read, or the name stands for something else
   */
  public SegmentRules and(String name, String text) {
    requireFree(name);
    if (named.containsKey(name)) {
      throw new IllegalArgumentException("itinera.segments or --with has that name already");
    }
    Map<String, Segment> more = new TreeMap<>(named);
    more.put(name, read(SegmentText.hasKind(text) ? text : "pattern:" + text));
    return new SegmentRules(funnels, more, nightly);
  }

  /** Fails where {@code name} cannot stand in SQL, or stands for something else there. */
  static void requireFree(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a segment's name is small letters, digits and _, such as big_spenders");
    }
    if (COLUMNS.contains(name)) {
      throw new IllegalArgumentException(
          "%s is a column of customers or scores, choose another name".formatted(name));
    }
  }

  /** Names of the segments that {@code segment} is made of. */
  public Set<String> namesIn(Segment segment) {
    if (segment instanceof Named other) {
      return Set.of(other.name());
    }
    if (segment instanceof Not not) {
      return namesIn(not.segment());
    }
    if (segment instanceof Predicate predicate) {
      return namesIn(predicate.sql());
    }
    return segment instanceof Quantile quantile ? namesIn(quantile.metric()) : Set.of();
  }

  private Set<String> namesIn(String sql) {
    Set<String> names = new TreeSet<>(named.keySet());
    names.retainAll(NamesInSql.of(sql));
    return names;
  }
}
