package io.itinera.core.sample;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** All lines in all files that one person causes. */
final class Life {

  private static final double BROKEN_SHARE = 0.005;

  private final Story story;
  private final List<Line> lines = new ArrayList<>();

  private Life(Story story) {
    this.story = story;
  }

  static List<Line> lines(SampleRules rules, long person) {
    Life life = new Life(Story.of(rules, person));
    life.live();
    return life.lines;
  }

  private void live() {
    Dice dice = story.dice("deliveries");
    SampleDeliveries deliveries = new SampleDeliveries(story.rules(), dice);
    List<RawRecord> sound = new ArrayList<>();
    for (RawRecord record : records(story)) {
      if (dice.chance(BROKEN_SHARE) && deliveries.isPlain(record)) {
        Breakage breakage = Breakage.of(record, dice);
        Line line = deliveries.broken(record, breakage);
        lines.add(line);
        truth(SampleFile.BROKEN, List.of(Truth.broken(record, line.name(), breakage.reason())));
      } else {
        sound.add(record);
        lines.addAll(deliveries.of(record));
      }
    }
    truth(SampleFile.PERSONS, List.of(Truth.person(story)));
    truth(SampleFile.IDENTIFIERS, Truth.identifiers(story, sound));
    truth(SampleFile.TOUCHPOINTS, Truth.touchpoints(story, sound));
  }

  /** What the sources know of the person by the end of the period. */
  static List<RawRecord> records(Story story) {
    List<Newsletter.Event> mails = Newsletter.events(story);
    List<RawRecord> records = new ArrayList<>(Contacts.records(story));
    records.addAll(Newsletter.records(story, mails));
    records.addAll(Web.records(story, mails));
    records.addAll(Till.records(story));
    records.addAll(Calls.records(story));
    records.addAll(Cases.records(story));
    LocalDate last = story.rules().lastDay();
    records.removeIf(record -> record.day().isAfter(last));
    return records;
  }

  private void truth(SampleFile file, List<String> texts) {
    LocalDate last = story.rules().lastDay();
    String name = file.fileName(last, "");
    for (String text : texts) {
      lines.add(new Line(last, file, name, false, story.person().number(), text));
    }
  }
}
