package io.itinera.core.persistence;

import static io.itinera.testing.TableText.assertRows;
import static io.itinera.testing.TableText.wholeRows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.itinera.core.persistence.CarryValues.Touch;
import io.itinera.core.persistence.DimensionRules.Allocation;
import io.itinera.core.persistence.DimensionRules.Expiration;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.testing.SparkExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The tables of five hits that Adobe publishes for allocation in Customer Journey Analytics, and
 * what follows from its words on expiration for the same hits.
 */
@ExtendWith(SparkExtension.class)
class PersistValuesTest {

  private static final Instant START = Instant.parse("2024-05-01T10:00:00Z");

  /**
   * Each hit is session, minute and what it sets, by slashes; an expected hit is its values, joined
   * by +; - is none.
   */
  @ParameterizedTest(name = "{0} within {1}: {2}")
  @CsvSource({
    // Adobe's own tables, all in one session.
    "MOST_RECENT, SESSION, s/1/- s/2/C s/3/B s/6/- s/7/A, - C B B A",
    "ORIGINAL,    SESSION, s/1/- s/2/C s/3/B s/6/- s/7/A, - C C C C",
    "ALL,         SESSION, s/1/A s/2/B s/3/C s/4/- s/5/A, A A+B A+B+C A+B+C A+B+C",
    // A new session after the third hit: what was set is gone.
    "MOST_RECENT, SESSION, s/1/- s/2/C s/3/B t/6/- t/7/A, - C B - A",
    "ORIGINAL,    SESSION, s/1/- s/2/C s/3/B t/6/- t/7/A, - C C - A",
    "ALL,         SESSION, s/1/A s/2/B s/3/C t/4/- t/5/A, A A+B A+B+C - A",
    // Within the person it goes on.
    "MOST_RECENT, PERSON,  s/1/- s/2/C s/3/B t/6/- t/7/A, - C B B A",
    "ORIGINAL,    PERSON,  s/1/- s/2/C s/3/B t/6/- t/7/A, - C C C C",
    "ALL,         PERSON,  s/1/A s/2/B s/3/C t/4/- t/5/A, A A+B A+B+C A+B+C A+B+C",
    // Three minutes: of exactly that age a value counts, of more it does not.
    "MOST_RECENT, TIME,    s/1/- s/2/C s/3/B t/6/- t/7/A, - C B B A",
    "MOST_RECENT, TIME,    s/1/- s/2/C s/3/B t/7/- t/8/A, - C B - A",
    "ORIGINAL,    TIME,    s/1/- s/2/C s/3/B t/5/- t/6/A, - C C C A",
    "ORIGINAL,    TIME,    s/1/- s/2/C s/3/B t/6/- t/7/A, - C C - A",
    // Until a purchase, which still has the value itself.
    "MOST_RECENT, METRIC,  s/1/- s/2/C s/3/!B t/6/- t/7/A, - C B - A",
    "ORIGINAL,    METRIC,  s/1/- s/2/C s/3/!B t/6/- t/7/A, - C C - A",
    "ORIGINAL,    METRIC,  s/1/!- s/2/C s/3/B t/6/!- t/7/-, - C C C -"
  })
  void fiveHits(Allocation allocation, Expiration expiration, String hits, String expected) {
    CarryValues carried = new CarryValues(rules(allocation, expiration));

    assertThat(
            List.of(hits.split(" ")).stream()
                .map(hit -> touch(hit.split("/"), expiration))
                .map(carried::next)
                .map(values -> values.isEmpty() ? "-" : String.join("+", values))
                .collect(Collectors.joining(" ")))
        .isEqualTo(expected);
  }

  @Test
  void ofAllValuesTheLatestHundredCount() {
    CarryValues carried = new CarryValues(rules(Allocation.ALL, Expiration.PERSON));
    List<String> counting = List.of();
    for (int i = 1; i <= 105; i++) {
      counting = carried.next(new Touch("ann", START, "visit", "v" + i));
    }

    assertThat(counting).hasSize(100).startsWith("v6", "v7").endsWith("v105");
  }

  /** Three sessions on few minutes: every second hit sets nothing, some are purchases. */
  @ParameterizedTest
  @EnumSource(Expiration.class)
  void hitsHaveWhatAPlainLookBackFinds(Expiration expiration) {
    Random random = new Random(7);
    for (int customer = 0; customer < 500; customer++) {
      List<Touch> hits = new ArrayList<>();
      int minute = 0;
      for (int i = random.nextInt(12); i >= 0; i--) {
        minute += random.nextInt(3);
        String value = random.nextBoolean() ? null : List.of("A", "B", "C").get(random.nextInt(3));
        String scope = expiration == Expiration.SESSION ? "s" + i / 4 : "ann";
        Instant at = START.plus(Duration.ofMinutes(minute));
        hits.add(new Touch(scope, at, random.nextInt(4) == 0 ? "purchase" : "visit", value));
      }
      CarryValues latest = new CarryValues(rules(Allocation.MOST_RECENT, expiration));
      CarryValues first = new CarryValues(rules(Allocation.ORIGINAL, expiration));
      for (int i = 0; i < hits.size(); i++) {
        assertThat(latest.next(hits.get(i))).isEqualTo(latest(hits, i, expiration));
        assertThat(first.next(hits.get(i))).isEqualTo(original(hits, i, expiration));
      }
    }
  }

  private static List<String> latest(List<Touch> hits, int at, Expiration expiration) {
    for (int i = at; i >= 0; i--) {
      if (hits.get(i).value() != null) {
        return counts(hits, i, at, expiration) ? List.of(hits.get(i).value()) : List.of();
      }
    }
    return List.of();
  }

  /** The first that sets something and still counts, where none before it counted then. */
  private static List<String> original(List<Touch> hits, int at, Expiration expiration) {
    int counting = -1;
    for (int i = 0; i <= at; i++) {
      boolean isOver = counting < 0 || !counts(hits, counting, i, expiration);
      counting = isOver ? (hits.get(i).value() == null ? -1 : i) : counting;
    }
    return counting < 0 ? List.of() : List.of(hits.get(counting).value());
  }

  private static boolean counts(List<Touch> hits, int from, int at, Expiration expiration) {
    Touch set = hits.get(from);
    return switch (expiration) {
      case PERSON -> true;
      case SESSION -> set.scope().equals(hits.get(at).scope());
      case TIME -> Duration.between(set.at(), hits.get(at).at()).toMinutes() <= 3;
      case METRIC -> hits.subList(from, at).stream().noneMatch(h -> h.type().equals("purchase"));
    };
  }

  @Test
  void eachValueOfManyExpiresWithSessionOrPersonOnly() {
    assertThatThrownBy(() -> rules(Allocation.ALL, Expiration.TIME))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expiration = session or person only");
  }

  @Test
  void customersAndSessionsThatOverlapAreKeptApart(SparkSession spark) {
    assertRows(
        PersistValues.values(
            wholeRows(
                spark,
                OwnedTouchpoints.VIEW,
                """
                touchpoint_id | customer_id | event_date | type  | occurred_at         | sequence | session_id | campaign
                e1            | ann         | 2024-05-01 | visit | 2024-05-01 10:00:00 | 1        | s1         | spring
                e2            | ann         | 2024-05-01 | call  | 2024-05-01 10:01:00 | 1        | s2         |
                e3            | ann         | 2024-05-01 | visit | 2024-05-01 10:02:00 | 1        | s1         |
                e4            | bob         | 2024-05-01 | visit | 2024-05-01 10:03:00 | 1        | s3         |
                e5            | bob         | 2024-05-02 | visit | 2024-05-02 10:00:00 | 2        | s4         | summer
                e6            | bob         | 2024-05-02 | visit | 2024-05-02 10:00:00 | 1        | s4         |
                """),
            List.of(
                rules(Allocation.MOST_RECENT, Expiration.SESSION),
                rules(Allocation.ORIGINAL, Expiration.PERSON))),
        """
        touchpoint_id | customer_id | dimension   | values
        e1            | ann         | in_session  | [spring]
        e3            | ann         | in_session  | [spring]
        e5            | bob         | in_session  | [summer]
        e1            | ann         | in_person   | [spring]
        e2            | ann         | in_person   | [spring]
        e3            | ann         | in_person   | [spring]
        e5            | bob         | in_person   | [summer]
        """);
  }

  private static DimensionRules rules(Allocation allocation, Expiration expiration) {
    return new DimensionRules(
        "in_" + expiration.name().toLowerCase(Locale.ROOT),
        "campaign",
        allocation,
        expiration,
        Duration.ofMinutes(3),
        Set.of("purchase"));
  }

  private static Touch touch(String[] hit, Expiration expiration) {
    String scope = expiration == Expiration.SESSION ? hit[0] : "ann";
    boolean isPurchase = hit[2].startsWith("!");
    String value = isPurchase ? hit[2].substring(1) : hit[2];
    Instant at = START.plus(Duration.ofMinutes(Long.parseLong(hit[1])));
    return new Touch(
        scope, at, isPurchase ? "purchase" : "visit", value.equals("-") ? null : value);
  }
}
