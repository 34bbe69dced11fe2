package io.itinera.core.match;

import io.itinera.core.match.MatchField.Kind;
import io.itinera.core.match.MatchRules.GroupRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Records of persons as tests write them, and the rules by which they are compared. */
final class Persons {

  static final List<MatchField> FIELDS =
      List.of(
          new MatchField("first_name", Kind.GIVEN_NAME, "last_name", null, false),
          new MatchField("last_name", Kind.NAME, "first_name", null, true),
          new MatchField("day", Kind.NUMBER, "month", "birth", false),
          new MatchField("month", Kind.NUMBER, "day", "birth", false),
          new MatchField("year", Kind.NUMBER, null, "birth", true),
          new MatchField("email", Kind.EMAIL, null, null, true),
          new MatchField("street", Kind.TEXT, null, "address", true),
          new MatchField("city", Kind.TEXT, null, "address", true));

  static final GroupRules GROUPS = new GroupRules(0.97, -2, Set.of());

  private static final List<String> BLOCKS =
      List.of(
          "email",
          "first_name~last_name/sound",
          "day, month, year",
          "last_name/sound, year",
          "first_name/sound, year",
          "street",
          "last_name/sound, city",
          "first_name/sound, city");

  private Persons() {}

  static MatchRules rules() {
    return rules(BLOCKS, 20);
  }

  static MatchRules rules(List<String> blocks, double pairs) {
    List<String> names = FIELDS.stream().map(MatchField::name).toList();
    return new MatchRules(
        FIELDS,
        blocks.stream().map(block -> BlockRule.parse(block, names)).toList(),
        GROUPS,
        pairs);
  }

  /** Records of lines {@code first | last | day | month | year | email | street | city}. */
  static RecordStore records(MatchRules rules, String lines) {
    List<String[]> records = new ArrayList<>();
    for (String line : lines.strip().split("\n", -1)) {
      String[] cells = line.split("\\|", -1);
      records.add(
          Arrays.stream(Arrays.copyOf(cells, FIELDS.size()))
              .map(cell -> cell == null || cell.isBlank() ? null : cell.strip())
              .toArray(String[]::new));
    }
    return RecordStore.of(rules, records);
  }

  /** A model that somebody might have learned. */
  static MatchModel model() {
    int fields = FIELDS.size();
    double[] same = {0, .05, .05, .05, .01, .01, .03, .8};
    double[] stranger = {0, .9, .03, .03, .01, .01, .01, .01};
    double[][] all = new double[fields][];
    double[][] others = new double[fields][];
    Arrays.fill(all, same);
    Arrays.fill(others, stranger);
    float[] rarest = new float[fields];
    Arrays.fill(rarest, -6);
    return new MatchModel(
        FIELDS,
        all,
        others,
        others,
        0.01,
        1e-6,
        Map.of("birth", 0.9, "address", 0.9),
        Map.of(),
        new Frequencies(new long[fields][0], new float[fields][0], rarest));
  }
}
