package io.itinera.jobs.config;

import java.util.List;

/** The configuration cannot be used; the message names every problem and where it stands. */
public final class ConfigProblemsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  ConfigProblemsException(List<String> problems) {
    super(
        "The configuration has %d problem%s; nothing was read or written:%n  %s"
            .formatted(
                problems.size(),
                problems.size() == 1 ? "" : "s",
                String.join(System.lineSeparator() + "  ", problems)));
    this.problems = List.copyOf(problems);
  }

  /** One line a problem: place, key, value, what is allowed. */
  public List<String> problems() {
    return problems;
  }
}
