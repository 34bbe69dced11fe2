package io.itinera.core.sample;

import static io.itinera.core.sample.SampleFile.TILL;

import io.itinera.core.sample.RawRecord.Identifier;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Receipts of the stores' tills. */
final class Till {

  static final String HEADER = "receipt;sold_at;card;mail;article;category;amount;kind";

  private static final int FIRST_ORDINAL = 2_000;
  private static final int STORES = 6;
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("dd.MM.yyyy HH:mm", Locale.ROOT).withZone(SampleRules.ZONE);

  private record Sale(Instant at, long cents, String articles, String category, String kind) {}

  private Till() {}

  static List<RawRecord> records(Story story) {
    Dice dice = story.dice("till");
    List<RawRecord> records = new ArrayList<>();
    int ordinal = FIRST_ORDINAL;
    for (int i = story.times(story.kind().habits().storeOrders(), dice); i > 0; i--) {
      Sale sale = sale(story, dice);
      records.add(receipt(story, sale, ordinal++, dice));
      if (dice.chance(story.kind().manners().refunds())) {
        LocalDate back =
            sale.at().atZone(SampleRules.ZONE).toLocalDate().plusDays(dice.between(2, 12));
        Instant at = Story.opening(Season.openDay(back), 9, 20, dice);
        Sale refund = new Sale(at, -sale.cents(), sale.articles(), sale.category(), "refund");
        records.add(receipt(story, refund, ordinal++, dice));
      }
    }
    return records;
  }

  private static Sale sale(Story story, Dice dice) {
    Catalogue.Product product = Catalogue.pick(story, dice);
    String articles = product.sku();
    for (int more = dice.poisson(0.6); more > 0; more--) {
      articles += "," + Catalogue.pick(story, dice).sku();
    }
    Instant at = Story.opening(Season.openDay(story.day(dice)), 9, 20, dice);
    long cents = dice.cents(story.kind().habits().storeBasket());
    return new Sale(at, cents, articles, product.category(), "sale");
  }

  private static RawRecord receipt(Story story, Sale sale, int ordinal, Dice dice) {
    Person person = story.person();
    long favourite = person.number() % STORES;
    long store = 1 + (dice.chance(0.8) ? favourite : dice.below(STORES));
    String receipt = "S%d-%s".formatted(store, Numbering.digits(story.number(ordinal)));
    boolean showsCard = person.traits().hasCard() && dice.chance(0.92);
    boolean givesMail = !showsCard || dice.chance(0.2);
    String email = person.ids().email();
    if (givesMail && dice.chance(0.04)) {
      email = Spelling.misspeltEmail(email);
    }
    List<Identifier> buyer = new ArrayList<>();
    if (showsCard) {
      buyer.add(new Identifier("loyalty_id", person.ids().card()));
    }
    if (givesMail) {
      buyer.add(new Identifier("email", email));
    }
    String card = showsCard ? person.ids().card() : "";
    String line = line(receipt, sale, card, givesMail ? Spelling.email(email, dice) : "");
    return TILL.record(sale.at(), receipt, line, buyer);
  }

  private static String line(String receipt, Sale sale, String card, String email) {
    String amount = Catalogue.amount(sale.cents()).replace('.', ',');
    String time = LOCAL.format(sale.at());
    return String.join(
        ";", receipt, time, card, email, sale.articles(), sale.category(), amount, sale.kind());
  }
}
