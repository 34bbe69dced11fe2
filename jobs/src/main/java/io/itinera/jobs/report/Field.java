package io.itinera.jobs.report;

/**
 * A column of a figure.
 *
 * @param name as the query calls it; its heading is the text {@code column.<name>}
 * @param measure what its values are
 */
public record Field(String name, Measure measure) {

  static Field text(String name) {
    return new Field(name, Measure.TEXT);
  }

  static Field word(String name) {
    return new Field(name, Measure.WORD);
  }

  static Field count(String name) {
    return new Field(name, Measure.COUNT);
  }

  static Field decimal(String name) {
    return new Field(name, Measure.DECIMAL);
  }

  static Field share(String name) {
    return new Field(name, Measure.SHARE);
  }

  static Field money(String name) {
    return new Field(name, Measure.MONEY);
  }

  static Field seconds(String name) {
    return new Field(name, Measure.SECONDS);
  }

  static Field days(String name) {
    return new Field(name, Measure.DAYS);
  }

  static Field date(String name) {
    return new Field(name, Measure.DATE);
  }

  static Field instant(String name) {
    return new Field(name, Measure.INSTANT);
  }
}
