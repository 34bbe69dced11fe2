package io.itinera.core.map;

import io.itinera.core.pattern.SafePattern;
import io.itinera.core.pattern.TooHardException;
import io.itinera.core.source.BotRules;
import io.itinera.core.table.Touchpoints;
import java.io.Serializable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Marks the touchpoints of what calls itself a machine. A user agent that was seen before is not
 * looked at again.
 */
final class MarkBots implements Serializable {

  private static final long serialVersionUID = 1;
  private static final int MOST = 20_000;

  private final SafePattern agents;
  private transient Map<String, Boolean> seen;

  private MarkBots(SafePattern agents) {
    this.agents = agents;
  }

  static MarkBots of(BotRules rules) {
    return new MarkBots(rules.userAgents().isEmpty() ? null : SafePattern.of(rules.userAgents()));
  }

  /** Sets why it is a machine's, and the property that says so; no properties at all are null. */
  void mark(Draft touchpoint) {
    Map<String, String> properties = touchpoint.texts(Touchpoints.PROPERTIES);
    String agent = properties == null ? null : properties.get(FlagBots.USER_AGENT);
    if (agent != null && agents != null && isMachine(agent)) {
      touchpoint.set(Touchpoints.BOT_REASON, FlagBots.BY_USER_AGENT);
      touchpoint.set(Touchpoints.PROPERTIES, flagged(properties));
    } else if (properties != null && properties.isEmpty()) {
      touchpoint.set(Touchpoints.PROPERTIES, null);
    }
  }

  private static Map<String, String> flagged(Map<String, String> properties) {
    Map<String, String> flagged = new LinkedHashMap<>();
    properties.forEach(
        (name, value) ->
            flagged.put(name.equals(FlagBots.IS_BOT) ? FlagBots.RECORDED : name, value));
    flagged.put(FlagBots.IS_BOT, "true");
    return flagged;
  }

  private boolean isMachine(String agent) {
    if (seen == null) {
      seen = new HashMap<>();
    }
    Boolean known = seen.get(agent);
    if (known == null) {
      known = isIn(agent);
      if (seen.size() >= MOST) {
        seen.clear();
      }
      seen.put(agent, known);
    }
    return known;
  }

  private boolean isIn(String agent) {
    try {
      return agents.isIn(agent);
    } catch (TooHardException e) {
      // Nobody knows.
      return false;
    }
  }
}
