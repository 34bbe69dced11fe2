package io.itinera.jobs.worlds;

import java.util.List;

/** What one source hears of a world. */
interface Life {

  /** Name of the source, and of its folder in the landing folder. */
  String source();

  /** Whether its files are JSON lines; else they are CSV. */
  default boolean isJson() {
    return false;
  }

  List<String> columns();

  /** Adds tonight's records to {@code book}, and changes what only this source knows of. */
  void live(Tonight tonight, Book book);

  /** The same record with other content. */
  Line corrected(Line line, Tonight tonight);

  /** The same record at another time. */
  Line redated(Line line, Tonight tonight);

  /** The day that {@code line} stands under, for sources with a file for each. */
  String day(Line line);
}
