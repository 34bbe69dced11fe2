package io.itinera.core.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.itinera.core.match.GroupRecords.Edge;
import io.itinera.core.match.GroupRecords.Groups;
import io.itinera.core.match.TrainModel.Trained;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Relatives, who share surname, address, and the provider of their e-mail. */
class HouseholdsTest {

  private static final String[] PARTS = {
    "ba", "ran", "no", "lis", "te", "mor", "sa", "kim", "du", "ven", "lor", "mat", "tin", "ster"
  };

  private final List<String[]> records = new ArrayList<>();
  private final List<Integer> persons = new ArrayList<>();
  private final Random random = new Random(11);

  @Test
  void relativesStayApartAndTheSuggestedThresholdIsNearlyTheBest() {
    households(900);
    MatchRules rules = Persons.rules();
    Found found = find(rules);

    MeasureGroups suggested = measure(rules, found, found.suggested.threshold());

    assertThat(suggested.f1()).isGreaterThan(0.97);
    for (double threshold : new double[] {.1, .2, .3, .5, .7, .8, .9, .95, .99}) {
      assertThat(measure(rules, found, threshold).f1())
          .as("at %s", threshold)
          .isLessThan(suggested.f1() + 0.01);
    }
    assertThat(measure(rules, found, 0.1).f1()).as("no snowball").isGreaterThan(0.96);
  }

  @Test
  void sameRecordsGiveTheSameModel() {
    households(200);
    MatchRules rules = Persons.rules();

    Trained one = find(rules).trained;
    Trained other = find(rules).trained;

    assertThat(one.model().same()).isDeepEqualTo(other.model().same());
    assertThat(one.model().prior()).isEqualTo(other.model().prior());
  }

  @Test
  void fieldThatEveryBlockImpliesIsRefused() {
    households(300);
    MatchRules rules = Persons.rules(List.of("last_name, city", "last_name/3, year"), 20);

    assertThatThrownBy(() -> find(rules))
        .isInstanceOf(SpoiledFieldException.class)
        .hasMessageContaining("last_name")
        .hasMessageContaining("last_name/3, year");
  }

  @Test
  void partsOfAWeightAddUpToIt() {
    households(200);
    MatchRules rules = Persons.rules();
    Found found = find(rules);

    for (Edge edge : found.edges.subList(0, 50)) {
      assertThat(
              found.score.parts(edge.left(), edge.right()).values().stream()
                  .mapToDouble(Double::doubleValue)
                  .sum())
          .isCloseTo(edge.weight(), org.assertj.core.api.Assertions.within(1e-6));
    }
  }

  private record Found(
      Trained trained, ScorePairs score, List<Edge> edges, SuggestThreshold suggested) {}

  private Found find(MatchRules rules) {
    RecordStore store = RecordStore.of(rules, records);
    BlockIndex blocks = BlockIndex.of(store, rules);
    Trained trained = TrainModel.train(TrainingSample.all(store, blocks), rules);
    ScorePairs score = new ScorePairs(store, trained.model());
    List<Edge> edges = new ArrayList<>();
    for (int rule = 0; rule < blocks.rules(); rule++) {
      blocks.forEach(
          rule,
          (left, right, by) -> {
            double weight = score.weight(left, right);
            if (ScorePairs.probability(weight) >= SuggestThreshold.LOWEST) {
              edges.add(new Edge(Math.min(left, right), Math.max(left, right), weight));
            }
          });
    }
    Groups groups = GroupRecords.group(input(rules, score), edges);
    return new Found(trained, score, edges, SuggestThreshold.of(groups, rules.groups()));
  }

  private GroupRecords.Input input(MatchRules rules, ScorePairs score) {
    int[] sources = new int[records.size()];
    Arrays.fill(sources, -1);
    return new GroupRecords.Input(records.size(), score, rules.groups(), sources);
  }

  private MeasureGroups measure(MatchRules rules, Found found, double threshold) {
    List<Edge> edges =
        found.edges.stream()
            .filter(edge -> ScorePairs.probability(edge.weight()) >= threshold)
            .toList();
    return MeasureGroups.of(
        GroupRecords.group(input(rules, found.score), edges).groups(),
        persons.stream().mapToInt(Integer::intValue).toArray());
  }

  private void households(int count) {
    List<String> first = IntStream.range(0, 150).mapToObj(i -> word(2)).toList();
    List<String> last = IntStream.range(0, 600).mapToObj(i -> word(3)).toList();
    for (int household = 0; household < count; household++) {
      String name = any(last);
      String street = word(3) + " street";
      String city = "town" + random.nextInt(40);
      int members = 1 + random.nextInt(4);
      for (int member = 0; member < members; member++) {
        int person = household * 10 + member;
        String given = any(first);
        String[] record = {
          given,
          name,
          "" + (1 + random.nextInt(28)),
          "" + (1 + random.nextInt(12)),
          "" + (1940 + random.nextInt(60)),
          given + "." + name + "@post" + random.nextInt(4) + ".org",
          street,
          city
        };
        for (int copy = random.nextInt(3); copy >= 0; copy--) {
          records.add(damaged(record.clone()));
          persons.add(person);
        }
      }
    }
  }

  private String[] damaged(String[] record) {
    for (int field = 0; field < record.length; field++) {
      if (random.nextInt(100) < 12) {
        record[field] = null;
      } else if (random.nextInt(100) < 8 && record[field].length() > 3) {
        int at = 1 + random.nextInt(record[field].length() - 2);
        record[field] = record[field].substring(0, at) + record[field].substring(at + 1);
      }
    }
    return record;
  }

  private String any(List<String> words) {
    return words.get((int) (words.size() * Math.pow(random.nextDouble(), 2)));
  }

  private String word(int parts) {
    return IntStream.range(0, parts)
        .mapToObj(i -> PARTS[random.nextInt(PARTS.length)])
        .reduce("", String::concat);
  }
}
