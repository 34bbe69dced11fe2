package io.itinera.core.path;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds sequential patterns by growing them: behind a pattern only what follows on it in the
 * sequences that have it is looked at (Pei, Han and others, PrefixSpan, 2001).
 *
 * <p>A sequence is a list of elements, an element a set of items. It has a pattern if the elements
 * of the pattern are, in their order, parts of elements of the sequence; others may lie between.
 * Sequences are of kinds, whose supports are counted apart; a pattern is frequent if it is so among
 * those of one kind.
 */
final class PrefixSpan {

  private final long[] least;
  private final int mostPatterns;
  private int mostElements;
  private int items;
  private boolean hasSets;
  private List<Pattern> found = new ArrayList<>();

  /**
   * Settings of one search.
   *
   * @param least for each kind the weight that sequences with a pattern must have together
   * @param mostElements of a pattern
   * @param mostPatterns where more are frequent, those of most elements are left out
   */
  PrefixSpan(long[] least, int mostElements, int mostPatterns) {
    this.least = least.clone();
    this.mostElements = mostElements;
    this.mostPatterns = mostPatterns;
  }

  /**
   * A sequence.
   *
   * @param elements each sorted, without repetitions; items are whole numbers from 0
   * @param kind from 0
   * @param weight how often it is there
   */
  record Sequence(List<List<Integer>> elements, int kind, long weight) {

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
   * @param supports for each kind the weight of the sequences that have it
   */
  record Pattern(List<List<Integer>> elements, List<Long> supports) {}

  /**
   * A sequence that has the pattern which grows.
   *
   * @param from the first element in which the last one of the pattern can be
   */
  private record Projected(Sequence sequence, int from) {}

  /** All patterns that are frequent, in order of their growth. */
  List<Pattern> patterns(List<Sequence> sequences) {
    for (Sequence sequence : sequences) {
      for (List<Integer> element : sequence.elements()) {
        hasSets |= element.size() > 1;
        items = Math.max(items, Collections.max(element) + 1);
      }
    }
    grow(List.of(), sequences.stream().map(each -> new Projected(each, 0)).toList());
    return found;
  }

  /** So many elements at most those have that were found: fewer where patterns were too many. */
  int mostElements() {
    return mostElements;
  }

  private void grow(List<List<Integer>> pattern, List<Projected> there) {
    if (pattern.size() < mostElements) {
      supports(pattern, there, false)
          .forEach(
              (item, supports) -> {
                List<List<Integer>> longer = new ArrayList<>(pattern);
                longer.add(List.of(item));
                if (isKept(longer, supports)) {
                  grow(List.copyOf(longer), behind(pattern, longer, there));
                }
              });
    }
    if (!pattern.isEmpty() && hasSets) {
      supports(pattern, there, true)
          .forEach(
              (item, supports) -> {
                List<Integer> wider = new ArrayList<>(pattern.get(pattern.size() - 1));
                wider.add(item);
                List<List<Integer>> grown = new ArrayList<>(pattern);
                grown.set(pattern.size() - 1, List.copyOf(wider));
                if (isKept(grown, supports)) {
                  grow(List.copyOf(grown), within(grown, there));
                }
              });
    }
  }

  /** Keeps a pattern, unless in the meantime those of so many elements have become too many. */
  private boolean isKept(List<List<Integer>> elements, List<Long> supports) {
    if (elements.size() > mostElements) {
      return false;
    }
    found.add(new Pattern(List.copyOf(elements), supports));
    while (found.size() > mostPatterns && mostElements > 1) {
      mostElements--;
      found = new ArrayList<>(found);
      found.removeIf(pattern -> pattern.elements().size() > mostElements);
    }
    return elements.size() <= mostElements;
  }

  /** Items by which the pattern can grow, with the supports that it then has. */
  private Map<Integer, List<Long>> supports(
      List<List<Integer>> pattern, List<Projected> there, boolean isWider) {
    long[][] supports = new long[items][];
    int[] lastSeen = new int[items];
    int number = 0;
    for (Projected each : there) {
      number++;
      if (isWider) {
        inLast(pattern, each, new Seen(supports, lastSeen, number));
      } else {
        behindLast(pattern, each, new Seen(supports, lastSeen, number));
      }
    }
    Map<Integer, List<Long>> frequent = new TreeMap<>();
    for (int item = 0; item < items; item++) {
      if (supports[item] != null && isFrequent(supports[item])) {
        List<Long> values = new ArrayList<>();
        for (long support : supports[item]) {
          values.add(support);
        }
        frequent.put(item, List.copyOf(values));
      }
    }
    return frequent;
  }

  private boolean isFrequent(long[] supports) {
    for (int kind = 0; kind < least.length; kind++) {
      if (supports[kind] >= least[kind]) {
        return true;
      }
    }
    return false;
  }

  /** Items met so far, each counted once for a sequence. */
  private final class Seen {

    private final long[][] supports;
    private final int[] lastSeen;
    private final int number;

    private Seen(long[][] supports, int[] lastSeen, int number) {
      this.supports = supports;
      this.lastSeen = lastSeen;
      this.number = number;
    }

    private void add(int item, Sequence sequence) {
      if (lastSeen[item] != number) {
        lastSeen[item] = number;
        if (supports[item] == null) {
          supports[item] = new long[least.length];
        }
        supports[item][sequence.kind()] += sequence.weight();
      }
    }
  }

  private static void behindLast(List<List<Integer>> pattern, Projected each, Seen seen) {
    List<List<Integer>> elements = each.sequence().elements();
    for (int i = next(pattern, each); i < elements.size(); i++) {
      for (Integer item : elements.get(i)) {
        seen.add(item, each.sequence());
      }
    }
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

  private static void inLast(List<List<Integer>> pattern, Projected each, Seen seen) {
    List<Integer> last = pattern.get(pattern.size() - 1);
    int greatest = last.get(last.size() - 1);
    List<List<Integer>> elements = each.sequence().elements();
    for (int i = each.from(); i < elements.size(); i++) {
      if (elements.get(i).size() > last.size() && elements.get(i).containsAll(last)) {
        elements.get(i).stream()
            .filter(item -> item > greatest)
            .forEach(item -> seen.add(item, each.sequence()));
      }
    }
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

  /** Keeps those that have the pattern, and where its last element is first. */
  private static void keepIfThere(
      Projected each, List<List<Integer>> pattern, List<Projected> kept) {
    List<Integer> last = pattern.get(pattern.size() - 1);
    List<List<Integer>> elements = each.sequence().elements();
    for (int i = each.from(); i < elements.size(); i++) {
      if (elements.get(i).containsAll(last)) {
        kept.add(new Projected(each.sequence(), i));
        return;
      }
    }
  }

  /**
   * Those of {@code patterns} of which no longer one has the same support among those of a kind.
   */
  static List<Pattern> closed(List<Pattern> patterns, int kind) {
    Map<Long, List<Pattern>> bySupport = new TreeMap<>();
    patterns.forEach(
        each ->
            bySupport.computeIfAbsent(each.supports().get(kind), s -> new ArrayList<>()).add(each));
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
    return !one.equals(other) && new Sequence(other.elements(), 0, 1).has(one.elements());
  }
}
