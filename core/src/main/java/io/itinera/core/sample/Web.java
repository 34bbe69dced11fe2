package io.itinera.core.sample;

import static io.itinera.core.sample.SampleFile.WEB;

import io.itinera.core.sample.Catalogue.Product;
import io.itinera.core.sample.RawRecord.Identifier;
import io.itinera.core.sample.Visit.Identity;
import io.itinera.core.sample.Visit.Purpose;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Events of the web shop, as its visits make them. */
final class Web {

  private static final int FIRST_ORDINAL = 100;

  /**
   * One event.
   *
   * @param batch the request that brought it
   * @param index its place there, from 1
   * @param signedIn the account is known
   * @param product what it is about, or null
   * @param order the order it belongs to, or null
   */
  record Event(
      String name, Batch batch, int index, boolean signedIn, Product product, Order order) {}

  /** Events sent together: they have one time. */
  record Batch(Instant at, long bundle) {}

  /** An order. */
  record Order(String id, long cents, int quantity) {}

  private final Story story;
  private final Dice dice;
  private final List<RawRecord> records = new ArrayList<>();
  private int ordinal = FIRST_ORDINAL;
  private Instant clock = Instant.EPOCH;

  private Web(Story story) {
    this.story = story;
    this.dice = story.dice("web");
  }

  static List<RawRecord> records(Story story, List<Newsletter.Event> mails) {
    Web web = new Web(story);
    for (Visit visit : Visits.of(story, mails)) {
      web.add(visit);
    }
    return web.records;
  }

  private void add(Visit visit) {
    clock = visit.start().plus(dice.below(1_000_000), ChronoUnit.MICROS);
    boolean signedIn = visit.identity() == Identity.SIGNED_IN;
    Batch landing = batch();
    add(visit, new Event("session_start", landing, 1, signedIn, null, null));
    add(visit, new Event("page_view", landing, 2, signedIn, null, null));
    Product product = Catalogue.pick(story, dice);
    int most = story.kind() == PlantedKind.ONLINE_RESEARCHER ? 4 : 2;
    for (int views = dice.below(most) + (visit.purpose() == Purpose.BUY ? 1 : 0);
        views > 0;
        views--) {
      product = Catalogue.pick(story, dice);
      add(visit, new Event("view_item", later(6, 200), 1, signedIn, product, null));
    }
    if (visit.identity() == Identity.SIGNS_IN) {
      signedIn = true;
      add(visit, new Event("login", later(15, 60), 1, true, null, null));
    }
    if (visit.purpose() == Purpose.BUY) {
      buy(visit, product);
    } else if (dice.chance(0.15)) {
      add(visit, new Event("add_to_cart", later(4, 60), 1, signedIn, product, null));
    }
  }

  private void buy(Visit visit, Product product) {
    Batch cart = later(4, 60);
    add(visit, new Event("add_to_cart", cart, 1, true, product, null));
    add(visit, new Event("begin_checkout", cart, 2, true, product, null));
    int quantity = 1 + dice.poisson(0.4);
    long cents = dice.cents(story.kind().habits().webBasket());
    String id = "W" + Numbering.digits(story.number(ordinal++));
    Order order = new Order(id, cents / quantity * quantity, quantity);
    add(visit, new Event("purchase", later(30, 300), 1, true, product, order));
    if (dice.chance(story.kind().manners().refunds())) {
      clock = clock.plus(dice.between(2, 12), ChronoUnit.DAYS);
      add(visit, new Event("refund", later(0, 40_000), 1, true, product, order));
    }
  }

  private Batch later(int atLeast, int atMost) {
    clock = clock.plusSeconds(dice.between(atLeast, atMost)).plusMillis(dice.below(1_000));
    return batch();
  }

  private Batch batch() {
    return new Batch(clock, dice.bits() >>> 34);
  }

  private void add(Visit visit, Event event) {
    List<Identifier> visitor = new ArrayList<>();
    if (visit.identity() != Identity.REFUSED) {
      visitor.add(new Identifier("cookie", visit.device().cookie()));
    }
    if (event.signedIn()) {
      visitor.add(new Identifier("user_id", story.person().ids().account()));
    }
    String line = new WebLine(story.person(), visit, event).text();
    Instant at = event.batch().at();
    records.add(WEB.record(at, recordId(visit, event), line, visitor));
  }

  private static String recordId(Visit visit, Event event) {
    String cookie = visit.identity() == Identity.REFUSED ? null : visit.device().cookie();
    return Stream.of(
            cookie,
            Long.toString(micros(event.batch().at())),
            event.name(),
            Long.toString(event.batch().bundle()),
            Integer.toString(event.index()))
        .filter(part -> part != null)
        .collect(Collectors.joining("/"));
  }

  static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }
}
