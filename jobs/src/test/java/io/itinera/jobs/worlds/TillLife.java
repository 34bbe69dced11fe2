package io.itinera.jobs.worlds;

import static io.itinera.jobs.worlds.Feature.BORDERS;
import static io.itinera.jobs.worlds.Feature.TIES;

import java.util.List;

/** A till that knows days only, and gives its lines no ids: two equal ones are two sales. */
final class TillLife implements Life {

  private int lines;
  private int receipts;

  @Override
  public String source() {
    return "till";
  }

  @Override
  public List<String> columns() {
    return List.of("day", "card", "mail", "kind", "receipt", "amount");
  }

  @Override
  public void live(Tonight tonight, Book book) {
    int sales = tonight.dice().between(1, 4);
    for (int i = 0; i < sales; i++) {
      sell(tonight, book);
    }
  }

  private void sell(Tonight tonight, Book book) {
    Dice dice = tonight.dice();
    Person person = tonight.anybody();
    String receipt = tonight.prefix() + "r" + receipts++;
    String amount =
        tonight.has(BORDERS, 0.2)
            ? dice.pick(Borders.AMOUNTS)
            : String.valueOf(dice.between(1, 50));
    Line sale =
        Line.of(
            id(),
            "day",
            tonight.day().toString(),
            "card",
            person.card(),
            "mail",
            dice.chance(0.3) ? person.email() : "",
            "kind",
            "purchase",
            "receipt",
            receipt,
            "amount",
            amount);
    boolean isTied = book.all().stream().anyMatch(line -> isSameDay(line, sale));
    if (isTied && !tonight.has(TIES)) {
      return;
    }
    book.put(sale);
    if (tonight.has(TIES, 0.3)) {
      book.put(sale.as(id()));
    }
    if (tonight.has(TIES, 0.3)) {
      book.put(sale.as(id()).with("amount", String.valueOf(dice.between(1, 50))));
    }
    if (tonight.has(TIES, 0.3)) {
      book.put(sale.as(id()).with("kind", "refund").with("amount", "-" + dice.between(1, 9)));
    }
  }

  private static boolean isSameDay(Line line, Line other) {
    return line.get("card").equals(other.get("card")) && line.get("day").equals(other.get("day"));
  }

  private String id() {
    return String.valueOf(lines++);
  }

  @Override
  public Line corrected(Line line, Tonight tonight) {
    return tonight.dice().chance(0.5)
        ? line.with("amount", line.get("amount") + "1")
        : line.with("card", tonight.anybody().card());
  }

  @Override
  public Line redated(Line line, Tonight tonight) {
    return line.with("day", tonight.day().toString());
  }

  @Override
  public String day(Line line) {
    return line.get("day");
  }
}
