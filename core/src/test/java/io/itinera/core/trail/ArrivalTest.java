package io.itinera.core.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.itinera.core.spark.PackRows.Walk;
import io.itinera.core.spark.RowsOfCase;
import io.itinera.core.trail.FunnelRules.Order;
import io.itinera.core.trail.FunnelRules.Step;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was true at a step, or happened behind it, is no cause only because of how it ended. */
class ArrivalTest {

  private static final long SECOND = 1_000_000;
  private static final long HOUR = 3_600 * SECOND;
  private static final long WINDOW = 14 * 24 * HOUR;

  private static TrailRules rules(Duration window, Order order, double landmark, String... steps) {
    List<Step> all =
        IntStream.range(0, steps.length).mapToObj(i -> Step.of(steps[i], "true")).toList();
    return new TrailRules(
        List.of(new FunnelRules("f", all, window, order, List.of())),
        365,
        Map.of("device", "device"),
        landmark,
        0.01,
        20,
        ZoneOffset.UTC);
  }

  /** A touch that takes a step of the funnel, ends its attempts, or does neither. */
  private record Touch(long micros, String name, String device) {}

  /** What one customer did, in order; and their segments. */
  private record Rows(String id, List<Long> times, List<FunnelTouch> kinds)
      implements RowsOfCase<FunnelTouch> {

    private Rows(String id) {
      this(id, new ArrayList<>(), new ArrayList<>());
    }

    private Rows in(String segmentType, String segment) {
      times.add(Long.MIN_VALUE);
      kinds.add(new FunnelTouch(null, null, null, null, segmentType, segment));
      return this;
    }

    private Rows did(Touch touch, List<String> steps) {
      int step = steps.indexOf(touch.name());
      long bits = step < 0 ? 0 : 1L << step;
      for (int i = 1; i < steps.size() && touch.name().equals("x"); i++) {
        bits |= 1L << (FunnelRules.MOST_STEPS + i);
      }
      times.add(touch.micros());
      kinds.add(
          new FunnelTouch(touch.name(), List.of(bits), List.of(touch.device()), null, null, null));
      return this;
    }

    @Override
    public int size() {
      return times.size();
    }

    @Override
    public long micros(int place) {
      return times.get(place);
    }

    @Override
    public String id(int place) {
      return null;
    }

    @Override
    public FunnelTouch kind(int place) {
      return kinds.get(place);
    }

    @Override
    public Row own(int place) {
      return null;
    }
  }

  private static Iterator<Row> counted(
      Map<String, List<Touch>> customers, TrailRules rules, long end) {
    FunnelRules funnel = rules.funnels().get(0);
    List<String> steps = funnel.steps().stream().map(Step::name).toList();
    Walk<FunnelTouch> walk =
        new TallyFunnels(rules.funnels(), List.of("device"), rules.landmark(), end, ZoneOffset.UTC)
            .begin();
    customers.forEach(
        (id, touches) -> {
          if (!touches.isEmpty()) {
            Rows rows = new Rows(id);
            touches.forEach(touch -> rows.did(touch, steps));
            walk.take(rows);
          }
        });
    return walk.end().iterator();
  }

  private static List<Row> causes(Iterator<Row> counted, TrailRules rules) {
    return new FunnelReport(
            FunnelCount.summed(new FunnelCount.Together().call(counted)),
            LocalDate.of(2026, 3, 31),
            rules)
        .causes();
  }

  @ParameterizedTest
  @EnumSource(Order.class)
  void thoseWhoComeAndWaitAndWhatTheyDidAreWhatAPlainLoopCounts(Order order) {
    Random random = new Random(7);
    Map<String, List<Touch>> customers = new TreeMap<>();
    for (int i = 0; i < 3_000; i++) {
      List<Touch> touches = new ArrayList<>();
      long now = 0;
      for (int count = random.nextInt(14); count > 0; count--) {
        now += random.nextInt(4) * SECOND;
        String name = String.valueOf("aabbcxyz".charAt(random.nextInt(8)));
        touches.add(new Touch(now, name, random.nextBoolean() ? "phone" : "desktop"));
      }
      customers.put("c" + i, touches);
    }
    TrailRules rules = rules(Duration.ofSeconds(9), order, 0.4, "a", "b", "c");
    long end = 25 * SECOND;

    Map<String, String> expected = new PlainLoop(order, 9 * SECOND, 0.4, end).counts(customers);
    Map<String, long[]> sums = new TreeMap<>();
    FunnelCount.summed(counted(customers, rules, end))
        .forEach(
            (key, count) ->
                Crowd.of(key.kind())
                    .ifPresent(
                        crowd -> {
                          String text =
                              key.step()
                                  + (crowd.isWaiting() ? " waiting " : " ")
                                  + new TreeSet<>(Set.of(key.value(), key.name()));
                          long[] sum = sums.computeIfAbsent(text, k -> new long[2]);
                          sum[0] += count.wentOn();
                          sum[1] += count.dropped();
                        }));
    Map<String, String> actual = texts(sums);

    assertThat(actual).isEqualTo(expected);
    assertThat(actual).hasSizeGreaterThan(order == Order.STRICT ? 10 : 30);
  }

  private static Map<String, String> texts(Map<String, long[]> sums) {
    Map<String, String> texts = new TreeMap<>();
    sums.forEach((key, sum) -> texts.put(key, sum[0] + " went on, " + sum[1] + " dropped"));
    return texts;
  }

  /** The same by looking through all touches again for each question. */
  private record PlainLoop(Order order, long window, double share, long end) {

    private Map<String, String> counts(Map<String, List<Touch>> customers) {
      Map<String, long[]> sums = new TreeMap<>();
      for (List<Touch> touches : customers.values()) {
        for (int step = 0; step < 2; step++) {
          count(touches, step, sums);
        }
      }
      return texts(sums);
    }

    private void count(List<Touch> touches, int step, Map<String, long[]> sums) {
      int first = first(touches, step);
      if (first < 0) {
        return;
      }
      long at = touches.get(first).micros();
      long latest = touches.get(start(touches, step, first)).micros() + window;
      long landmark = at + (long) ((latest - at) * share);
      int next = first(touches, step + 1);
      if (latest >= end) {
        return;
      }
      int outcome = next >= 0 && touches.get(next).micros() <= latest ? 0 : 1;
      String there = "device = " + touches.get(first).device();
      Set<String> keys = new TreeSet<>(Set.of(one(FunnelCount.ALL), one(there)));
      keys.forEach(key -> sums.computeIfAbsent(step + " " + key, k -> new long[2])[outcome]++);

      boolean isGone = next >= 0 && touches.get(next).micros() <= landmark;
      if (isGone || isEnded(touches, step, first, landmark)) {
        return;
      }
      for (Touch touch : touches.subList(first + 1, touches.size())) {
        if (touch.micros() <= landmark) {
          keys.add(one("then " + touch.name()));
          keys.add(new TreeSet<>(Set.of("then " + touch.name(), there)).toString());
        }
      }
      keys.forEach(
          key -> sums.computeIfAbsent(step + " waiting " + key, k -> new long[2])[outcome]++);
    }

    private static String one(String condition) {
      return new TreeSet<>(Set.of(condition, "")).toString();
    }

    private int first(List<Touch> touches, int step) {
      for (int i = 0; i < touches.size(); i++) {
        if (start(touches, step, i) >= 0) {
          return i;
        }
      }
      return -1;
    }

    /** The latest beginning of an attempt that takes the step at a place; −1 for none. */
    private int start(List<Touch> touches, int step, int place) {
      if (!touches.get(place).name().equals(List.of("a", "b", "c").get(step))) {
        return -1;
      }
      if (step == 0) {
        return place;
      }
      int latest = -1;
      for (int i = order == Order.STRICT ? place - 1 : 0; i >= 0 && i < place; i++) {
        boolean isFree = touches.subList(i, place).stream().noneMatch(t -> t.name().equals("x"));
        int start = isFree ? start(touches, step - 1, i) : -1;
        if (start >= 0 && touches.get(place).micros() - touches.get(start).micros() <= window) {
          latest = Math.max(latest, start);
        }
      }
      return latest;
    }

    private boolean isEnded(List<Touch> touches, int step, int first, long landmark) {
      for (int i = first + 1; i < touches.size() && touches.get(i).micros() <= landmark; i++) {
        boolean ends =
            order == Order.STRICT ? start(touches, step, i) < 0 : touches.get(i).name().equals("x");
        if (ends) {
          return true;
        }
      }
      return false;
    }
  }

  /** Someone's life at a desk behind the first look at a product. */
  private interface Life {
    /**
     * @param hours when something happens of which one comes in so many hours
     */
    void live(List<Touch> touches, Random random, Hours hours);
  }

  private interface Hours {
    double within(double mean);
  }

  private static Map<String, List<Touch>> lives(int people, long seed, Life life) {
    Random random = new Random(seed);
    Map<String, List<Touch>> customers = new TreeMap<>();
    for (int i = 0; i < people; i++) {
      List<Touch> touches = new ArrayList<>();
      touches.add(new Touch(0, "view", random.nextInt(3) == 0 ? "phone" : "desktop"));
      life.live(touches, random, mean -> -mean * Math.log(1 - random.nextDouble()));
      touches.sort(Comparator.comparingLong(Touch::micros));
      customers.put("c" + i, touches);
    }
    return customers;
  }

  private static void add(List<Touch> touches, double hour, String name) {
    touches.add(new Touch((long) (hour * HOUR), name, "desktop"));
  }

  private static final TrailRules PURCHASE =
      rules(Duration.ofDays(14), Order.ORDERED, 0.1, "view", "purchase");

  /**
   * Who buys, mostly at once, has no time to look again; who does not has two weeks. Who looks
   * again and buys later does so from a desk, though the phone at which they began is not to blame.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatComesBetweenByChanceIsNoCause(long seed) {
    Map<String, List<Touch>> customers =
        lives(
            6_000,
            seed,
            (touches, random, hours) -> {
              if (random.nextDouble() < 0.6) {
                add(touches, hours.within(random.nextBoolean() ? 1 : 72), "purchase");
              }
              for (String name : List.of("view", "call", "page")) {
                double mean = name.equals("call") ? 200 : 30;
                for (double at = hours.within(mean); at < 400; at += hours.within(mean)) {
                  add(touches, at, name);
                }
              }
            });

    assertThat(causes(counted(customers, PURCHASE, 3 * WINDOW), PURCHASE)).isEmpty();
  }

  /** A complaint lowers the odds of who has not bought yet; a question does nothing. */
  @Test
  void whatLowersTheOddsIsACause() {
    Life life =
        (touches, random, hours) -> {
          double purchase = random.nextDouble() < 0.7 ? hours.within(60) : Double.MAX_VALUE;
          double complaint = random.nextDouble() < 0.3 ? hours.within(12) : Double.MAX_VALUE;
          if (complaint < purchase && random.nextDouble() < 0.7) {
            purchase = Double.MAX_VALUE;
          }
          add(touches, hours.within(24), "question");
          for (double at = hours.within(20); at < 400; at += hours.within(20)) {
            add(touches, at, "view");
          }
          if (complaint < 400) {
            add(touches, complaint, "complaint");
          }
          if (purchase < 400) {
            add(touches, purchase, "purchase");
          }
        };
    Map<String, List<Touch>> customers = lives(6_000, 1, life);

    List<Row> causes = causes(counted(customers, PURCHASE, 3 * WINDOW), PURCHASE);

    assertThat(causes).extracting(row -> row.getString(3)).containsExactly("then complaint");
    // Of those who complained within 33.6 hours and had not bought before, so many never do.
    assertThat(causes.get(0).getDouble(8)).isEqualTo(0.85, within(0.05));
    assertThat(causes.get(0).getDouble(5)).isGreaterThan(1.3);
    assertThat(causes.get(0).getLong(7)).isLessThan(1_800);
    assertThat(inParts(customers)).isEqualTo(causes);
  }

  private static List<Row> inParts(Map<String, List<Touch>> customers) {
    List<Row> rows = new ArrayList<>();
    for (int part = 2; part >= 0; part--) {
      Map<String, List<Touch>> some = new TreeMap<>(customers);
      int number = part;
      some.keySet().removeIf(id -> Math.floorMod(id.hashCode(), 3) != number);
      counted(some, PURCHASE, 3 * WINDOW).forEachRemaining(rows::add);
    }
    return causes(rows.iterator(), PURCHASE);
  }

  @Test
  void whoseTimeIsNotOverIsNotCountedHoweverItWent() {
    Map<String, List<Touch>> customers =
        Map.of(
            "c1", List.of(new Touch(0, "view", "phone"), new Touch(WINDOW, "purchase", "phone")),
            "c2", List.of(new Touch(0, "view", "phone")));

    assertThat(waiting(customers, WINDOW)).isZero();
    assertThat(waiting(customers, WINDOW + 1)).isEqualTo(2);
  }

  /** Who is in a segment may be known by how it ended: that explains nothing. */
  @Test
  void personasMayBeCausesAndNamedSegmentsMayNot() {
    Walk<FunnelTouch> walk =
        new TallyFunnels(PURCHASE.funnels(), List.of("device"), 0.1, 2 * WINDOW, ZoneOffset.UTC)
            .begin();
    walk.take(
        new Rows("c1")
            .in("persona", "x")
            .in("segment:dropped_it", "x")
            .did(new Touch(0, "view", "phone"), List.of("view", "purchase")));
    Iterator<Row> counted = walk.end().iterator();

    assertThat(FunnelCount.summed(counted).keySet())
        .filteredOn(key -> Crowd.of(key.kind()).isPresent() && key.name().isEmpty())
        .extracting(FunnelCount.Alike::value)
        .containsOnly(FunnelCount.ALL, "device = phone", "persona = x");
  }

  private static long waiting(Map<String, List<Touch>> customers, long end) {
    return FunnelCount.summed(counted(customers, PURCHASE, end)).entrySet().stream()
        .filter(count -> Crowd.of(count.getKey().kind()).filter(Crowd::isWaiting).isPresent())
        .filter(count -> count.getKey().value().equals(FunnelCount.ALL))
        .mapToLong(count -> count.getValue().all())
        .sum();
  }
}
