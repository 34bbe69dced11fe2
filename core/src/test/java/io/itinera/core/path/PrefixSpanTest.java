package io.itinera.core.path;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.itinera.core.path.PrefixSpan.Pattern;
import io.itinera.core.path.PrefixSpan.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PrefixSpanTest {

  @Test
  void publishedSequencesHaveTheirEighteenPatterns() throws IOException {
    Path file = Path.of(System.getProperty("shared.data", ""), "zaki/zaki.txt");
    assumeTrue(Files.exists(file), () -> "there is no " + file);
    Map<String, List<List<Integer>>> sequences = new TreeMap<>();
    for (String line : Files.readAllLines(file)) {
      String[] cells = line.strip().split("\\s+", -1);
      List<Integer> items = new ArrayList<>();
      for (int i = 3; i < cells.length; i++) {
        items.add((int) cells[i].charAt(0));
      }
      sequences.computeIfAbsent(cells[0], id -> new ArrayList<>()).add(items);
    }
    // Support 0.4 of four sequences: two at least.
    List<Pattern> patterns =
        new PrefixSpan(new long[] {2}, 10, 100)
            .patterns(sequences.values().stream().map(each -> new Sequence(each, 0, 1)).toList());

    assertThat(patterns.stream().map(PrefixSpanTest::text))
        .containsExactlyInAnyOrder(
            "A 4",
            "B 4",
            "D 2",
            "F 4",
            "AB 3",
            "AF 3",
            "BF 4",
            "ABF 3",
            "B-A 2",
            "D-A 2",
            "D-B 2",
            "D-F 2",
            "F-A 2",
            "BF-A 2",
            "D-BF 2",
            "D-B-A 2",
            "D-F-A 2",
            "D-BF-A 2");
    assertThat(PrefixSpan.closed(patterns, 0).stream().map(PrefixSpanTest::text))
        .containsExactlyInAnyOrder("A 4", "BF 4", "ABF 3", "D-BF-A 2");
  }

  @Test
  void patternsAreThoseThatTryingAllFinds() {
    for (long seed = 1; seed <= 40; seed++) {
      Random random = new Random(seed);
      List<Sequence> sequences = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        List<List<Integer>> elements = new ArrayList<>();
        for (int j = random.nextInt(5); j > 0; j--) {
          Set<Integer> element = new TreeSet<>(Set.of(random.nextInt(3)));
          if (random.nextInt(3) == 0) {
            element.add(random.nextInt(3));
          }
          elements.add(List.copyOf(element));
        }
        sequences.add(new Sequence(elements, random.nextInt(2), 1 + random.nextInt(3)));
      }
      long[] least = {1 + random.nextInt(4), 1 + random.nextInt(4)};
      Map<List<List<Integer>>, List<Long>> found = new HashMap<>();
      for (Pattern pattern : new PrefixSpan(least, 3, 1_000).patterns(sequences)) {
        assertThat(found.put(pattern.elements(), pattern.supports())).isNull();
      }
      assertThat(found).isEqualTo(tried(sequences, least));
    }
  }

  @Test
  void ofTooManyPatternsThoseOfMostElementsAreLeftOut() {
    List<Sequence> one = List.of(new Sequence(List.of(List.of(0), List.of(1), List.of(2)), 0, 1));

    // Three of one element, three of two, one of three.
    assertThat(elementsOf(new PrefixSpan(new long[] {1}, 9, 7), one)).hasSize(7).contains(3);
    assertThat(elementsOf(new PrefixSpan(new long[] {1}, 9, 6), one)).hasSize(6).doesNotContain(3);
    assertThat(elementsOf(new PrefixSpan(new long[] {1}, 9, 5), one)).containsExactly(1, 1, 1);
    assertThat(elementsOf(new PrefixSpan(new long[] {1}, 9, 1), one)).containsExactly(1, 1, 1);
  }

  private static List<Integer> elementsOf(PrefixSpan search, List<Sequence> sequences) {
    return search.patterns(sequences).stream().map(each -> each.elements().size()).toList();
  }

  private static Map<List<List<Integer>>, List<Long>> tried(
      List<Sequence> sequences, long[] least) {
    Set<List<List<Integer>>> all = new HashSet<>();
    sequences.forEach(sequence -> parts(sequence.elements(), 0, List.of(), all));
    Map<List<List<Integer>>, List<Long>> supports = new HashMap<>();
    for (List<List<Integer>> pattern : all) {
      List<Long> support = List.of(support(pattern, sequences, 0), support(pattern, sequences, 1));
      boolean isFrequent = support.get(0) >= least[0] || support.get(1) >= least[1];
      if (isFrequent && !pattern.isEmpty() && pattern.size() <= 3) {
        supports.put(pattern, support);
      }
    }
    return supports;
  }

  private static long support(List<List<Integer>> pattern, List<Sequence> sequences, int kind) {
    return sequences.stream()
        .filter(sequence -> sequence.kind() == kind)
        .filter(sequence -> isIn(pattern, 0, sequence.elements(), 0))
        .mapToLong(Sequence::weight)
        .sum();
  }

  private static boolean isIn(
      List<List<Integer>> pattern, int from, List<List<Integer>> elements, int at) {
    if (from == pattern.size()) {
      return true;
    }
    return at < elements.size()
        && (isIn(pattern, from, elements, at + 1)
            || (elements.get(at).containsAll(pattern.get(from))
                && isIn(pattern, from + 1, elements, at + 1)));
  }

  private static void parts(
      List<List<Integer>> elements,
      int at,
      List<List<Integer>> soFar,
      Set<List<List<Integer>>> all) {
    if (at == elements.size()) {
      all.add(soFar);
      return;
    }
    parts(elements, at + 1, soFar, all);
    List<Integer> element = elements.get(at);
    for (int bits = 1; bits < 1 << element.size(); bits++) {
      List<Integer> part = new ArrayList<>();
      for (int i = 0; i < element.size(); i++) {
        if ((bits & (1 << i)) != 0) {
          part.add(element.get(i));
        }
      }
      List<List<Integer>> longer = new ArrayList<>(soFar);
      longer.add(part);
      parts(elements, at + 1, longer, all);
    }
  }

  private static String text(Pattern pattern) {
    String elements =
        pattern.elements().stream()
            .map(
                element ->
                    element.stream()
                        .map(item -> String.valueOf((char) (int) item))
                        .collect(joining()))
            .collect(joining("-"));
    return elements + " " + pattern.supports().get(0);
  }
}
