package io.itinera.jobs.worlds;

import static io.itinera.jobs.worlds.Feature.PROFILES_GO;

import java.util.List;

/** A CRM's contacts: profiles that change, are deleted, merged and come back. */
final class ContactLife implements Life {

  @Override
  public String source() {
    return "crm";
  }

  @Override
  public List<String> columns() {
    return List.of(
        "id", "mail", "phone", "card", "name", "city", "created", "updated", "deleted", "merged");
  }

  @Override
  public void live(Tonight tonight, Book book) {
    Dice dice = tonight.dice();
    int count = dice.between(1, 4);
    for (int i = 0; i < count; i++) {
      Person person = tonight.anybody();
      if (book.all().stream().noneMatch(line -> line.id().equals(person.contact()))) {
        book.put(contact(tonight, person));
      }
    }
    if (tonight.has(PROFILES_GO)) {
      for (Line line : book.copy()) {
        if (dice.chance(0.12)) {
          String deleted = line.get("deleted").equals("true") ? "false" : "true";
          book.put(line.with("deleted", deleted).with("updated", tonight.version()));
        } else if (dice.chance(0.05)) {
          String merged = line.get("merged").isEmpty() ? tonight.anybody().contact() : "";
          book.put(line.with("merged", merged).with("updated", tonight.version()));
        }
      }
    }
  }

  private static Line contact(Tonight tonight, Person person) {
    Dice dice = tonight.dice();
    String created =
        dice.chance(0.7)
            ? tonight.moments().firstDay().minusDays(dice.between(-4, 9)).toString()
            : "";
    return Line.of(
        person.contact(),
        "id",
        person.contact(),
        "mail",
        dice.chance(0.8) ? person.email() : "",
        "phone",
        dice.chance(0.5) ? person.phone() : "",
        "card",
        dice.chance(0.5) ? person.card() : "",
        "name",
        "Name " + person.number(),
        "city",
        dice.pick(List.of("Bonn", "Kiel", "")),
        "created",
        created,
        "updated",
        dice.chance(0.6) ? tonight.version() : "",
        "deleted",
        "false",
        "merged",
        "");
  }

  @Override
  public Line corrected(Line line, Tonight tonight) {
    Dice dice = tonight.dice();
    Line corrected =
        switch (dice.between(0, 2)) {
          case 0 -> line.with("city", "Ulm " + tonight.number());
          case 1 -> line.with("mail", tonight.anybody().email());
          default -> line.with("card", dice.chance(0.5) ? "" : tonight.anybody().card());
        };
    return corrected.with("updated", dice.chance(0.7) ? tonight.version() : "");
  }

  @Override
  public Line redated(Line line, Tonight tonight) {
    return line.with("created", tonight.day().toString());
  }

  @Override
  public String day(Line line) {
    return line.get("created").isEmpty() ? "none" : line.get("created");
  }
}
