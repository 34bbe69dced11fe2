package io.itinera.core.path;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds sequential patterns by growing them: behind a pattern only what follows on it in the
 * sequences that have it is looked at (Pei, Han and others, PrefixSpan, 2001).
 *
 * <p>A sequence is a list of elements, an element a set of items. It has a pattern if the elements
 * of the pattern are, in their order, parts of elements of the sequence; others may lie between.
 *
 * @param leastSupport the weight that sequences with a pattern must have together
 * @param mostElements of a pattern
 */
record PrefixSpan(long leastSupport, int mostElements) {

  /**
   * A sequence.
   *
   * @param elements each sorted, without repetitions
   * @param weight how often it is there
   */
  record Sequence(List<List<Integer>> elements, long weight) {

    /** Whether it has the pattern. */
    boolean has(List<List<Integer>> pattern) {
      int met = 0;
      for (int i = 0; i < elements.size() && met < pattern.size(); i++) {
        met += elements.get(i).containsAll(pattern.get(met)) ? 1 : 0;
      }
      return met == pattern.size();
    }
  }

  /**
   * A pattern.
   *
   * @param support the weight of the sequences that have it
   */
  record Pattern(List<List<Integer>> elements, long support) {}

  /**
   * A sequence that has the pattern which grows.
   *
   * @param from the first element in which the last one of the pattern can be
   */
  private record Projected(Sequence sequence, int from) {}

  /** All patterns that have the support, in order of their growth. */
  List<Pattern> patterns(List<Sequence> sequences) {
    List<Pattern> found = new ArrayList<>();
    List<Projected> all = sequences.stream().map(each -> new Projected(each, 0)).toList();
    grow(List.of(), all, found);
    return found;
  }

  private void grow(List<List<Integer>> pattern, List<Projected> there, List<Pattern> found) {
    if (pattern.size() < mostElements) {
      supports(pattern, there, false)
          .forEach(
              (item, support) -> {
                List<List<Integer>> longer = new ArrayList<>(pattern);
                longer.add(List.of(item));
                found.add(new Pattern(List.copyOf(longer), support));
                grow(longer, behind(pattern, longer, there), found);
              });
    }
    if (!pattern.isEmpty()) {
      supports(pattern, there, true)
          .forEach(
              (item, support) -> {
                List<Integer> wider = new ArrayList<>(pattern.get(pattern.size() - 1));
                wider.add(item);
                List<List<Integer>> grown = new ArrayList<>(pattern);
                grown.set(pattern.size() - 1, List.copyOf(wider));
                found.add(new Pattern(List.copyOf(grown), support));
                grow(grown, within(grown, there), found);
              });
    }
  }

  /** Items by which the pattern can grow, with the support that it then has. */
  private Map<Integer, Long> supports(
      List<List<Integer>> pattern, List<Projected> there, boolean isWider) {
    Map<Integer, Long> supports = new TreeMap<>();
    for (Projected each : there) {
      Set<Integer> items = isWider ? inLast(pattern, each) : behindLast(pattern, each);
      items.forEach(item -> supports.merge(item, each.sequence().weight(), Long::sum));
    }
    supports.values().removeIf(support -> support < leastSupport);
    return supports;
  }

  private static Set<Integer> behindLast(List<List<Integer>> pattern, Projected each) {
    Set<Integer> items = new TreeSet<>();
    List<List<Integer>> elements = each.sequence().elements();
    for (int i = next(pattern, each); i < elements.size(); i++) {
      items.addAll(elements.get(i));
    }
    return items;
  }

  /** Behind the first element that the last one of the pattern can be in. */
  private static int next(List<List<Integer>> pattern, Projected each) {
    return pattern.isEmpty() ? 0 : first(pattern.get(pattern.size() - 1), each) + 1;
  }

  private static int first(List<Integer> last, Projected each) {
    int place = each.from();
    while (!each.sequence().elements().get(place).containsAll(last)) {
      place++;
    }
    return place;
  }

  private static Set<Integer> inLast(List<List<Integer>> pattern, Projected each) {
    List<Integer> last = pattern.get(pattern.size() - 1);
    int greatest = last.get(last.size() - 1);
    Set<Integer> items = new TreeSet<>();
    List<List<Integer>> elements = each.sequence().elements();
    for (int i = each.from(); i < elements.size(); i++) {
      if (elements.get(i).size() > last.size() && elements.get(i).containsAll(last)) {
        elements.get(i).stream().filter(item -> item > greatest).forEach(items::add);
      }
    }
    return items;
  }

  private static List<Projected> behind(
      List<List<Integer>> pattern, List<List<Integer>> longer, List<Projected> there) {
    List<Projected> behind = new ArrayList<>();
    for (Projected each : there) {
      keepIfThere(new Projected(each.sequence(), next(pattern, each)), longer, behind);
    }
    return behind;
  }

  private static List<Projected> within(List<List<Integer>> grown, List<Projected> there) {
    List<Projected> within = new ArrayList<>();
    there.forEach(each -> keepIfThere(each, grown, within));
    return within;
  }

  private static void keepIfThere(
      Projected each, List<List<Integer>> pattern, List<Projected> kept) {
    List<Integer> last = pattern.get(pattern.size() - 1);
    List<List<Integer>> elements = each.sequence().elements();
    for (int i = each.from(); i < elements.size(); i++) {
      if (elements.get(i).containsAll(last)) {
        kept.add(each);
        return;
      }
    }
  }

  /** Those of {@code patterns} of which no longer one has the same support. */
  static List<Pattern> closed(List<Pattern> patterns) {
    Map<Long, List<Pattern>> bySupport = new TreeMap<>();
    patterns.forEach(
        each -> bySupport.computeIfAbsent(each.support(), s -> new ArrayList<>()).add(each));
    Set<Pattern> open = new HashSet<>();
    bySupport
        .values()
        .forEach(
            alike ->
                alike.stream()
                    .filter(each -> alike.stream().anyMatch(other -> isWithin(each, other)))
                    .forEach(open::add));
    return patterns.stream().filter(each -> !open.contains(each)).toList();
  }

  private static boolean isWithin(Pattern one, Pattern other) {
    return !one.equals(other) && new Sequence(other.elements(), 1).has(one.elements());
  }
}
