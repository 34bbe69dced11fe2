package io.itinera.jobs.config;

import io.itinera.core.segment.ClusterRules;
import io.itinera.core.segment.ClusterRules.By;
import io.itinera.core.trail.FunnelRules;
import io.itinera.core.trail.PatternException;
import io.itinera.core.trail.TouchPattern;
import io.itinera.jobs.config.Segment.InCluster;
import io.itinera.jobs.config.Segment.InFunnel;
import io.itinera.jobs.config.Segment.Matching;
import io.itinera.jobs.config.Segment.Named;
import io.itinera.jobs.config.Segment.Not;
import io.itinera.jobs.config.Segment.Predicate;
import io.itinera.jobs.config.Segment.Quantile;
import io.itinera.jobs.config.Segment.Reach;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How segments are written: {@code not}, a kind and a colon may stand in front; without a kind it
 * is SQL.
 *
 * @param funnels whose steps may be named
 * @param segments that may be named
 */
record SegmentText(List<FunnelRules> funnels, Set<String> segments) {

  /** What may be written, as a phrase. */
  static final String ALLOWED =
      "SQL over columns of customers, or pattern:…, funnel:NAME>=STEP, quantile:METRIC>=SHARE,"
          + " cluster:metrics:NUMBER/OF or segment:NAME (docs/paths.md)";

  private static final List<String> KINDS =
      List.of("sql", "pattern", "funnel", "quantile", "cluster", "segment");

  // Two colons are a cast.
  private static final Pattern WRITTEN =
      Pattern.compile("^\\s*+(not\\s++)?+([a-z]++)\\s*+:(?!:)(.*)", flags());

  private static final Pattern FUNNEL =
      Pattern.compile("(.+?)\\s*(>=|<|=)\\s*(\\S.*?)(\\s+(?:dropped|open))?", flags());

  private static final Pattern QUANTILE =
      Pattern.compile("(.+?)\\s*(>=|<)\\s*(0?[.][0-9]{1,9})", flags());

  private static final Pattern CLUSTER =
      Pattern.compile("(metrics|steps):([1-9][0-9]?)(?:/([1-9][0-9]?))?", flags());

  private static int flags() {
    return Pattern.CASE_INSENSITIVE | Pattern.DOTALL;
  }

  /** Whether a kind that is known stands in front. */
  static boolean hasKind(String text) {
    Matcher written = WRITTEN.matcher(text);
    return written.matches() && KINDS.contains(lower(written.group(2)));
  }

  Segment read(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("must be " + ALLOWED);
    }
    Matcher written = WRITTEN.matcher(text);
    if (!written.matches()) {
      return new Predicate(text.strip());
    }
    String kind = lower(written.group(2));
    if (!KINDS.contains(kind)) {
      throw new IllegalArgumentException(
          "has an unknown kind %s%s; kinds are %s; a pattern begins with pattern:"
              .formatted(kind, NearestName.hint(kind, KINDS), String.join(", ", KINDS)));
    }
    Segment segment = read(kind, written.group(3).strip());
    return written.group(1) == null ? segment : new Not(segment);
  }

  private Segment read(String kind, String rest) {
    return switch (kind) {
      case "sql" -> new Predicate(filled(rest, "sql:PREDICATE"));
      case "pattern" -> pattern(rest);
      case "funnel" -> funnel(rest);
      case "quantile" -> quantile(rest);
      case "cluster" -> cluster(rest);
      default -> new Named(among(rest, segments, "segment", "itinera.segments"));
    };
  }

  private static Segment pattern(String rest) {
    try {
      return new Matching(TouchPattern.parse(rest));
    } catch (PatternException e) {
      throw new IllegalArgumentException("has a pattern that cannot be read: " + e.getMessage(), e);
    }
  }

  private Segment funnel(String rest) {
    Matcher parts = FUNNEL.matcher(rest);
    boolean isRead = parts.matches();
    String ending = isRead && parts.group(4) != null ? lower(parts.group(4).strip()) : "";
    if (!isRead || (!ending.isEmpty() && !parts.group(2).equals("="))) {
      throw new IllegalArgumentException(
          "must be funnel:NAME>=STEP (reached it), funnel:NAME<STEP (entered and did not reach it)"
              + " or funnel:NAME=STEP (reached it and not the next), the last with dropped or open"
              + " behind it");
    }
    List<String> names = funnels.stream().map(FunnelRules::name).toList();
    String name = among(parts.group(1), names, "funnel", "itinera.funnels.definitions");
    FunnelRules funnel = funnels.get(names.indexOf(name));
    List<String> steps = funnel.steps().stream().map(FunnelRules.Step::name).toList();
    int step = steps.indexOf(among(parts.group(3), steps, "step", "funnel " + name)) + 1;
    Reach reach =
        switch (parts.group(2) + ending) {
          case ">=" -> Reach.REACHED;
          case "<" -> Reach.NOT_REACHED;
          case "=" -> Reach.STOPPED;
          default -> ending.equals("open") ? Reach.OPEN : Reach.DROPPED;
        };
    return new InFunnel(funnel, step, reach);
  }

  private static Segment quantile(String rest) {
    Matcher parts = QUANTILE.matcher(rest);
    BigDecimal share = parts.matches() ? new BigDecimal(parts.group(3)) : BigDecimal.ZERO;
    if (share.signum() == 0) {
      throw new IllegalArgumentException(
          "must be quantile:METRIC>=SHARE or quantile:METRIC<SHARE with a share between 0 and 1,"
              + " such as quantile:revenue>=0.9 for the highest tenth");
    }
    return new Quantile(parts.group(1), share, parts.group(2).equals(">="));
  }

  private static Segment cluster(String rest) {
    Matcher parts = CLUSTER.matcher(rest);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "must be cluster:metrics:NUMBER/OF or cluster:steps:NUMBER/OF, such as"
              + " cluster:metrics:2/5 (itinera paths clusters shows them)");
    }
    By by = By.valueOf(parts.group(1).toUpperCase(Locale.ROOT));
    ClusterRules rules = ClusterRules.of(by);
    if (parts.group(3) != null) {
      int size = Integer.parseInt(parts.group(3));
      rules = new ClusterRules(by, size, size);
    }
    int number = Integer.parseInt(parts.group(2));
    if (number > rules.most()) {
      throw new IllegalArgumentException(
          "names cluster %d of at most %d".formatted(number, rules.most()));
    }
    return new InCluster(rules, number);
  }

  private static String filled(String text, String form) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("must be " + form);
    }
    return text;
  }

  private static String among(String name, Collection<String> known, String what, String where) {
    if (!known.contains(name)) {
      throw new IllegalArgumentException(
          "names an unknown %s %s%s; %s has %s"
              .formatted(
                  what,
                  name,
                  NearestName.hint(name, known),
                  where,
                  known.isEmpty() ? "none" : String.join(", ", known)));
    }
    return name;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
