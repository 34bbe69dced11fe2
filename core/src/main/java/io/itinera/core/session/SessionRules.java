package io.itinera.core.session;

import io.itinera.core.spark.NamesInSql;
import io.itinera.core.table.Sessions;
import io.itinera.core.table.Table;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * When a session ends.
 *
 * @param channels rules of a channel; {@code otherwise} for channels that are missing
 * @param otherwise rules of all other channels
 * @param viewTypes touchpoint types that count as page views
 * @param conversionTypes touchpoint types that are conversions
 * @param engagedSeconds a session at least this long counts as engaged
 * @param timeZone zone of calendar days
 * @param scope which sessions these are
 * @param preceding which sessions follow one on the web
 */
public record SessionRules(
    Map<String, ChannelRules> channels,
    ChannelRules otherwise,
    Set<String> viewTypes,
    Set<String> conversionTypes,
    long engagedSeconds,
    ZoneId timeZone,
    Scope scope,
    PrecedingRules preceding) {

  /** Rules of the sessions that touchpoints are given and everything else is made of. */
  public SessionRules(
      Map<String, ChannelRules> channels,
      ChannelRules otherwise,
      Set<String> viewTypes,
      Set<String> conversionTypes,
      long engagedSeconds,
      ZoneId timeZone) {
    this(
        channels,
        otherwise,
        viewTypes,
        conversionTypes,
        engagedSeconds,
        timeZone,
        Scope.PRIMARY,
        PrecedingRules.NONE);
  }

  /**
   * Which sessions the rules make.
   *
   * @param name of the definition; empty for the primary one
   * @param acrossChannels whether touchpoints of all channels are in one session, instead of those
   *     of each channel in sessions of their own
   */
  public record Scope(String name, boolean acrossChannels) {

    /** The sessions that touchpoints are given, channel by channel. */
    public static final Scope PRIMARY = new Scope("", false);
  }

  /**
   * Rules of one channel.
   *
   * @param cut what makes two touchpoints one session
   * @param timeout longest silence inside a session; a longer one starts the next session
   * @param useSourceSession whether the vendor's session id, where there is one, defines the
   *     session
   * @param limits what else ends a session; where the vendor or a receipt defines it, only the
   *     longest duration does
   */
  public record ChannelRules(
      Cut cut, Duration timeout, boolean useSourceSession, SessionLimits limits) {

    /** Nothing else ends a session. */
    public ChannelRules(Cut cut, Duration timeout, boolean useSourceSession) {
      this(cut, timeout, useSourceSession, SessionLimits.NONE);
    }

    public ChannelRules {
      if (timeout.isZero() || timeout.isNegative()) {
        throw new IllegalArgumentException("timeout must be longer than zero, was " + timeout);
      }
    }
  }

  /** What makes two touchpoints one session. */
  public enum Cut {
    /** A silence not longer than the timeout. */
    TIMEOUT,
    /** The same conversation (source_session) or receipt (order_id); else each is its own. */
    CONVERSATION
  }

  /** The table that the sessions are kept in. */
  public Table table() {
    return scope.name().isEmpty() ? Sessions.TABLE : Sessions.named(scope.name());
  }

  public SessionRules {
    if (scope.acrossChannels() && !channels.isEmpty()) {
      throw new IllegalArgumentException(
          "sessions across channels have one rule for all of them, so leave out channels");
    }
    channels = Map.copyOf(channels);
    viewTypes = Set.copyOf(viewTypes);
    conversionTypes = Set.copyOf(conversionTypes);
  }

  /** The rules of all channels. */
  Stream<ChannelRules> all() {
    return Stream.concat(Stream.of(otherwise), channels.values().stream());
  }

  /** Whether two touchpoints of one instant may be in two sessions that follow each other. */
  boolean partWhatTimeDoesNot() {
    return all().anyMatch(channel -> channel.limits().partWhatTimeDoesNot());
  }

  /** The columns of touchpoints that configured expressions look at. */
  public Set<String> columnsOfExpressions() {
    return Stream.concat(
            preceding.link().stream(),
            all().flatMap(channel -> channel.limits().newSessionOn().stream()))
        .flatMap(predicate -> NamesInSql.of(predicate).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
