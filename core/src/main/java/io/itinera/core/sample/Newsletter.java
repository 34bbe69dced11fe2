package io.itinera.core.sample;

import static io.itinera.core.sample.SampleFile.NEWSLETTER;

import io.itinera.core.sample.RawRecord.Identifier;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;

/** Newsletters, one every second Tuesday, and what people do with them. */
final class Newsletter {

  private static final int FIRST_ORDINAL = 1_000;
  private static final int EVERY_DAYS = 14;

  /** What happened to a newsletter; the {@code ordinal} is the person's own. */
  record Event(String name, Instant at, String campaign, int ordinal) {}

  private Newsletter() {}

  /** All that happens to the newsletters of one person. */
  static List<Event> events(Story story) {
    List<Event> events = new ArrayList<>();
    if (!story.person().traits().hasNewsletter()) {
      return events;
    }
    Dice dice = story.dice("newsletter");
    LocalDate day = story.rules().firstDay().with(TemporalAdjusters.nextOrSame(DayOfWeek.TUESDAY));
    int ordinal = FIRST_ORDINAL;
    while (!day.isAfter(story.fate().until())) {
      events.addAll(letter(story, day, ordinal, dice));
      day = day.plusDays(EVERY_DAYS);
      ordinal += 8;
    }
    if (story.fate().churns() && !events.isEmpty()) {
      Instant leaves = Story.opening(story.fate().until(), 8, 20, dice);
      events.add(new Event("unsubscribe", leaves, campaign(story.fate().until()), ordinal));
    }
    return events;
  }

  private static List<Event> letter(Story story, LocalDate day, int ordinal, Dice dice) {
    String campaign = campaign(day);
    Instant sent = Story.opening(day, 9, 10, dice);
    if (dice.chance(0.01)) {
      return List.of(
          new Event("sent", sent, campaign, ordinal),
          new Event("bounce", sent.plusSeconds(4), campaign, ordinal + 1));
    }
    List<Event> events = new ArrayList<>();
    events.add(new Event("delivered", sent.plusSeconds(2), campaign, ordinal));
    if (!dice.chance(story.kind().manners().opens())) {
      return events;
    }
    Instant opened = sent.plusSeconds(dice.between(120, 30 * 3_600));
    events.add(new Event("open", opened, campaign, ordinal + 1));
    if (dice.chance(story.kind().manners().clicks())) {
      Instant clicked = opened.plusSeconds(dice.between(5, 240));
      events.add(new Event("click", clicked, campaign, ordinal + 2));
    }
    return events;
  }

  private static String campaign(LocalDate day) {
    return Season.sale(day).orElse("newsletter_%tY_%<tm".formatted(day));
  }

  /** The lines of {@code events}. */
  static List<RawRecord> records(Story story, List<Event> events) {
    Dice dice = story.dice("newsletter-text");
    String email = story.person().ids().email();
    List<Identifier> reader = List.of(new Identifier("email", email));
    List<RawRecord> records = new ArrayList<>();
    for (Event event : events) {
      String id = Numbering.uuid(story.number(event.ordinal()), 1).toString();
      long message = story.number(event.ordinal() / 8 * 8 + 7);
      JsonObject line =
          new JsonObject()
              .text("event_id", id)
              .text("event", event.name())
              .text("email", Spelling.email(email, dice))
              .literal("timestamp", Long.toString(event.at().getEpochSecond()))
              .text("campaign", event.campaign())
              .text("message_id", Long.toString(message, 36) + ".mail.shop.example")
              .text("url", event.name().equals("click") ? "https://shop.example/sale" : null);
      records.add(NEWSLETTER.record(event.at(), id, line.end(), reader));
    }
    return records;
  }
}
