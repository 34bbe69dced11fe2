package io.itinera.jobs.launch;

import io.itinera.core.source.SourceRules;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.night.Reload;
import io.itinera.jobs.process.MisuseException;
import io.itinera.jobs.repair.ReloadFiles;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Which raw files a night reads again. */
final class ReloadOptions {

  private static final String ALL = "all";

  @Option(
      names = "--reload",
      paramLabel = "SOURCE",
      description = {
        "Reads the raw files of this source again, or of all, as if they had been written anew,",
        "under the settings of now; restates what follows. May be repeated."
      })
  private List<String> names = new ArrayList<>();

  boolean isAsked() {
    return !names.isEmpty();
  }

  /**
   * What is to be read again.
   *
   * @param from first day of files, or null
   * @param to last day of files, or null
   */
  Reload reload(ItineraConfig config, LocalDate from, LocalDate to) {
    if (!isAsked()) {
      return Reload.NONE;
    }
    requireKnown(config);
    return new ReloadFiles(
        names.contains(ALL) ? known(config) : Set.copyOf(names),
        Optional.ofNullable(from),
        Optional.ofNullable(to),
        config.timeZone());
  }

  /**
   * Looks whether there are such sources.
   *
   * @throws MisuseException if there is one that is not
   */
  void requireKnown(ItineraConfig config) {
    Set<String> known = known(config);
    for (String name : names) {
      if (!name.equals(ALL) && !known.contains(name)) {
        throw new MisuseException(
            "--reload %s: there is no such source; there are %s, or all."
                .formatted(name, known.isEmpty() ? "none" : String.join(", ", known)));
      }
    }
  }

  private static Set<String> known(ItineraConfig config) {
    return config.sources().stream()
        .map(SourceRules::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
