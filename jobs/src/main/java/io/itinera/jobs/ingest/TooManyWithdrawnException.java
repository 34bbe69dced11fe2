package io.itinera.jobs.ingest;

import io.itinera.core.source.SourceRules;
import java.util.Locale;

/**
 * A file that was written anew lacks more of its records than its source allows to be withdrawn:
 * rather its upload was cut off.
 */
public final class TooManyWithdrawnException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final double PERCENT = 100;

  /**
   * @param held records that the file had brought
   * @param lost those of them that neither it nor another file holds any more
   */
  TooManyWithdrawnException(SourceRules source, String path, long held, long lost) {
    super(
        String.format(
            Locale.ROOT,
            "Source %1$s: %2$s was written anew, and %3$,d of the %4$,d records (%5$.1f %%) that it"
                + " had brought are neither in it nor in another file, allowed are %6$.1f %%."
                + " Nothing was written. If it was cut off, deliver it again, whole. If they are to"
                + " go, raise itinera.sources.%1$s.max-withdrawn-share; if they are to stay, set"
                + " itinera.sources.%1$s.rewritten = adds, or give the file another name.",
            source.name(),
            path,
            lost,
            held,
            PERCENT * lost / held,
            PERCENT * source.deliveries().maxWithdrawnShare()));
  }
}
