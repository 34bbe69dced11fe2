package io.itinera.jobs.worlds;

import static io.itinera.jobs.worlds.Feature.BORDERS;
import static io.itinera.jobs.worlds.Feature.FAN_OUT;
import static io.itinera.jobs.worlds.Feature.WITHDRAWN;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * Tickets and calls of a service desk: e-mail addresses and telephone numbers, local times without
 * a zone, a version that is lacking now and then.
 */
final class DeskLife implements Life {

  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private int tickets;

  @Override
  public String source() {
    return "desk";
  }

  @Override
  public List<String> columns() {
    return List.of(
        "id", "at", "updated", "mail", "phone", "channel", "kind", "status", "seconds", "rating");
  }

  @Override
  public void live(Tonight tonight, Book book) {
    int count = tonight.dice().between(2, 5);
    for (int i = 0; i < count; i++) {
      book.put(ticket(tonight));
    }
    if (tonight.has(WITHDRAWN)) {
      for (Line line : book.copy()) {
        if (tonight.dice().chance(0.15)) {
          boolean isOpen = line.get("status").equals("open");
          book.put(versioned(line.with("status", isOpen ? "deleted" : "open"), tonight));
        }
      }
    }
  }

  private Line ticket(Tonight tonight) {
    Dice dice = tonight.dice();
    Person person = tonight.anybody();
    String id = tonight.prefix() + "t" + tickets++;
    boolean isCall = dice.chance(0.5);
    boolean isSwitched = tonight.has(FAN_OUT, 0.4);
    return Line.of(
        id,
        "id",
        id,
        "at",
        tonight.has(BORDERS, 0.1) ? dice.pick(Borders.TIMES) : tonight.time().format(WRITTEN),
        "updated",
        dice.chance(0.7) ? tonight.version() : "",
        "mail",
        isCall && !isSwitched ? "" : person.email(),
        "phone",
        isSwitched
            ? Person.switchboard(person.seed())
            : isCall || dice.chance(0.3) ? person.phone() : "",
        "channel",
        isCall ? "call" : "email",
        "kind",
        isCall ? "call" : dice.pick(List.of("complaint", "support_case")),
        "status",
        "open",
        "seconds",
        tonight.has(BORDERS, 0.3)
            ? dice.pick(Borders.SECONDS)
            : String.valueOf(dice.between(0, 900)),
        "rating",
        tonight.has(BORDERS, 0.3) ? dice.pick(Borders.RATINGS) : dice.pick(List.of("", "1", "5")));
  }

  @Override
  public Line corrected(Line line, Tonight tonight) {
    Dice dice = tonight.dice();
    Line corrected =
        switch (dice.between(0, 2)) {
          case 0 -> line.with("seconds", String.valueOf(dice.between(0, 900)));
          case 1 -> line.with("mail", tonight.anybody().email());
          default -> line.with("phone", dice.chance(0.3) ? "" : tonight.anybody().phone());
        };
    return versioned(corrected, tonight);
  }

  @Override
  public Line redated(Line line, Tonight tonight) {
    return versioned(line.with("at", tonight.time().format(WRITTEN)), tonight);
  }

  private static Line versioned(Line line, Tonight tonight) {
    return line.with("updated", tonight.dice().chance(0.8) ? tonight.version() : "");
  }

  @Override
  public String day(Line line) {
    String at = line.get("at");
    return at.isEmpty() ? "none" : LocalDateTime.parse(at, WRITTEN).toLocalDate().toString();
  }
}
