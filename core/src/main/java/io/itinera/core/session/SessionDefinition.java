package io.itinera.core.session;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.session.SessionRules.ChannelRules;
import io.itinera.core.session.SessionRules.Cut;
import io.itinera.core.table.Touchpoints;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.sql.Column;

/** What holds the touchpoints of a session together. */
final class SessionDefinition {

  /** Definition of sessions that only silence ends. */
  static final String TIMEOUT = "timeout";

  private SessionDefinition() {}

  /** {@link #TIMEOUT}, or the conversation or receipt that a touchpoint belongs to. */
  static Column of(SessionRules rules) {
    return byChannel(rules, SessionDefinition::of);
  }

  /** Longest silence inside a session of the touchpoint's channel, microseconds. */
  static Column timeoutMicros(SessionRules rules) {
    return byChannel(rules, channel -> lit(channel.timeout().toNanos() / 1_000));
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
