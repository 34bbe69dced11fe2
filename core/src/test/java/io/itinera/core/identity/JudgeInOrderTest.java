package io.itinera.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class JudgeInOrderTest {

  private static final GroupLimits LIMITS = new GroupLimits(Map.of("crm_id", 1), 100);
  private static final int FREE = GroupLimits.UNLIMITED;
  private static final int CRM = LIMITS.kind("crm_id");

  @Test
  void refusedEdgesComeBeforeTheIdentifiersOfTheirGroup() {
    assertThat(
            judged(
                edge(7, 1, CRM, 2, FREE),
                edge(7, 2, FREE, 3, CRM),
                edge(7, 2, FREE, 4, FREE),
                edge(9, 5, CRM, 6, CRM)))
        .containsExactly(
            "2 3 conflict 0",
            "1 1 null null",
            "2 1 null null",
            "3 3 null null",
            "4 1 null null",
            "5 6 conflict 0",
            "5 5 null null",
            "6 6 null null");
  }

  @Test
  void strangersAreKeptApartWhateverComesBetweenThem() {
    assertThat(
            judged(
                RowFactory.create(7L, true, true, 1L, FREE, 3L, FREE),
                edge(7, 1, FREE, 2, FREE),
                edge(7, 2, FREE, 3, FREE)))
        .startsWith("2 3 denied -1");
  }

  /** Two customers whose identifiers are all denied of each other, one of whom breaks a limit. */
  @Test
  void strangersInOtherGroupsStayThere() {
    assertThat(
            judged(
                RowFactory.create(7L, true, true, 1L, CRM, 8L, FREE),
                RowFactory.create(7L, true, true, 2L, FREE, 9L, FREE),
                edge(7, 1, CRM, 2, FREE),
                edge(7, 2, FREE, 3, CRM)))
        .containsExactly("2 3 conflict 0", "1 1 null null", "2 1 null null", "3 3 null null");
  }

  @Test
  void nothingGivesNothing() {
    assertThat(judged()).isEmpty();
  }

  /** Streamed, never held: of a million edges about three identifiers each are kept in arrays. */
  @Test
  void groupOfAMillionEdgesIsJudgedInOnePass() {
    int edges = 1_000_000;
    Iterator<Row> path =
        LongStream.range(0, edges).mapToObj(i -> edge(1, i, FREE, i + 1, FREE)).iterator();
    JudgeInOrder judge = new JudgeInOrder(LIMITS, path);
    Map<Long, Integer> sizes = new HashMap<>();
    int refused = 0;
    Set<Long> nodes = new HashSet<>();
    while (judge.hasNext()) {
      Row row = judge.next();
      if (row.isNullAt(2)) {
        sizes.merge(row.getLong(1), 1, Integer::sum);
        nodes.add(row.getLong(0));
      } else {
        refused++;
      }
    }
    assertThat(nodes).hasSize(edges + 1);
    assertThat(refused).isEqualTo(edges / 100);
    assertThat(sizes.values().stream().mapToInt(size -> size).max()).hasValue(100);
  }

  private static Row edge(long group, long left, int leftKind, long right, int rightKind) {
    return RowFactory.create(group, false, false, left, leftKind, right, rightKind);
  }

  private static List<String> judged(Row... edges) {
    JudgeInOrder judge = new JudgeInOrder(LIMITS, List.of(edges).iterator());
    return Stream.generate(() -> judge.hasNext() ? judge.next() : null)
        .takeWhile(row -> row != null)
        .map(row -> "%s %s %s %s".formatted(row.get(0), row.get(1), row.get(2), row.get(3)))
        .toList();
  }
}
