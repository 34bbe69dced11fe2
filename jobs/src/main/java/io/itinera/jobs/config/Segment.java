package io.itinera.jobs.config;

import io.itinera.core.segment.ClusterRules;
import io.itinera.core.trail.FunnelRules;
import io.itinera.core.trail.TouchPattern;
import java.math.BigDecimal;

/** Which customers are meant. Whether somebody is one may be unknown, as a value is missing. */
public sealed interface Segment {

  /** Whether pages must be known to tell who is one; a name tells nothing of what it stands for. */
  default boolean asksForPage() {
    return false;
  }

  /**
   * Those of whom a predicate holds.
   *
   * @param sql over columns of customers and rfm_scores, persona, persona_id and rfm_segment, and
   *     names of segments
   */
  record Predicate(String sql) implements Segment {}

  /** Those who have a match. */
  record Matching(TouchPattern pattern) implements Segment {
    @Override
    public boolean asksForPage() {
      return pattern.asksForPage();
    }
  }

  /**
   * Those who came so far in a funnel.
   *
   * @param step its number, from 1
   */
  record InFunnel(FunnelRules funnel, int step, Reach reach) implements Segment {
    @Override
    public boolean asksForPage() {
      return funnel.asksForPage();
    }
  }

  /** How far somebody came, seen from a step. */
  enum Reach {
    /** To the step, and perhaps further. */
    REACHED,
    /** Into the funnel, and not to the step. */
    NOT_REACHED,
    /** To the step, and not to the next. */
    STOPPED,
    /** The same, and the time for the next is over. */
    DROPPED,
    /** The same, and there is time for the next. */
    OPEN
  }

  /**
   * Those above or below a quantile; of several with the same value either all or none.
   *
   * @param metric SQL as that of {@link Predicate}
   * @param share a customer stands at the share of all who have less
   * @param isAbove whether those who stand at it or higher are meant, or those below
   */
  record Quantile(String metric, BigDecimal share, boolean isAbove) implements Segment {}

  /**
   * Those of a cluster of customers whose paths are alike.
   *
   * @param number of the cluster, from 1
   */
  record InCluster(ClusterRules rules, int number) implements Segment {}

  /** The one that has a name. */
  record Named(String name) implements Segment {}

  /** Those who are not in another; of whom that is unknown, this is, too. */
  record Not(Segment segment) implements Segment {
    @Override
    public boolean asksForPage() {
      return segment.asksForPage();
    }
  }

  /** All who are not in another, or of whom that is unknown. */
  record Rest(Segment segment) implements Segment {
    @Override
    public boolean asksForPage() {
      return segment.asksForPage();
    }
  }

  /** Those of whom it is unknown whether they are in another. */
  record Unknown(Segment segment) implements Segment {
    @Override
    public boolean asksForPage() {
      return segment.asksForPage();
    }
  }
}
