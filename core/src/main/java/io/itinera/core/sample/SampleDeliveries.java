package io.itinera.core.sample;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * How records travel: most in the file of their day, some late, twice or with a second delivery.
 *
 * <p>In the last night arrive: the web's file of three days ago again, under its old name, with a
 * few more events; receipts of one store that are a week old; and two files that were delivered
 * before, now under other names.
 */
final class SampleDeliveries {

  private static final String LATE_STORE = "S4-";
  private static final String AGAIN = "_again";

  private final SampleRules rules;
  private final LocalDate last;
  private final Dice dice;

  SampleDeliveries(SampleRules rules, Dice dice) {
    this.rules = rules;
    this.last = rules.lastDay();
    this.dice = dice;
  }

  /** Whether the record's file is delivered once and in time. */
  boolean isPlain(RawRecord record) {
    return !isRewritten(record) && !isLate(record) && againOn(record) == null;
  }

  /** Lines of a sound record, one for each file that holds it. */
  List<Line> of(RawRecord record) {
    List<Line> lines = new ArrayList<>();
    if (isRewritten(record)) {
      if (!dice.chance(0.04)) {
        lines.add(line(record, "", record.day(), true));
      }
      lines.add(line(record, "", last, false));
    } else if (isLate(record)) {
      lines.add(line(record, "_late", last, false));
    } else {
      lines.addAll(onTime(record));
    }
    return lines;
  }

  /** The line of a broken record. */
  Line broken(RawRecord record, Breakage breakage) {
    return line(record.withText(breakage.text()), "", record.day(), false);
  }

  private List<Line> onTime(RawRecord record) {
    List<Line> lines = new ArrayList<>();
    LocalDate again = againOn(record);
    if (again != null) {
      lines.add(line(record, "", record.day(), false));
      lines.add(line(record, AGAIN, again, false));
      return lines;
    }
    LocalDate day = isBelated(record) ? record.day().plusDays(1) : record.day();
    String name = record.file().fileName(day, "");
    lines.add(new Line(day, record.file(), name, false, position(record), record.text()));
    if (dice.chance(0.004)) {
      lines.add(lines.get(0));
    }
    return lines;
  }

  private Line line(RawRecord record, String suffix, LocalDate deliveredOn, boolean superseded) {
    String name = record.file().fileName(record.day(), suffix);
    return new Line(deliveredOn, record.file(), name, superseded, position(record), record.text());
  }

  private static long position(RawRecord record) {
    return Web.micros(record.at());
  }

  private boolean isRewritten(RawRecord record) {
    return record.file() == SampleFile.WEB && record.day().equals(last.minusDays(3));
  }

  private boolean isLate(RawRecord record) {
    return record.file() == SampleFile.TILL
        && record.recordId().startsWith(LATE_STORE)
        && (record.day().equals(last.minusDays(7)) || record.day().equals(last.minusDays(6)));
  }

  /** Some newsletter events come with the next day's file. */
  private boolean isBelated(RawRecord record) {
    LocalDate next = record.day().plusDays(1);
    return record.file() == SampleFile.NEWSLETTER
        && !next.isAfter(last)
        && !next.equals(last.minusDays(1))
        && dice.chance(0.02);
  }

  /** Night in which the record's whole file is delivered again under another name, or null. */
  private LocalDate againOn(RawRecord record) {
    return switch (record.file()) {
      case NEWSLETTER -> record.day().equals(last.minusDays(1)) ? last : null;
      case TILL -> tillAgainOn(record.day());
      default -> null;
    };
  }

  private LocalDate tillAgainOn(LocalDate day) {
    if (day.equals(last.minusDays(4))) {
      return last;
    }
    LocalDate early = rules.firstDay().plusDays(3);
    return day.equals(early) ? early.plusDays(2) : null;
  }
}
