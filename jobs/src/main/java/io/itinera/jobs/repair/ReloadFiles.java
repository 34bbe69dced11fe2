package io.itinera.jobs.repair;

import io.itinera.core.source.DayInName;
import io.itinera.core.source.SourceRules;
import io.itinera.jobs.files.RawFile;
import io.itinera.jobs.night.Reload;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

/**
 * Reads again the raw files of some sources, or those of some days of them: a file's day is the one
 * in its name, else the one on which it was written.
 *
 * @param sources their names
 * @param from first day; empty for no limit
 * @param to last day; empty for no limit
 * @param zone zone of days on which files were written
 */
public record ReloadFiles(
    Set<String> sources, Optional<LocalDate> from, Optional<LocalDate> to, ZoneId zone)
    implements Reload {

  public ReloadFiles {
    sources = Set.copyOf(sources);
  }

  @Override
  public boolean wants(SourceRules source, RawFile file) {
    if (!sources.contains(source.name())) {
      return false;
    }
    LocalDate day =
        DayInName.of(file.name()).orElseGet(() -> file.modifiedAt().atZone(zone).toLocalDate());
    return from.filter(day::isBefore).isEmpty() && to.filter(day::isAfter).isEmpty();
  }

  @Override
  public boolean wantsAll(SourceRules source) {
    return sources.contains(source.name()) && from.isEmpty() && to.isEmpty();
  }
}
