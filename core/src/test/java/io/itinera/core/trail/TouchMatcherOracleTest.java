package io.itinera.core.trail;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.trail.PatternNode.Either;
import io.itinera.core.trail.PatternNode.InTurn;
import io.itinera.core.trail.PatternNode.One;
import io.itinera.core.trail.PatternNode.Repeated;
import io.itinera.core.trail.PatternNode.Within;
import io.itinera.core.trail.TouchMatcher.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the automaton with all ways to read a pattern, tried one by one. */
class TouchMatcherOracleTest {

  private static final long SECOND = 1_000_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void findsWhatTryingEverythingFinds(long seed) {
    Random random = new Random(seed);
    int found = 0;
    for (int round = 0; round < 4_000; round++) {
      String text = pattern(random);
      TouchPattern pattern = TouchPattern.parse(text);
      List<TouchName> touches = new ArrayList<>();
      long[] micros = new long[random.nextInt(9)];
      long now = 0;
      for (int i = 0; i < micros.length; i++) {
        touches.add(TouchName.label(String.valueOf("abc".charAt(random.nextInt(3)))));
        // Often at the same instant.
        now += random.nextInt(3) * SECOND;
        micros[i] = now;
      }
      TouchMatcher matcher = new TouchMatcher(pattern);
      long[] bits = touches.stream().mapToLong(matcher::bits).toArray();
      List<Match> expected = new Tries(pattern, touches, micros).matches();

      assertThat(matcher.matches(bits, micros))
          .as("%s of %s at %s", text, touches, micros)
          .isEqualTo(expected);
      assertThat(matcher.ends(bits, micros))
          .as("ends of %s of %s at %s", text, touches, micros)
          .isEqualTo(new Tries(pattern, touches, micros).ends());
      found += expected.size();
    }
    assertThat(found).isGreaterThan(1_000);
  }

  private static String pattern(Random random) {
    String parts = parts(random, 2);
    String within = random.nextInt(4) == 0 ? " within " + random.nextInt(5) + "s" : "";
    return (random.nextInt(6) == 0 ? "^" : "")
        + parts
        + within
        + (random.nextInt(6) == 0 ? "$" : "");
  }

  private static String parts(Random random, int depth) {
    StringBuilder parts = new StringBuilder(part(random, depth));
    for (int i = random.nextInt(3); i > 0; i--) {
      String bound = List.of("<=", "<", ">=", ">").get(random.nextInt(4));
      boolean isFree = random.nextInt(4) > 0;
      parts.append(isFree ? " -> " : " -[%s%ds]-> ".formatted(bound, random.nextInt(3)));
      parts.append(part(random, depth));
    }
    return parts.toString();
  }

  private static String part(Random random, int depth) {
    String often =
        List.of("", "", "", "*", "+", "?", "{2}", "{0,2}", "{1,3}", "{,1}", "{2,}")
            .get(random.nextInt(11));
    if (depth > 0 && random.nextInt(4) == 0) {
      String other = random.nextBoolean() ? "|" + parts(random, depth - 1) : "";
      String within = random.nextInt(3) == 0 ? " within " + random.nextInt(4) + "s" : "";
      return "(" + parts(random, depth - 1) + other + ")" + within + often;
    }
    String one = List.of("a", "b", "c", ".", "!a", "[a|b]", "[^a|b]").get(random.nextInt(7));
    return one + often;
  }

  /** All ways to read a pattern. */
  private static final class Tries {
    private final TouchPattern pattern;
    private final List<TouchName> touches;
    private final long[] micros;
    private int from;

    private Tries(TouchPattern pattern, List<TouchName> touches, long... micros) {
      this.pattern = pattern;
      this.touches = touches;
      this.micros = micros;
    }

    private List<Integer> ends() {
      Set<Integer> ends = new TreeSet<>();
      for (from = 0; from < micros.length; from++) {
        for (int to : ends(pattern.whole(), from)) {
          boolean mayBegin = !pattern.isFromStart() || from == 0;
          boolean mayEnd = !pattern.isToEnd() || to == micros.length;
          if (mayBegin && mayEnd && to > from) {
            ends.add(to - 1);
          }
        }
      }
      return List.copyOf(ends);
    }

    private List<Match> matches() {
      List<Match> matches = new ArrayList<>();
      int least = 0;
      for (int to = 1; to <= micros.length; to++) {
        for (from = to - 1; from >= least; from--) {
          boolean mayBegin = !pattern.isFromStart() || from == 0;
          boolean mayEnd = !pattern.isToEnd() || to == micros.length;
          if (mayBegin && mayEnd && ends(pattern.whole(), from).contains(to)) {
            matches.add(new Match(from, to));
            least = to;
          }
        }
      }
      return matches;
    }

    private Set<Integer> ends(PatternNode node, int at) {
      Set<Integer> ends = new TreeSet<>();
      if (node instanceof One one) {
        if (at < micros.length && one.test().holds(touches.get(at))) {
          ends.add(at + 1);
        }
      } else if (node instanceof Either either) {
        either.parts().forEach(part -> ends.addAll(ends(part, at)));
      } else if (node instanceof Within within) {
        for (int end : ends(within.part(), at)) {
          if (end == at || micros[end - 1] - micros[at] <= within.micros()) {
            ends.add(end);
          }
        }
      } else if (node instanceof InTurn inTurn) {
        ends.addAll(inTurn(inTurn, 0, at));
      } else if (node instanceof Repeated repeated) {
        ends.addAll(repeated(repeated, at));
      }
      return ends;
    }

    private Set<Integer> inTurn(InTurn node, int part, int at) {
      Set<Integer> ends = new TreeSet<>();
      for (int end : ends(node.parts().get(part), at)) {
        if (part == node.parts().size() - 1) {
          ends.add(end);
        } else if (end == from
            || end == micros.length
            || node.arrows().get(part).allows(micros[end] - micros[end - 1])) {
          ends.addAll(inTurn(node, part + 1, end));
        }
      }
      return ends;
    }

    private Set<Integer> repeated(Repeated node, int at) {
      Set<Integer> ends = new TreeSet<>();
      Set<Integer> there = new TreeSet<>(List.of(at));
      // More often than there are touches brings nothing new.
      int most = Math.min(node.most(), micros.length + node.least() + 1);
      for (int often = 0; often <= most; often++) {
        if (often >= node.least()) {
          ends.addAll(there);
        }
        Set<Integer> next = new TreeSet<>();
        there.forEach(end -> next.addAll(ends(node.part(), end)));
        there = next;
      }
      return ends;
    }
  }
}
