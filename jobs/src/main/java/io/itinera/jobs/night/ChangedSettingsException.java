package io.itinera.jobs.night;

import java.util.List;

/** What is loaded was made with settings beside which rows of today's must not stand. */
public final class ChangedSettingsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ChangedSettingsException(List<String> changes) {
    super(
        "The warehouse was made with other settings; nothing was read or written:\n  "
            + String.join("\n  ", changes));
  }
}
