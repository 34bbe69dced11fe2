package io.itinera.jobs.worlds;

import static io.itinera.jobs.worlds.Feature.ARCHIVED;
import static io.itinera.jobs.worlds.Feature.FULL_DUMPS;
import static io.itinera.jobs.worlds.Feature.GROWING_FILES;
import static io.itinera.jobs.worlds.Feature.REDELIVERED;
import static io.itinera.jobs.worlds.Feature.REWRITTEN_FILES;
import static java.util.stream.Collectors.groupingBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The files of one source of one world: how its records come. */
final class Shelf {

  /** Long after everything: no record is later than its file. */
  private static final int DAYS_UNTIL_WRITTEN = 40;

  /** How a source delivers, for as long as the world lasts. */
  private enum Style {
    /** What is new and changed, in a file of its own. */
    NEWS,
    /** The same, put behind what the file holds already. */
    GROWING,
    /** A file for each day, written anew when anything in it changes. */
    BY_DAY,
    /** Everything, under a new name. */
    DUMP
  }

  private final Life life;
  private final Style style;
  private final Map<String, String> contents = new TreeMap<>();
  private final Set<String> present = new TreeSet<>();

  Shelf(Life life, Set<Feature> features, Dice dice) {
    this.life = life;
    List<Style> styles = new ArrayList<>(List.of(Style.NEWS));
    if (features.contains(GROWING_FILES)) {
      styles.add(Style.GROWING);
    }
    if (features.contains(REWRITTEN_FILES)) {
      styles.add(Style.BY_DAY);
    }
    if (features.contains(FULL_DUMPS)) {
      styles.add(Style.DUMP);
    }
    this.style = dice.pick(styles);
  }

  /** Files of tonight, in no order that means anything. */
  List<Drop> deliver(Book book, Tonight tonight) {
    List<Drop> drops = new ArrayList<>();
    Map<String, String> before = new HashMap<>(contents);
    switch (style) {
      case NEWS -> write(name(tonight, date(tonight)), text(book.fresh()));
      case GROWING -> grow(name(tonight, "all"), book.fresh());
      case DUMP -> write(name(tonight, date(tonight)), text(book.all()));
      case BY_DAY -> byDay(book, tonight);
    }
    contents.forEach(
        (path, content) -> {
          if (!content.equals(before.get(path))) {
            present.add(path);
            drops.add(new Drop(path, Optional.of(content), written(tonight)));
          }
        });
    if (!before.isEmpty()) {
      again(tonight, before, drops);
      archive(tonight, drops);
    }
    return drops;
  }

  private void write(String path, String content) {
    contents.put(path, content);
  }

  private void grow(String path, Collection<Line> fresh) {
    String held = contents.getOrDefault(path, text(List.of()));
    contents.put(path, held + rows(fresh));
  }

  /** A day that has no record any more keeps its file, without records. */
  private void byDay(Book book, Tonight tonight) {
    Map<String, List<Line>> days = book.all().stream().collect(groupingBy(life::day));
    contents.keySet().forEach(path -> contents.put(path, text(List.of())));
    days.forEach((day, lines) -> contents.put(name(tonight, day), text(lines)));
  }

  /** Old content under a name with another day or none, or under its own at another time. */
  private void again(Tonight tonight, Map<String, String> before, List<Drop> drops) {
    if (!tonight.has(REDELIVERED, 0.3)) {
      return;
    }
    Dice dice = tonight.dice();
    String old = dice.pick(List.copyOf(before.keySet()));
    boolean isTouched = dice.chance(0.4);
    boolean isAsBefore = present.contains(old) && contents.get(old).equals(before.get(old));
    // Files by day are written anew from the book alone: no other name is among them.
    if (isTouched ? !isAsBefore : style == Style.BY_DAY) {
      return;
    }
    LocalDate day = tonight.moments().firstDay().plusDays(dice.between(0, 15));
    String label = dice.chance(0.3) ? "again" : "again-" + day;
    String path = isTouched ? old : name(tonight, label + "-" + tonight.number());
    contents.put(path, before.get(old));
    present.add(path);
    drops.add(new Drop(path, Optional.of(before.get(old)), written(tonight)));
  }

  private void archive(Tonight tonight, List<Drop> drops) {
    if (!tonight.has(ARCHIVED, 0.3) || present.isEmpty()) {
      return;
    }
    String path = tonight.dice().pick(List.copyOf(present));
    if (drops.stream().noneMatch(drop -> drop.path().equals(path)) && style != Style.GROWING) {
      present.remove(path);
      drops.add(new Drop(path, Optional.empty(), Instant.EPOCH));
    }
  }

  private String name(Tonight tonight, String label) {
    return life.source() + "/" + tonight.prefix() + label + (life.isJson() ? ".jsonl" : ".csv");
  }

  private static String date(Tonight tonight) {
    LocalDate day = tonight.moments().firstDay().plusDays((long) Moments.STEP * tonight.number());
    return tonight.dice().chance(0.7) ? day.toString() : "night" + tonight.number();
  }

  private static Instant written(Tonight tonight) {
    return tonight
        .moments()
        .firstDay()
        .plusDays(DAYS_UNTIL_WRITTEN + (long) tonight.number())
        .atStartOfDay()
        .toInstant(ZoneOffset.UTC);
  }

  private String text(Collection<Line> lines) {
    return (life.isJson() ? "" : String.join(",", life.columns()) + "\n") + rows(lines);
  }

  private String rows(Collection<Line> lines) {
    StringBuilder rows = new StringBuilder();
    lines.forEach(line -> rows.append(life.isJson() ? json(line) : csv(line)).append('\n'));
    return rows.toString();
  }

  private String csv(Line line) {
    return String.join(",", life.columns().stream().map(line::get).toList());
  }

  /** Without what is empty. */
  private String json(Line line) {
    List<String> members =
        life.columns().stream()
            .filter(column -> !line.get(column).isEmpty())
            .map(column -> "\"%s\":\"%s\"".formatted(column, line.get(column)))
            .toList();
    return "{" + String.join(",", members) + "}";
  }
}
