package io.itinera.core.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.itinera.core.trail.TouchMatcher.Match;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TouchPatternTest {

  private static final String SHOP =
      "Home > Products > Add to cart > Products > Add to cart > Billing > Order";

  @Test
  void neighboursOfAnAnchorAreThoseOfTheOccurrencesThatCount() {
    assertThat(around("'Add to cart'", 0, 1)).isEqualTo(Map.of("Products", 1, "Billing", 1));
    assertThat(around("'Add to cart'", 1, 1)).isEqualTo(Map.of("Products", 1));
    assertThat(around("'Add to cart'", 0, -1)).isEqualTo(Map.of("Products", 2));
    assertThat(around("'Add to cart'", -1, -1)).isEqualTo(Map.of("Products", 1));
    assertThat(around("'Add to cart'", -1, 1)).isEqualTo(Map.of("Billing", 1));
    assertThat(around("Order", 0, 1)).isEqualTo(Map.of(AroundMatches.END, 1));
    assertThat(around("Home", 0, -1)).isEqualTo(Map.of(AroundMatches.START, 1));
    assertThat(around("'Add to cart'", 3, 1)).isEmpty();
    assertThat(around("'Add to cart' -> .* -> Billing", 0, -2)).isEqualTo(Map.of("Add to cart", 1));
  }

  /** A touch of exactly the time counts; what is further away is told as such, once a side. */
  @Test
  void neighboursMayBeNoFurtherThanATime() {
    List<String> labels = List.of("a", "b", "x", "c", "d", "e");
    long second = 1_000_000;
    long[] micros = {0, 5 * second, 10 * second, 10 * second, 14 * second, 14 * second + 1};

    assertThat(near(labels, TouchPattern.time("4 seconds"), micros))
        .isEqualTo("-1 (later or earlier), 1 c, 2 d, 3 (later or earlier)");
    assertThat(near(labels, TouchPattern.time("5s"), micros))
        .isEqualTo("-1 b, -2 (later or earlier), 1 c, 2 d, 3 e, 4 (end)");
    assertThat(near(labels, AroundMatches.EVER, micros))
        .isEqualTo("-1 b, -2 a, -3 (start), 1 c, 2 d, 3 e, 4 (end)");
    assertThatThrownBy(() -> TouchPattern.time("3 moons")).hasMessageContaining("unit of time");
  }

  private static String near(List<String> labels, Duration within, long... micros) {
    return new AroundMatches(0, Integer.MAX_VALUE, within)
        .neighbours(matches("x", labels, 1), micros).stream()
            .map(neighbour -> neighbour.offset() + " " + neighbour.label(labels))
            .collect(Collectors.joining(", "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          a -> b                 ; a b a b      ; 0-2 2-4
          a -> .* -> b           ; a a c b b    ; 1-4
          a -> .{0,1} -> b       ; a c c b a c b; 4-7
          a -> !b* -> c          ; a b c a x c  ; 3-6
          a -> [b|c]             ; a b a c a d  ; 0-2 2-4
          a -> [^b|c]            ; a b a c a d  ; 4-6
          (a | b -> c) -> d      ; a d b c d    ; 0-2 2-5
          ^a -> b                ; a b a b      ; 0-2
          ^b                     ; a b          ;
          b$                     ; b a b        ; 2-3
          ^.{2}$                 ; a b          ; 0-2
          ^.{2}$                 ; a b c        ;
          a{2}                   ; a a a a a    ; 0-2 2-4
          a{2,} -> b             ; a a a b      ; 1-4
          a+ -> b?  -> c         ; a a c        ; 1-3
          a*                     ; b            ;
          (a -> b){2}            ; a b a b a b  ; 0-4
          .                      ;              ;
          web:*:/cart*           ; x            ;
          """)
  void matchesAreAsShortAsCanBe(String pattern, String touches, String expected) {
    List<String> labels = touches == null ? List.of() : List.of(touches.split(" "));

    assertThat(places(pattern, labels, 0)).isEqualTo(expected == null ? "" : expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          (a -> .* -> b) within 20 seconds ; a c b  ; 0-3
          (a -> .* -> b) within 19s        ; a c b  ;
          a -> .* -> b within 20s          ; a c b  ; 0-3
          a -[<= 10s]-> c                  ; a c b  ; 0-2
          a -[< 10s]-> c                   ; a c b  ;
          a -[>= 10 s]-> c                 ; a c b  ; 0-2
          a -[> 10 s]-> c                  ; a c b  ;
          (a -> .* -> b) within 20s        ; a a c b; 1-4
          (a -> b) within 0 minutes        ; a b    ;
          """)
  void timesAreBoundWithExactlyTheBoundAllowed(String pattern, String touches, String expected) {
    assertThat(places(pattern, List.of(touches.split(" ")), 10_000_000))
        .isEqualTo(expected == null ? "" : expected);
  }

  @Test
  void namesAreOfChannelTypeAndLocation() {
    TouchName cart = new TouchName("web", "page_view", "/cart/1", "checkout");
    assertThat(holds("web", cart)).isTrue();
    assertThat(holds("page_view", cart)).isTrue();
    assertThat(holds("web:page_view", cart)).isTrue();
    assertThat(holds("app:page_view", cart)).isFalse();
    assertThat(holds("web:*", cart)).isTrue();
    assertThat(holds("web:page_*:/cart/*", cart)).isTrue();
    assertThat(holds("web:page_view:/cart", cart)).isFalse();
    assertThat(holds("web:page_view:'/cart/1'", cart)).isTrue();
    assertThat(holds("!web:page_view", cart)).isFalse();
    assertThat(holds("call:*:*", new TouchName("call", "call", null, null))).isTrue();
    assertThat(holds("call:*:x*", new TouchName("call", "call", null, null))).isFalse();
  }

  @Test
  void pagesAreCalledAsPathsCallThem() {
    TouchName cart = new TouchName("web", "page_view", "/cart/1", "checkout");
    TouchName call = new TouchName("call", "call", null, null);
    assertThat(holds("page:checkout", cart)).isTrue();
    assertThat(holds("page:check*", cart)).isTrue();
    assertThat(holds("page:*", cart)).isTrue();
    assertThat(holds("page:/cart/1", cart)).isFalse();
    assertThat(holds("page:*", call)).isFalse();
    assertThat(holds("[call|page:checkout]", cart)).isTrue();
    assertThat(holds("!page:checkout", call)).isTrue();
    assertThat(TouchPattern.parse("a -> (b | [^page:x])?").asksForPage()).isTrue();
    assertThat(TouchPattern.parse("a -> page").asksForPage()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      textBlock =
          """
          page:a:b     ; 8  ; page:name is all that may be said of a page
          ""           ; 0  ; a touch is expected
          a ->         ; 4  ; a touch is expected
          a b          ; 2  ; -> or the end is expected
          a -> (b      ; 7  ; ) is expected
          a -> [b      ; 7  ; ] is expected
          a{2          ; 3  ; } is expected
          a{3,2}       ; 5  ; {least,most} wants
          a{0}         ; 3  ; {least,most} wants
          a{9999}      ; 2  ; a whole number up to 1,000
          a:b:c:d      ; 7  ; a name is channel:type:location
          'a           ; 0  ; the quote that begins here has no end
          a within 3   ; 10 ; a unit of time
          a within 3 y ; 11 ; a unit of time
          a -[3d]-> b  ; 4  ; <=, <, >= or >
          a -> *       ; 5  ; a touch is expected
          a -> b )     ; 7  ; -> or the end is expected
          """)
  void errorsNameThePosition(String pattern, int position, String problem) {
    assertThatThrownBy(() -> TouchPattern.parse(pattern))
        .isInstanceOf(PatternException.class)
        .hasMessageContaining(problem)
        .hasMessageContaining("at character " + (position + 1))
        .extracting(e -> ((PatternException) e).position())
        .isEqualTo(position);
  }

  @Test
  void patternThatWouldNeverFitIsRefused() {
    assertThatThrownBy(() -> TouchPattern.parse("((a{1000}){1000}){1000}"))
        .hasMessageContaining("repeats too much");
  }

  private static boolean holds(String pattern, TouchName touch) {
    TouchMatcher matcher = new TouchMatcher(TouchPattern.parse(pattern));
    return matcher.matches(new long[] {matcher.bits(touch)}, new long[] {0}).size() == 1;
  }

  private static Map<String, Integer> around(String pattern, int occurrence, int offset) {
    List<String> labels = List.of(SHOP.split(" > "));
    Map<String, Integer> around = new TreeMap<>();
    new AroundMatches(occurrence, Math.abs(offset))
        .neighbours(matches(pattern, labels, 0), new long[labels.size()]).stream()
            .filter(neighbour -> neighbour.offset() == offset)
            .forEach(neighbour -> around.merge(neighbour.label(labels), 1, Integer::sum));
    return around;
  }

  private static String places(String pattern, List<String> labels, long gap) {
    List<String> places = new ArrayList<>();
    matches(pattern, labels, gap).forEach(match -> places.add(match.from() + "-" + match.to()));
    return String.join(" ", places);
  }

  private static List<Match> matches(String pattern, List<String> labels, long gap) {
    TouchMatcher matcher = new TouchMatcher(TouchPattern.parse(pattern));
    long[] bits = new long[labels.size()];
    long[] micros = new long[labels.size()];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = matcher.bits(TouchName.label(labels.get(i)));
      micros[i] = i * gap;
    }
    return matcher.matches(bits, micros);
  }
}
