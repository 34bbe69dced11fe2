package io.itinera.jobs.worlds;

import static io.itinera.jobs.worlds.Feature.BORDERS;

import java.util.List;

/** What campaigns cost a day, as the platform sees it tonight. */
final class CostLife implements Life {

  @Override
  public String source() {
    return "costs";
  }

  @Override
  public List<String> columns() {
    return List.of("day", "campaign", "cost");
  }

  @Override
  public void live(Tonight tonight, Book book) {
    String day = tonight.day().toString();
    String campaign = tonight.prefix() + tonight.dice().pick(List.of("spring", "sale"));
    String cost =
        tonight.has(BORDERS, 0.3)
            ? tonight.dice().pick(Borders.AMOUNTS)
            : tonight.dice().between(1, 99) + ".50";
    book.put(Line.of(day + campaign, "day", day, "campaign", campaign, "cost", cost));
  }

  @Override
  public Line corrected(Line line, Tonight tonight) {
    return line.with("cost", tonight.dice().between(1, 99) + ".75");
  }

  @Override
  public Line redated(Line line, Tonight tonight) {
    return line;
  }

  @Override
  public String day(Line line) {
    return line.get("day");
  }
}
