package io.itinera.jobs.ingest;

import io.itinera.core.source.SourceRules;
import io.itinera.jobs.format.LackingFile;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * More of a source's records are bad than it allows: rather its files are wrong than its records.
 */
public final class TooManyRejectedException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final int REASONS_SHOWN = 3;
  private static final int FILES_SHOWN = 3;
  private static final double PERCENT = 100;

  /**
   * @param records read, without those that the source leaves out
   * @param reasons number of rejected records by reason
   * @param lacking files that lack columns that the source needs
   */
  TooManyRejectedException(
      SourceRules source, long records, Map<String, Long> reasons, List<LackingFile> lacking) {
    super(message(source, records, reasons) + warnings(lacking));
  }

  private static String warnings(List<LackingFile> lacking) {
    String sentences =
        lacking.stream()
            .limit(FILES_SHOWN)
            .map(file -> " " + file.sentence())
            .collect(Collectors.joining());
    int more = lacking.size() - FILES_SHOWN;
    return more > 0 ? sentences + " So do %,d other files.".formatted(more) : sentences;
  }

  private static String message(SourceRules source, long records, Map<String, Long> reasons) {
    long rejected = reasons.values().stream().mapToLong(Long::longValue).sum();
    String most =
        reasons.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(REASONS_SHOWN)
            .map(reason -> "%s (%,d)".formatted(reason.getKey(), reason.getValue()))
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "Source %s: %,d of %,d new records (%.1f %%) cannot be used, allowed are %.1f %%."
            + " Most of them: %s. Nothing was written."
            + " Repair its files or its settings, or raise itinera.sources.%s.max-rejected-share.",
        source.name(),
        rejected,
        records,
        PERCENT * rejected / records,
        PERCENT * source.maxRejectedShare(),
        most,
        source.name());
  }
}
