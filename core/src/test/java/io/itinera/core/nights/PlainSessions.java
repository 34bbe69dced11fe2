package io.itinera.core.nights;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Sessions by a loop that is easy to trust. */
final class PlainSessions {

  static final Duration TIMEOUT = Duration.ofMinutes(30);

  private PlainSessions() {}

  /** The sessions in {@code touches}, each a list of touchpoints in order. */
  static List<List<Touch>> cut(Collection<Touch> touches) {
    Map<String, List<Touch>> ways = new TreeMap<>();
    for (Touch touch : touches.stream().sorted(Touch.ORDER).toList()) {
      String way = String.join("|", touch.customer(), touch.channel(), definition(touch));
      ways.computeIfAbsent(way, any -> new ArrayList<>()).add(touch);
    }
    List<List<Touch>> sessions = new ArrayList<>();
    for (List<Touch> way : ways.values()) {
      List<Touch> session = new ArrayList<>();
      for (Touch touch : way) {
        if (!session.isEmpty() && isOver(session.get(session.size() - 1), touch)) {
          sessions.add(session);
          session = new ArrayList<>();
        }
        session.add(touch);
      }
      sessions.add(session);
    }
    return sessions;
  }

  /** The session of each touchpoint, by its id. */
  static Map<String, String> ids(Collection<Touch> touches) {
    Map<String, String> ids = new TreeMap<>();
    for (List<Touch> session : cut(touches)) {
      session.forEach(touch -> ids.put(touch.id(), id(session)));
    }
    return ids;
  }

  /** A line for each session: what {@link NightsOracleTest} shows of a row. */
  static List<String> lines(Collection<Touch> touches, Instant asOfEnd) {
    Map<String, List<List<Touch>>> byCustomer = new TreeMap<>();
    cut(touches).stream()
        .sorted(Comparator.comparing((List<Touch> session) -> session.get(0), Touch.ORDER))
        .forEach(
            session ->
                byCustomer
                    .computeIfAbsent(session.get(0).customer(), any -> new ArrayList<>())
                    .add(session));
    List<String> lines = new ArrayList<>();
    for (List<List<Touch>> own : byCustomer.values()) {
      for (int i = 0; i < own.size(); i++) {
        lines.add(line(own.get(i), i + 1, asOfEnd));
      }
    }
    return lines.stream().sorted().toList();
  }

  private static String line(List<Touch> session, int number, Instant asOfEnd) {
    Touch first = session.get(0);
    Touch last = session.get(session.size() - 1);
    List<String> places = session.stream().map(Touch::location).filter(Objects::nonNull).toList();
    long seconds = Duration.between(first.at(), last.at()).toSeconds();
    long views = session.stream().filter(touch -> touch.type().equals("page_view")).count();
    long orders =
        session.stream().filter(t -> t.order() != null).map(Touch::ordered).distinct().count();
    BigDecimal revenue =
        session.stream()
            .map(Touch::value)
            .filter(Objects::nonNull)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return String.join(
        "|",
        first.customer(),
        id(session),
        first.channel(),
        String.valueOf(number),
        first.at().toString(),
        last.at().toString(),
        String.valueOf(seconds),
        String.valueOf(session.size()),
        String.valueOf(views),
        places.isEmpty() ? "null" : places.get(0),
        places.isEmpty() ? "null" : places.get(places.size() - 1),
        String.valueOf(orders),
        revenue.setScale(4).toPlainString(),
        String.valueOf(seconds >= 10 || views >= 2 || orders > 0),
        endReason(session, asOfEnd),
        first.source());
  }

  private static String endReason(List<Touch> session, Instant asOfEnd) {
    if (!definition(session.get(0)).equals("timeout")) {
      return "source-session";
    }
    Instant latest = session.get(session.size() - 1).at().plus(TIMEOUT);
    return latest.isBefore(asOfEnd) ? "timeout" : "open";
  }

  private static boolean isOver(Touch before, Touch touch) {
    return definition(touch).equals("timeout")
        && Duration.between(before.at(), touch.at()).compareTo(TIMEOUT) > 0;
  }

  private static String definition(Touch touch) {
    if (touch.sourceSession() != null) {
      return "session " + touch.source() + " " + touch.sourceSession();
    }
    if (!List.of("store", "call").contains(touch.channel())) {
      return "timeout";
    }
    return touch.orderId() == null
        ? "touch " + touch.id()
        : "order " + touch.source() + " " + touch.orderId();
  }

  private static String id(List<Touch> session) {
    Touch first = session.get(0);
    String kind = definition(first).equals("timeout") ? "timeout" : "conversation";
    return Hash.of(kind + "|" + first.id());
  }
}
