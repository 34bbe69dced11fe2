package io.itinera.core.persona;

import java.sql.Date;
import java.time.LocalDate;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * What became of a persona from one training to the next.
 *
 * @param personaId the persona; of the earlier training if it is gone
 * @param kind what happened
 * @param detail the same in a sentence
 */
public record PersonaChange(String personaId, Kind kind, String detail) {

  /** What can happen to a persona. */
  public enum Kind {
    /** It continues none of the training before. */
    APPEARED,
    /** It is no more. */
    VANISHED,
    /** Its customers went into several, most of whose customers they are. */
    SPLIT,
    /** Most customers of several went into it. */
    MERGED,
    /** It is called otherwise. */
    RENAMED,
    /** Its customers behave otherwise. */
    DRIFTED
  }

  /** As a row of {@link io.itinera.core.table.PersonaChanges}. */
  public Row row(LocalDate asOf) {
    return RowFactory.create(
        Date.valueOf(asOf), personaId, kind.name().toLowerCase(Locale.ROOT), detail);
  }
}
