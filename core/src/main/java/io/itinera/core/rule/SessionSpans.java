package io.itinera.core.rule;

/**
 * Columns of rows of sessions that stand between those of touchpoints, for whoever goes through
 * both in order: a row per session, in front of its first touchpoint, says where its last one is.
 * That takes no join.
 */
public final class SessionSpans {

  /**
   * Of touchpoints and of sessions: what touchpoints of a session share with no other that happens
   * at the same time.
   */
  public static final String KEY = "session_key";

  /**
   * Of sessions only: the {@link Place} of the last touchpoint; without an id where its instant
   * alone tells it.
   */
  public static final String LAST = "session_last";

  private SessionSpans() {}
}
