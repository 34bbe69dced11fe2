package io.itinera.jobs.worlds;

import java.util.List;

/**
 * Says which records of another source are gone.
 *
 * @param source its own name
 * @param others records of the other source
 * @param because without this feature nothing goes
 */
record GoneLife(String source, Book others, Feature because) implements Life {

  @Override
  public List<String> columns() {
    return List.of("what", "at");
  }

  @Override
  public void live(Tonight tonight, Book book) {
    if (!tonight.has(because, 0.6)) {
      return;
    }
    others
        .any(tonight.dice())
        .ifPresent(
            gone -> {
              String at = tonight.dice().chance(0.8) ? tonight.version() : "";
              book.put(Line.of(gone.id() + "/" + tonight.number(), "what", gone.id(), "at", at));
            });
  }

  @Override
  public Line corrected(Line line, Tonight tonight) {
    return line;
  }

  @Override
  public Line redated(Line line, Tonight tonight) {
    return line;
  }

  @Override
  public String day(Line line) {
    return "all";
  }
}
