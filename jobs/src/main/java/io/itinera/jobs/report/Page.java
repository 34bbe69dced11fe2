package io.itinera.jobs.report;

import java.util.List;

/** One page of the report: its figures, and what it says of them in sentences. */
public interface Page {

  /** Name of the page, in texts and as the name of its file, such as {@code journeys}. */
  String name();

  /** What it shows, in order; of queries about {@code scope}. */
  List<Figure> figures(Scope scope);

  /** What it says above its figures. */
  default List<String> sentences(Findings findings, Language language) {
    return List.of();
  }

  /** The template that lays it out. */
  default String template() {
    return "report/page.jte";
  }
}
