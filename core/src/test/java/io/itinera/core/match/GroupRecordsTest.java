package io.itinera.core.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.match.GroupRecords.Edge;
import io.itinera.core.match.GroupRecords.Groups;
import io.itinera.core.match.GroupRecords.Verdict;
import io.itinera.core.match.MatchRules.GroupRules;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GroupRecordsTest {

  private static final MatchRules RULES = Persons.rules();

  /** Two persons, each three times, and a record between them. */
  private static final RecordStore RECORDS =
      Persons.records(
          RULES,
          """
          Anna | Berg | 3 | 4 | 1971 | anna.berg@x.org | Ring | Ulm
          Anna | Berg | 3 | 4 | 1971 | anna.berg@x.org | Ring | Ulm
          Otto | Thal | 9 | 8 | 1950 | otto.thal@y.org | Weg  | Bonn
          Otto | Thal | 9 | 8 | 1950 | otto.thal@y.org | Weg  | Bonn
          """);

  @Test
  void edgeThatAloneWouldJoinTwoGroupsIsHeldForReview() {
    Groups groups = group(Set.of(), new Edge(0, 1, 9), new Edge(2, 3, 8), new Edge(1, 2, 2));

    assertThat(groups.groups()).containsExactly(0, 0, 2, 2);
    assertThat(groups.verdicts()).containsExactly(Verdict.USED, Verdict.USED, Verdict.REVIEW);
  }

  @Test
  void edgesWithinAGroupAreUsed() {
    Groups groups = group(Set.of(), new Edge(0, 1, 9), new Edge(0, 1, 3));

    assertThat(groups.verdicts()).containsExactly(Verdict.USED, Verdict.USED);
    assertThat(groups.joins()).containsExactly(1, 0);
  }

  @Test
  void personHasOneRecordOfASourceThatSaysSo() {
    Groups groups = group(Set.of("crm"), new Edge(0, 1, 9), new Edge(2, 3, 8));

    assertThat(groups.groups()).containsExactly(0, 1, 2, 2);
    assertThat(groups.verdicts()).containsExactly(Verdict.CONFLICT, Verdict.USED);
  }

  private static Groups group(Set<String> oneToOne, Edge... edges) {
    int source = oneToOne.isEmpty() ? -1 : 0;
    int[] sources = {source, source, source, -1};
    return GroupRecords.group(
        new GroupRecords.Input(
            RECORDS.size(),
            new ScorePairs(RECORDS, Persons.model()),
            new GroupRules(0.97, -1, oneToOne),
            sources),
        List.of(edges));
  }
}
