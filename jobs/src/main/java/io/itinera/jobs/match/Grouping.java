package io.itinera.jobs.match;

import io.itinera.core.match.GroupRecords;
import io.itinera.core.match.GroupRecords.Edge;
import io.itinera.core.match.GroupRecords.Groups;
import io.itinera.core.match.MatchRules.GroupRules;
import io.itinera.core.match.ScorePairs;
import io.itinera.jobs.match.MatchInput.Unpacked;
import io.itinera.jobs.match.PackedProfiles.Profile;
import java.util.List;

/** Groups of profiles. */
final class Grouping {

  private Grouping() {}

  static Groups group(Unpacked unpacked, ScorePairs score, GroupRules rules, List<Edge> edges) {
    List<String> alone = List.copyOf(rules.oneToOne());
    int[] sources =
        unpacked.profiles().stream().map(Profile::source).mapToInt(alone::indexOf).toArray();
    return GroupRecords.group(new GroupRecords.Input(sources.length, score, rules, sources), edges);
  }
}
