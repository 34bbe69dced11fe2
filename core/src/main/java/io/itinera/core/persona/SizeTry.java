package io.itinera.core.persona;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A number of groups that was tried, and what speaks for it.
 *
 * @param size how many groups were asked for
 * @param fit who is in which
 * @param silhouette how far groups lie apart, from −1 to 1
 * @param inertia the sum of squared distances to the centres
 * @param inertiaDrop how much its logarithm is less than that of one group fewer; not finite where
 *     a sum is 0
 * @param stability how far other samples of the customers agree on the groups
 * @param smallestShare share of the customers in the smallest group
 * @param bic how badly a mixture explains the customers, and by how many figures; not a number for
 *     centres alone
 */
record SizeTry(
    int size,
    Fit fit,
    double silhouette,
    double inertia,
    double inertiaDrop,
    double stability,
    double smallestShare,
    double bic) {

  /** What was measured that is a number, as {@code silhouette/5}. */
  Map<String, Double> criteria() {
    Map<String, Double> criteria = new TreeMap<>();
    criteria.put("silhouette/" + size, silhouette);
    criteria.put("stability/" + size, stability);
    criteria.put("smallest-share/" + size, smallestShare);
    if (Double.isFinite(inertiaDrop)) {
      criteria.put("log-inertia-drop/" + size, inertiaDrop);
    }
    if (Double.isFinite(bic)) {
      criteria.put("bic/" + size, bic);
    }
    return criteria;
  }

  /** Why it is taken of {@code candidates}, and why others are none. */
  String reason(List<SizeTry> candidates, List<SizeTry> all, PersonaRules rules) {
    PersonaWords words = rules.use().units().words();
    SizeTry best =
        candidates.stream()
            .reduce((one, other) -> other.silhouette() > one.silhouette() ? other : one)
            .orElseThrow();
    String why =
        words.say(
            best.size() == size ? Phrase.SIZE_BEST : Phrase.SIZE_FEWEST,
            size,
            two(silhouette),
            two(stability),
            best.size(),
            two(best.silhouette()));
    String others =
        all.stream()
            .filter(each -> !candidates.contains(each))
            .map(each -> each.fault(rules))
            .collect(Collectors.joining("; "));
    return others.isEmpty() ? why : words.say(Phrase.SIZE_NOT, why, others);
  }

  /** Why it is taken though {@code recommended} would be, had there been no training before. */
  String kept(SizeTry recommended, PersonaRules rules) {
    return rules
        .use()
        .units()
        .words()
        .say(
            Phrase.SIZE_KEPT,
            size,
            two(silhouette),
            two(stability),
            recommended.size(),
            two(recommended.silhouette()));
  }

  /** Why it is taken, and as many as {@code before} are not any more. */
  String instead(SizeTry before, String why, PersonaRules rules) {
    return rules
        .use()
        .units()
        .words()
        .say(Phrase.SIZE_INSTEAD, why, before.size(), two(before.silhouette()));
  }

  private String fault(PersonaRules rules) {
    PersonaWords words = rules.use().units().words();
    return smallestShare < rules.grouping().smallestShare()
        ? words.say(
            Phrase.SIZE_SMALL, size, String.format(Locale.ROOT, "%.1f", 100 * smallestShare))
        : words.say(Phrase.SIZE_UNSTABLE, size, two(stability));
  }

  private static String two(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
