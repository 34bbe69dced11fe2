package io.itinera.core.nights;

import io.itinera.core.journey.JourneyRules;
import io.itinera.core.journey.JourneyRules.Repeats;
import io.itinera.core.journey.JourneyRules.StepUnit;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Journeys by a loop that is easy to trust. */
final class PlainJourneys {

  private static final List<String> STAGES =
      List.of("awareness", "consideration", "conversion", "retention", "advocacy");

  private PlainJourneys() {}

  /** A line for each journey: what {@link NightsOracleTest} shows of a row. */
  static List<String> lines(Collection<Touch> touches, Instant asOfEnd, JourneyRules rules) {
    Map<String, String> sessions = PlainSessions.ids(touches);
    List<String> lines = new ArrayList<>();
    for (List<Touch> way : ways(touches)) {
      int number = 0;
      List<Plain> journeys = cut(way, rules);
      for (Plain journey : journeys) {
        number++;
        BigDecimal refunded = refunded(journey, journeys);
        lines.add(line(journey, number, refunded, sessions, asOfEnd, rules));
      }
    }
    return lines.stream().sorted().toList();
  }

  /** The touchpoints of each customer, in order. */
  static Collection<List<Touch>> ways(Collection<Touch> touches) {
    return touches.stream()
        .sorted(Touch.ORDER)
        .collect(Collectors.groupingBy(Touch::customer, TreeMap::new, Collectors.toList()))
        .values();
  }

  /** A journey: its touches in order, further lines of its orders, and when it ended. */
  static final class Plain {
    final List<Touch> touches = new ArrayList<>();
    final List<Touch> lines = new ArrayList<>();
    Instant end;

    Touch first() {
      return touches.get(0);
    }

    Stream<Touch> all() {
      return Stream.concat(touches.stream(), lines.stream());
    }
  }

  /** An order: where, on which day, and when its last line of that day was. */
  private record Bought(Plain home, LocalDate day, Instant last) {

    boolean goesOnWith(Touch line) {
      return line.day().equals(day)
          || Duration.between(last, line.at()).compareTo(Duration.ofHours(3)) <= 0;
    }

    Bought with(Touch line) {
      return line.day().equals(day) ? new Bought(home, day, line.at()) : this;
    }
  }

  /** The journeys of one customer, in order. */
  static List<Plain> cut(List<Touch> way, JourneyRules rules) {
    List<Plain> journeys = new ArrayList<>();
    Map<String, Bought> orders = new TreeMap<>();
    Plain current = null;
    for (Touch touch : way) {
      Bought bought = touch.line() == null ? null : orders.get(touch.line());
      if (bought != null && bought.goesOnWith(touch)) {
        Plain home = bought.home;
        home.lines.add(touch);
        home.end = home == current ? touch.at() : home.end;
        orders.put(touch.line(), bought.with(touch));
        continue;
      }
      if (current == null || isOver(current, touch, rules)) {
        current = new Plain();
        journeys.add(current);
      }
      current.touches.add(touch);
      current.end = touch.at();
      if (touch.line() != null) {
        orders.put(touch.line(), new Bought(current, touch.day(), touch.at()));
      }
    }
    return journeys;
  }

  private static boolean isOver(Plain current, Touch touch, JourneyRules rules) {
    Touch before = current.touches.get(current.touches.size() - 1);
    boolean isSilent = Duration.between(current.end, touch.at()).compareTo(rules.gap()) > 0;
    boolean isSameOrder =
        before.at().equals(touch.at())
            && touch.order() != null
            && before.ordered().equals(touch.ordered());
    return isSilent || (before.order() != null && !isSameOrder);
  }

  private static String line(
      Plain plain,
      int number,
      BigDecimal refunded,
      Map<String, String> sessions,
      Instant asOfEnd,
      JourneyRules rules) {
    List<Touch> journey = plain.touches;
    Touch first = plain.first();
    String conversion =
        journey.stream().filter(t -> t.order() != null).map(Touch::id).findFirst().orElse(null);
    boolean isAbandoned = plain.end.isBefore(asOfEnd.minus(rules.gap()));
    String unconverted = isAbandoned ? "abandoned" : "open";
    BigDecimal revenue =
        plain
            .all()
            .map(Touch::value)
            .filter(value -> value != null && value.signum() > 0)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    Set<String> channels = new LinkedHashSet<>(journey.stream().map(Touch::channel).toList());
    int furthest =
        journey.stream()
            .map(Touch::stage)
            .filter(Objects::nonNull)
            .mapToInt(STAGES::indexOf)
            .max()
            .orElse(-1);
    return String.join(
        "|",
        first.customer(),
        Hash.of("journey|" + first.id()),
        String.valueOf(number),
        first.at().toString(),
        plain.end.toString(),
        conversion == null ? unconverted : "converted",
        String.valueOf(conversion),
        revenue.setScale(4).toPlainString(),
        refunded.setScale(4).toPlainString(),
        String.valueOf(plain.all().count()),
        String.valueOf(journey.stream().map(t -> sessions.get(t.id())).distinct().count()),
        String.join(",", channels),
        steps(journey, sessions, rules),
        furthest < 0 ? "null" : STAGES.get(furthest),
        String.valueOf(channels.contains("call")),
        String.valueOf(journey.stream().anyMatch(t -> t.type().equals("complaint"))),
        first.id(),
        String.valueOf(first.sequence()));
  }

  /** What came back of {@code journey}, whichever of a customer's journeys that happened in. */
  private static BigDecimal refunded(Plain journey, List<Plain> journeys) {
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < journeys.size(); i++) {
      for (Touch touch : journeys.get(i).touches) {
        if (touch.value() != null
            && touch.value().signum() < 0
            && ofWhich(touch, i, journeys) == journey) {
          sum = sum.subtract(touch.value());
        }
      }
    }
    return sum;
  }

  private static Plain ofWhich(Touch refund, int place, List<Plain> journeys) {
    for (boolean isOfItsSource : List.of(true, false)) {
      for (Plain journey : journeys) {
        if (journey.all().anyMatch(t -> isBoughtAs(t, refund, isOfItsSource))) {
          return journey;
        }
      }
    }
    for (int i = place - 1; i >= 0; i--) {
      if (journeys.get(i).touches.stream().anyMatch(t -> t.order() != null)) {
        return journeys.get(i);
      }
    }
    return journeys.get(place);
  }

  private static boolean isBoughtAs(Touch touch, Touch refund, boolean isOfItsSource) {
    return refund.orderId() != null
        && touch.order() != null
        && refund.orderId().equals(touch.orderId())
        && (!isOfItsSource || refund.source().equals(touch.source()));
  }

  private static String steps(
      List<Touch> journey, Map<String, String> sessions, JourneyRules rules) {
    List<Touch> steps = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    for (Touch touch : journey) {
      if (seen.add(sessions.get(touch.id())) || rules.stepUnit() == StepUnit.TOUCHPOINT) {
        steps.add(touch);
      }
    }
    return afterRule(steps, rules.repeats()).stream()
        .map(touch -> touch.channel() + "@" + touch.at())
        .collect(Collectors.joining(","));
  }

  private static List<Touch> afterRule(List<Touch> steps, Repeats repeats) {
    List<Touch> left = steps;
    if (repeats == Repeats.REMOVE_DIRECT) {
      List<Touch> named = steps.stream().filter(t -> !t.channel().equals("direct")).toList();
      left = named.isEmpty() ? steps : named;
    }
    List<Touch> kept = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    for (Touch touch : left) {
      boolean isRepeat =
          !kept.isEmpty() && kept.get(kept.size() - 1).channel().equals(touch.channel());
      boolean isNew = seen.add(touch.channel());
      if (repeats == Repeats.UNIQUE || (repeats == Repeats.FIRST ? isNew : !isRepeat)) {
        kept.add(touch);
      }
    }
    return kept;
  }
}
