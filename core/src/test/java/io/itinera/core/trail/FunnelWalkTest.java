package io.itinera.core.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.itinera.core.trail.FunnelWalk.Attempt;
import io.itinera.core.trail.FunnelWalk.Stay;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunnelWalkTest {

  private static final long SECOND = 1_000_000;

  /** Three steps a, b, c; x excludes; touches a second apart, a minus is a second without one. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          abc        ; 9 ; 012
          azbzc      ; 9 ; 024
          bca        ; 9 ; 2
          bcabc      ; 9 ; 234
          a---b-c    ; 6 ; 012
          a---b--c   ; 6 ; 01
          a---ab--c  ; 6 ; 123
          abab-c     ; 9 ; 234
          ab-----ac  ; 6 ; 01
          a--b--a-bc ; 6 ; 234
          axbc       ; 9 ; 0
          abxc       ; 9 ; 01
          abxabc     ; 9 ; 345
          cab        ; 9 ; 12
          zz         ; 9 ;
          """)
  void furthestAttemptCountsTheFirstToComeSoFar(String touches, long window, String expected) {
    assertThat(way(touches, window, false)).isEqualTo(expected == null ? "" : expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          abc   ; 9 ; 012
          azbc  ; 9 ; 0
          aabc  ; 9 ; 123
          abab  ; 9 ; 01
          abzc  ; 9 ; 01
          ab--c ; 4 ; 012
          ab--c ; 3 ; 01
          """)
  void strictStepsFollowDirectly(String touches, long window, String expected) {
    assertThat(way(touches, window, true)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          ac      ; 9 ; 0-2 ; ac is the way
          abc     ; 9 ; 012 ; b lies between
          bac     ; 9 ; 0-2 ; b comes before the first step
          acb     ; 9 ; 012 ; a .* b has a match, c or not
          ab      ; 9 ; 01- ; b is taken, c not yet
          abxc    ; 9 ; 01- ; x ends the attempt
          axb     ; 9 ; 0-- ; x ends the attempt
          a---b-c ; 5 ; 01- ; the window is over before c
          a---b-c ; 3 ; 0-- ; and before b
          acab    ; 9 ; 012 ; the second attempt takes b
          """)
  void optionalStepIsTakenWhereItsPatternMatches(
      String touches, long window, String expected, String why) {
    FunnelWalk walk = new FunnelWalk(List.of(true, false, true), window * SECOND, false);
    places(walk, touches);

    StringBuilder taken = new StringBuilder();
    for (int step = 0; step < 3; step++) {
      taken.append(walk.at(step, 0) == null ? "-" : String.valueOf(step));
    }
    assertThat(taken.toString()).as(why).isEqualTo(expected);
  }

  @Test
  void optionalStepIsTakenByAnAttemptThatCameAsFarAsAnEarlierOne() {
    // View 10:00, cart 10:05, view 10:06, cart 10:07, checkout 10:08; nobody buys.
    FunnelWalk walk = new FunnelWalk(List.of(true, true, false, true), 14 * 86_400 * SECOND, false);
    long minute = 60 * SECOND;
    walk.follow(
        new long[] {1, 2, 1, 2, 4}, new long[] {0, 5 * minute, 6 * minute, 7 * minute, 8 * minute});

    assertThat(walk.at(1, 9 * minute).attempt().micros(1)).isEqualTo(5 * minute);
    Stay checkout = walk.at(2, 9 * minute);
    assertThat(checkout.goesOn()).isFalse();
    assertThat(checkout.ending()).isEqualTo(FunnelWalk.Ending.OPEN);
    assertThat(checkout.attempt().micros(2) - checkout.attempt().micros(1)).isEqualTo(minute);
    assertThat(walk.at(2, 15 * 86_400 * SECOND).ending()).isEqualTo(FunnelWalk.Ending.DROPPED);
    assertThat(walk.at(3, 9 * minute)).isNull();
  }

  @Test
  void optionalStepGoesOnOnlyToWhatComesBehindIt() {
    // Bought without it, and only then at the checkout.
    FunnelWalk walk = new FunnelWalk(List.of(true, false, true), 9 * SECOND, false);
    places(walk, "acb");
    assertThat(walk.at(0, 20 * SECOND).goesOn()).isTrue();
    assertThat(walk.at(1, 9 * SECOND).ending()).isEqualTo(FunnelWalk.Ending.OPEN);
    assertThat(walk.at(1, 20 * SECOND).goesOn()).isFalse();
    assertThat(walk.at(1, 20 * SECOND).ending()).isEqualTo(FunnelWalk.Ending.DROPPED);
    places(walk, "acbc");
    assertThat(walk.at(1, 20 * SECOND).goesOn()).isTrue();
  }

  /** Optional steps in a strict funnel are taken in their order, once each, or left out. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          ad    ; 0--3
          abd   ; 01-3
          acd   ; 0-23
          abcd  ; 0123
          acbd  ; 0-2-
          abbd  ; 01--
          abad  ; 01-3
          """)
  void strictFunnelLeavesOutOptionalStepsAndTakesNoOther(String touches, String expected) {
    FunnelWalk walk = new FunnelWalk(List.of(true, false, false, true), 9 * SECOND, true);
    long[] bits = touches.chars().mapToLong(letter -> 1L << (letter - 'a')).toArray();
    walk.follow(bits, new long[bits.length]);

    StringBuilder taken = new StringBuilder();
    for (int step = 0; step < 4; step++) {
      taken.append(walk.at(step, 0) == null ? "-" : String.valueOf(step));
    }
    assertThat(taken.toString()).isEqualTo(expected);
  }

  @Test
  void whoseWindowIsNotOverIsOpen() {
    FunnelWalk walk = new FunnelWalk(List.of(true, true, true), 5 * SECOND, false);
    places(walk, "ab");

    // Up to the fifth second behind a the third step may come.
    assertThat(walk.ending(5 * SECOND)).isEqualTo(FunnelWalk.Ending.OPEN);
    assertThat(walk.ending(5 * SECOND + 1)).isEqualTo(FunnelWalk.Ending.DROPPED);
    places(walk, "abc");
    assertThat(walk.ending(2 * SECOND)).isEqualTo(FunnelWalk.Ending.DONE);
    places(walk, "abx");
    assertThat(walk.ending(4 * SECOND)).isEqualTo(FunnelWalk.Ending.DROPPED);
  }

  /** Steps a, b, c within five seconds; what is known ends behind the last touch. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          ab-a       ; OPEN    ; of the first attempt
          ab----a    ; DROPPED ; a newer attempt stands before it
          ab----ab   ; DROPPED ; one that has come as far, and not further, reopens nothing either
          ab----abc  ; DONE    ; until it comes further
          a-----a    ; DROPPED ; who comes back is no less a drop-off
          abx        ; DROPPED ; ended
          abxa       ; DROPPED ; ended, and the new attempt stands before it
          abxab      ; OPEN    ; it stands there again, in time
          """)
  void wayIsOpenAsLongAsTheAttemptThatCountsHasTime(
      String touches, FunnelWalk.Ending ending, String why) {
    FunnelWalk walk = new FunnelWalk(List.of(true, true, true), 5 * SECOND, false);
    places(walk, touches);
    assertThat(walk.ending((touches.length() - 1) * SECOND + 1)).as(why).isEqualTo(ending);
  }

  @Test
  void stepIsReachedWherePatternOfTheStepsMatches() {
    Random random = new Random(3);
    String[] steps = {"a", "b", "c"};
    int[] reached = new int[3];
    for (int round = 0; round < 3_000; round++) {
      int window = 1 + random.nextInt(6);
      List<String> labels = new ArrayList<>();
      long[] micros = new long[random.nextInt(10)];
      long now = 0;
      for (int i = 0; i < micros.length; i++) {
        labels.add(String.valueOf("abcx".charAt(random.nextInt(4))));
        now += random.nextInt(3) * SECOND;
        micros[i] = now;
      }
      for (boolean isStrict : new boolean[] {false, true}) {
        FunnelWalk walk = new FunnelWalk(List.of(true, true, true), window * SECOND, isStrict);
        Attempt best = walk.follow(bits(labels), micros);
        String between = isStrict ? " -> " : " -> [^x]* -> ";
        for (int step = 0; step < 3; step++) {
          String pattern = String.join(between, List.of(steps).subList(0, step + 1));
          TouchMatcher matcher =
              new TouchMatcher(TouchPattern.parse(pattern + " within " + window + "s"));
          long[] touches = labels.stream().map(TouchName::label).mapToLong(matcher::bits).toArray();
          boolean isReached = best != null && best.took(step);
          assertThat(isReached)
              .as("%s of %s at %s", pattern, labels, micros)
              .isEqualTo(!matcher.matches(touches, micros).isEmpty());
          reached[step] += isReached ? 1 : 0;
        }
      }
    }
    assertThat(reached[2]).isGreaterThan(100);
  }

  /** Counts of the shop's clicks by a plain loop over all first clicks, and by the walk. */
  @Test
  void customersOfAPublishedShopAreThoseThatAPlainLoopFinds() throws IOException {
    Path file = Path.of(System.getProperty("shared.data", ""), "simple_shop/simple_shop.csv.gz");
    assumeTrue(Files.exists(file), () -> "there is no " + file);
    Map<String, List<Click>> customers = clicks(file);
    long window = 14L * 86_400 * SECOND;
    int[] counts = new int[3];
    int[] plain = new int[3];
    List<String> steps = List.of("catalog", "cart", "payment_done");
    for (List<Click> clicks : customers.values()) {
      long[] bits = clicks.stream().mapToLong(c -> bit(steps.indexOf(c.event()))).toArray();
      long[] micros = clicks.stream().mapToLong(Click::micros).toArray();
      Attempt best = new FunnelWalk(List.of(true, true, true), window, false).follow(bits, micros);
      int furthest = furthest(clicks, steps, window);
      for (int step = 0; step < 3; step++) {
        counts[step] += best != null && best.took(step) ? 1 : 0;
        plain[step] += furthest >= step ? 1 : 0;
      }
    }

    assertThat(customers).hasSize(3_751);
    assertThat(counts).containsExactly(plain);
    assertThat(counts[0]).isGreaterThan(counts[1]).isGreaterThan(0);
    assertThat(counts[1]).isGreaterThan(counts[2]).isGreaterThan(0);
  }

  private static int furthest(List<Click> clicks, List<String> steps, long window) {
    int furthest = -1;
    for (int first = 0; first < clicks.size(); first++) {
      int step = 0;
      for (int i = first; i < clicks.size() && step < steps.size(); i++) {
        boolean isInTime = clicks.get(i).micros() - clicks.get(first).micros() <= window;
        boolean isBegun = step > 0 || i == first;
        if (isBegun && isInTime && clicks.get(i).event().equals(steps.get(step))) {
          furthest = Math.max(furthest, step);
          step++;
        }
      }
    }
    return furthest;
  }

  private record Click(String event, long micros) {}

  private static Map<String, List<Click>> clicks(Path file) throws IOException {
    DateTimeFormatter format =
        new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter(Locale.ROOT);
    Map<String, List<Click>> customers = new TreeMap<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      List<String> header = List.of(reader.readLine().split(",", -1));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String[] cells = line.split(",", -1);
        String event = cells[header.indexOf("event")];
        if (!event.equals("lost")) {
          LocalDateTime at = LocalDateTime.parse(cells[header.indexOf("timestamp")], format);
          long micros = ChronoUnit.MICROS.between(Instant.EPOCH, at.toInstant(ZoneOffset.UTC));
          customers
              .computeIfAbsent(cells[header.indexOf("user_id")], user -> new ArrayList<>())
              .add(new Click(event, micros));
        }
      }
    }
    customers
        .values()
        .forEach(all -> all.sort((one, other) -> Long.compare(one.micros(), other.micros())));
    return customers;
  }

  private static long bit(int step) {
    return step < 0 ? 0 : 1L << step;
  }

  private static long[] bits(List<String> labels) {
    long excludes = 0b110L << FunnelRules.MOST_STEPS;
    return labels.stream()
        .mapToLong(label -> label.equals("x") ? excludes : bit("abc".indexOf(label)))
        .toArray();
  }

  private static String way(String touches, long window, boolean isStrict) {
    return places(new FunnelWalk(List.of(true, true, true), window * SECOND, isStrict), touches);
  }

  /** Numbers of the touches that took the steps, in a row up to a second without a step. */
  private static String places(FunnelWalk walk, String touches) {
    List<String> labels = new ArrayList<>();
    List<Long> micros = new ArrayList<>();
    for (int second = 0; second < touches.length(); second++) {
      if (touches.charAt(second) != '-') {
        labels.add(touches.substring(second, second + 1));
        micros.add(second * SECOND);
      }
    }
    Attempt best = walk.follow(bits(labels), micros.stream().mapToLong(at -> at).toArray());
    if (best == null) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    for (int place = 0; place < 3; place++) {
      text.append(best.took(place) ? String.valueOf(best.touch(place)) : " ");
    }
    return text.toString().stripTrailing();
  }
}
