package io.itinera.core.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BlockIndexTest {

  @Test
  void onePartInCommonIsEnoughAndAPairComesOnce() {
    MatchRules rules = Persons.rules(List.of("email", "last_name", "city"), 20);
    RecordStore records =
        Persons.records(
            rules,
            """
            Anna | Berg ||||a@x.org|| Ulm
            Otto | Berg ||||o@x.org|| Ulm
            Anna | Burg ||||a@x.org|| Bonn
            """);

    assertThat(pairs(BlockIndex.of(records, rules))).containsExactly("0-1", "0-2");
  }

  @Test
  void whatIsMissingOrBlankBringsNobodyTogether() {
    MatchRules rules =
        Persons.rules(List.of("email", "last_name, city", "first_name~last_name"), 20);
    RecordStore records =
        Persons.records(rules, "Anna |  |||||| Ulm\nAnna |  |||||| Ulm\n | |||||| ");

    assertThat(pairs(BlockIndex.of(records, rules))).isEmpty();
  }

  @Test
  void twoFieldsInEitherOrderAreOnePart() {
    MatchRules rules = Persons.rules(List.of("first_name~last_name"), 20);
    RecordStore records = Persons.records(rules, "Anna | Berg\nBerg | Anna");

    assertThat(pairs(BlockIndex.of(records, rules))).containsExactly("0-1");
  }

  @Test
  void blockLargerThanAllowedIsLeftOut() {
    MatchRules rules = Persons.rules(List.of("last_name", "first_name"), 20);
    RecordStore records =
        Persons.records(rules, "Anna | Berg\nOtto | Berg\nEva | Berg\nEva | Thal");

    assertThat(pairs(BlockIndex.of(records, rules, 3))).containsExactly("0-1", "0-2", "1-2", "2-3");
    assertThat(pairs(BlockIndex.of(records, rules, 2))).containsExactly("2-3");
  }

  @Test
  void blockOfAnUnknownFieldIsRefused() {
    assertThatThrownBy(() -> Persons.rules(List.of("surname"), 20))
        .hasMessageContaining("'surname', which is no field");
    assertThatThrownBy(() -> Persons.rules(List.of("city/many"), 20))
        .hasMessageContaining("/sound or a number of letters");
  }

  private static List<String> pairs(BlockIndex blocks) {
    List<String> pairs = new ArrayList<>();
    for (int rule = 0; rule < blocks.rules(); rule++) {
      blocks.forEach(
          rule,
          (left, right, rules) -> pairs.add(Math.min(left, right) + "-" + Math.max(left, right)));
    }
    assertThat(pairs).doesNotHaveDuplicates();
    return List.copyOf(new TreeSet<>(pairs));
  }
}
