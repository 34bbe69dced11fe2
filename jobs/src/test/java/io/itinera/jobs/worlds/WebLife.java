package io.itinera.jobs.worlds;

import static io.itinera.jobs.worlds.Feature.BORDERS;
import static io.itinera.jobs.worlds.Feature.BOTS;
import static io.itinera.jobs.worlds.Feature.FAN_OUT;
import static io.itinera.jobs.worlds.Feature.ORDERS_AGAIN;
import static io.itinera.jobs.worlds.Feature.REDATED;
import static io.itinera.jobs.worlds.Feature.SHARED_DEVICES;
import static io.itinera.jobs.worlds.Feature.TIES;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;

/** Visits of a web shop: cookies, sign-ins, orders. Its events have ids and, mostly, a sequence. */
final class WebLife implements Life {

  static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** Around the longest silence of a session, half an hour. */
  private static final List<Integer> SILENCES = List.of(0, 0, 0, 1, 1799, 1800, 1801);

  private int events;
  private int orders;

  @Override
  public String source() {
    return "web";
  }

  @Override
  public boolean isJson() {
    return true;
  }

  @Override
  public List<String> columns() {
    return List.of("id", "at", "n", "cookie", "login", "kind", "page", "order", "value");
  }

  @Override
  public void live(Tonight tonight, Book book) {
    int visits = tonight.dice().between(3, 7);
    for (int i = 0; i < visits; i++) {
      visit(tonight, book);
    }
    if (tonight.has(BOTS, 0.8)) {
      hurry(tonight, book);
    }
    if (tonight.has(FAN_OUT, 0.8)) {
      Line first = event(tonight, tonight.time(), tonight.prefix() + "kiosk");
      book.put(first.with("login", tonight.anybody().login()));
    }
  }

  private void visit(Tonight tonight, Book book) {
    Dice dice = tonight.dice();
    Person person = tonight.anybody();
    String cookie = cookie(tonight, person);
    String login = dice.chance(0.4) ? person.login() : "";
    LocalDateTime at = tonight.time();
    int pages = dice.between(1, 4);
    for (int i = 0; i < pages; i++) {
      String kind = dice.pick(List.of("page_view", "page_view", "product_view", "add_to_cart"));
      book.put(event(tonight, at, cookie).with("login", login).with("kind", kind));
      at = at.plusSeconds(tonight.has(TIES) ? dice.pick(SILENCES) : dice.between(5, 2400));
    }
    if (dice.chance(0.4)) {
      order(tonight, book, event(tonight, at, cookie).with("login", login), at);
    }
  }

  private void order(Tonight tonight, Book book, Line event, LocalDateTime at) {
    Dice dice = tonight.dice();
    String value =
        tonight.has(BORDERS, 0.3)
            ? dice.pick(Borders.AMOUNTS)
            : String.valueOf(dice.between(10, 99));
    Line order =
        event
            .with("kind", "purchase")
            .with("page", "/thanks")
            .with("order", tonight.prefix() + "o" + orders++)
            .with("value", value);
    book.put(order);
    if (tonight.has(ORDERS_AGAIN, 0.5)) {
      int later = dice.pick(List.of(0, 1, 3600, 86_400));
      Line again = event(tonight, at.plusSeconds(later), event.get("cookie"));
      book.put(
          order
              .with("id", again.id())
              .with("at", again.get("at"))
              .with("n", again.get("n"))
              .as(again.id()));
    }
    if (dice.chance(0.3)) {
      Line refund = event(tonight, tonight.has(TIES) ? at : at.plusHours(30), event.get("cookie"));
      book.put(
          refund
              .with("login", event.get("login"))
              .with("kind", "refund")
              .with("order", order.get("order"))
              .with("value", "-" + dice.between(1, 9)));
    }
  }

  /** Hits of one device in the same minute every night, and the way back for some of them. */
  private void hurry(Tonight tonight, Book book) {
    Person hasty = tonight.people().get(5);
    LocalDateTime minute = tonight.moments().firstDay().plusDays(1).atTime(10, 10);
    int hits = tonight.dice().between(1, 4);
    for (int i = 0; i < hits; i++) {
      LocalDateTime at = minute.plusSeconds(tonight.dice().between(0, 60));
      book.put(event(tonight, at, hasty.cookie()).with("page", "/hurry"));
    }
    if (tonight.number() > 2 && tonight.has(REDATED, 0.4)) {
      for (Line line : book.copy()) {
        if (line.get("page").equals("/hurry") && tonight.dice().chance(0.6)) {
          book.put(redated(line, tonight));
        }
      }
    }
  }

  private static String cookie(Tonight tonight, Person person) {
    if (person.isFamily() && tonight.has(SHARED_DEVICES, 0.6)) {
      return person.familyCookie();
    }
    return tonight.dice().chance(0.3) ? person.otherCookie() : person.cookie();
  }

  private Line event(Tonight tonight, LocalDateTime at, String cookie) {
    String id = tonight.prefix() + "e" + events++;
    // In a tie the sequence is lacking, the same for all, or right.
    String sequence =
        tonight.has(TIES)
            ? tonight.dice().pick(List.of("", "1", String.valueOf(events)))
            : String.valueOf(events);
    return Line.of(
        id,
        "id",
        id,
        "at",
        instant(at),
        "n",
        sequence,
        "cookie",
        cookie,
        "login",
        "",
        "kind",
        "page_view",
        "page",
        "/" + tonight.dice().between(1, 5),
        "order",
        "",
        "value",
        "");
  }

  @Override
  public Line corrected(Line line, Tonight tonight) {
    Dice dice = tonight.dice();
    return switch (dice.between(0, 2)) {
      case 0 -> line.with("page", "/corrected/" + tonight.number());
      case 1 -> line.with("login", dice.chance(0.5) ? "" : tonight.anybody().login());
      default ->
          line.get("value").isEmpty()
              ? line.with("kind", "search")
              : line.with("value", line.get("value") + "5");
    };
  }

  @Override
  public Line redated(Line line, Tonight tonight) {
    return line.with("at", instant(tonight.time()));
  }

  @Override
  public String day(Line line) {
    return Instant.parse(line.get("at")).atZone(BERLIN).toLocalDate().toString();
  }

  private static String instant(LocalDateTime at) {
    return at.atZone(BERLIN).toInstant().toString();
  }
}
