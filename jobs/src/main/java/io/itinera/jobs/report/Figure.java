package io.itinera.jobs.report;

import java.util.List;

/**
 * Something that a page shows: the answer to one query, drawn and as a table.
 *
 * @param name of the figure on its page, such as {@code variants}
 * @param sql the query, as anybody can ask it by {@code itinera sql}
 * @param drawing how it is drawn
 * @param fields its columns, in the query's order
 */
public record Figure(String name, String sql, Drawing drawing, List<Field> fields) {

  static Figure of(String name, String sql, Drawing drawing, Field... fields) {
    return new Figure(name, sql.strip(), drawing, List.of(fields));
  }

  /** Place of the column {@code name}. */
  int place(String name) {
    for (int place = 0; place < fields.size(); place++) {
      if (fields.get(place).name().equals(name)) {
        return place;
      }
    }
    throw new IllegalArgumentException("The figure %s has no column %s".formatted(this.name, name));
  }
}
