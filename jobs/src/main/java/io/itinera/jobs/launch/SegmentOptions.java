package io.itinera.jobs.launch;

import io.itinera.core.segment.TooAlikeException;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.config.Segment;
import io.itinera.jobs.config.SegmentRules;
import io.itinera.jobs.process.MisuseException;
import io.itinera.jobs.query.SqlQuery;
import io.itinera.jobs.stage.PathQuestion.Whose;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** How the command line names segments of customers. */
final class SegmentOptions {

  /** What a segment may be, for the help of options. */
  static final String SEGMENT =
      "a predicate in SQL over columns of customers and rfm_scores, persona, persona_id,"
          + " rfm_segment and names of segments; pattern:PATTERN; funnel:NAME>=STEP (reached),"
          + " funnel:NAME=STEP (reached, and not the next), funnel:NAME<STEP;"
          + " quantile:METRIC>=SHARE, such as quantile:revenue>=0.9 for the highest tenth;"
          + " cluster:metrics:NUMBER/OF (see paths clusters); or segment:NAME of itinera.segments;"
          + " each with not in front, too (docs/paths.md)";

  @Option(
      names = "--with",
      paramLabel = "NAME=SEGMENT",
      description =
          "Gives a segment a name for others to use, as itinera.segments does; without a kind it"
              + " is a pattern (see paths match).")
  private Map<String, String> named = new TreeMap<>();

  /** Whose touchpoints are meant by --of. */
  Whose whose(ItineraConfig config, String of) {
    SegmentRules all = named(config);
    return new Whose(all, Optional.ofNullable(of).map(text -> read(all, "--of", text)));
  }

  /** The segments that may be named. */
  SegmentRules named(ItineraConfig config) {
    SegmentRules all = config.segments();
    for (Map.Entry<String, String> more : named.entrySet()) {
      try {
        all = all.and(more.getKey(), more.getValue());
      } catch (IllegalArgumentException e) {
        throw wrong("--with " + more.getKey(), more.getValue(), e);
      }
    }
    return all;
  }

  /**
   * The segment that {@code text} means.
   *
   * @param where it was written
   */
  static Segment read(SegmentRules named, String where, String text) {
    try {
      return named.read(text);
    } catch (IllegalArgumentException e) {
      throw wrong(where, text, e);
    }
  }

  /**
   * Asks {@code question}, in which somebody has typed segments.
   *
   * @throws MisuseException if one cannot be what it says
   */
  static <T> T ask(Callable<T> question) throws Exception {
    try {
      return SqlQuery.ofTyped(question);
    } catch (TooAlikeException e) {
      throw new MisuseException(e.getMessage() + ".", e);
    }
  }

  private static MisuseException wrong(String where, String text, IllegalArgumentException e) {
    return new MisuseException("%s = %s: %s".formatted(where, text, e.getMessage()), e);
  }
}
