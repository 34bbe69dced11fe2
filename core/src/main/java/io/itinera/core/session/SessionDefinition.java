package io.itinera.core.session;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.session.SessionLimits.NewCampaign;
import io.itinera.core.session.SessionRules.ChannelRules;
import io.itinera.core.session.SessionRules.Cut;
import io.itinera.core.spark.Expressions;
import io.itinera.core.table.Touchpoints;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;

/** What holds the touchpoints of a session together. */
final class SessionDefinition {

  /** Definition of sessions that only silence ends. */
  static final String TIMEOUT = "timeout";

  /** Marketing channels of touchpoints that nothing led to. */
  private static final Object[] SAYS_NOTHING = {"direct", "unassigned"};

  private SessionDefinition() {}

  /** {@link #TIMEOUT}, or the conversation or receipt that a touchpoint belongs to. */
  static Column of(SessionRules rules) {
    return byChannel(rules, SessionDefinition::of);
  }

  /** The channel on which a session takes place; the same for all where it is across them. */
  static Column channel(String column, SessionRules rules) {
    return rules.scope().acrossChannels() ? lit("") : col(column);
  }

  /** Place of the touchpoint's channel among {@link #cutRules}. */
  static Column placeOfRules(SessionRules rules) {
    List<String> channels = List.copyOf(new TreeMap<>(rules.channels()).keySet());
    Column place = lit(0L);
    for (int i = 0; i < channels.size(); i++) {
      place = when(col(Touchpoints.CHANNEL).equalTo(channels.get(i)), i + 1L).otherwise(place);
    }
    return place;
  }

  /** The rules of channels that have none of their own, then those of the others. */
  static List<CutRules> cutRules(SessionRules rules) {
    return Stream.concat(
            Stream.of(rules.otherwise()), new TreeMap<>(rules.channels()).values().stream())
        .map(channel -> CutRules.of(channel, rules.timeZone()))
        .toList();
  }

  /**
   * Where the touchpoint comes from; null where it says nothing of it, or its channel cares not.
   */
  static Column source(SessionRules rules) {
    return byChannel(rules, channel -> source(channel.limits().newCampaign()));
  }

  private static Column source(NewCampaign newCampaign) {
    Column campaign = nullif(col(Touchpoints.CAMPAIGN), lit(""));
    Column marketing = col(Touchpoints.MARKETING_CHANNEL);
    return switch (newCampaign) {
      case NEVER -> lit(null).cast("string");
      case CAMPAIGN -> campaign;
      case SOURCE ->
          when(
              campaign.isNotNull().or(not(marketing.isin(SAYS_NOTHING))),
              concat_ws("|", coalesce(marketing, lit("")), coalesce(campaign, lit(""))));
    };
  }

  /** Whether a session begins with the touchpoint because the configured predicate holds. */
  static Column opensNew(SessionRules rules) {
    return byChannel(
        rules,
        channel ->
            channel
                .limits()
                .newSessionOn()
                .map(predicate -> coalesce(Expressions.over(predicate), lit(false)))
                .orElse(lit(false)));
  }

  /** Longest duration of a session on the touchpoint's channel, microseconds; null without any. */
  static Column longestMicros(SessionRules rules) {
    return byChannel(
        rules,
        channel ->
            lit(channel.limits().longest().map(longest -> CutRules.micros(longest)).orElse(null))
                .cast("bigint"));
  }

  /** Longest silence inside a session of the touchpoint's channel, microseconds. */
  static Column timeoutMicros(SessionRules rules) {
    return byChannel(rules, channel -> lit(CutRules.micros(channel.timeout())));
  }

  private static Column of(ChannelRules channel) {
    Column conversation = key("session", Touchpoints.SOURCE_SESSION);
    if (channel.cut() == Cut.CONVERSATION) {
      return coalesce(
          conversation,
          key("order", Touchpoints.ORDER_ID),
          key("touch", Touchpoints.TOUCHPOINT_ID));
    }
    return channel.useSourceSession() ? coalesce(conversation, lit(TIMEOUT)) : lit(TIMEOUT);
  }

  private static Column key(String kind, String column) {
    return when(
        col(column).isNotNull(), concat_ws("|", lit(kind), col(Touchpoints.SOURCE), col(column)));
  }

  private static Column byChannel(SessionRules rules, Function<ChannelRules, Column> value) {
    Column chosen = null;
    for (Map.Entry<String, ChannelRules> entry : new TreeMap<>(rules.channels()).entrySet()) {
      Column isChannel = col(Touchpoints.CHANNEL).equalTo(entry.getKey());
      Column here = value.apply(entry.getValue());
      chosen = chosen == null ? when(isChannel, here) : chosen.when(isChannel, here);
    }
    Column otherwise = value.apply(rules.otherwise());
    return chosen == null ? otherwise : chosen.otherwise(otherwise);
  }
}
