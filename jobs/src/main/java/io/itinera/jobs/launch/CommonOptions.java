package io.itinera.jobs.launch;

import io.itinera.jobs.config.ConfigReader;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.night.WorkMode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options that every command has. */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class)
final class CommonOptions {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration (HOCON); may be repeated, a later file wins.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting, such as itinera.warehouse=/data/tables; wins over all files.")
  private Map<String, String> sets = new LinkedHashMap<>();

  @Option(
      names = "--as-of",
      paramLabel = "DATE",
      description = "Last full day that the night covers, as 2026-01-31; else as configured.")
  private LocalDate asOf;

  private final Map<String, String> decided = new LinkedHashMap<>();
  private boolean expectsMuch;

  /** Whether the command line names a night. */
  boolean asksNight() {
    return asOf != null;
  }

  /** The configuration that these options name. */
  ItineraConfig read() {
    return read(files);
  }

  /** The same with one more file, which wins over the others. */
  ItineraConfig readWith(Path file) {
    List<Path> all = new ArrayList<>(files);
    all.add(file);
    return read(all);
  }

  /** Points the command at the landing folder and the warehouse in {@code home}. */
  void liveIn(Path home) {
    for (String folder : List.of("landing", "warehouse")) {
      sets.putIfAbsent("itinera." + folder, home.resolve(folder).toAbsolutePath().toString());
    }
  }

  /** Adds a source {@code name} of the vendor format {@code preset} that reads {@code file}. */
  void tryPreset(String name, String preset, String file) {
    sets.put("itinera.sources." + name + ".preset", preset);
    sets.put("itinera.sources." + name + ".path", file);
  }

  /**
   * Expects the data of {@code sample}. Little data is sooner done by plans that are made once, are
   * interpreted, and whose steps are one task each.
   */
  void expect(SampleOptions sample) {
    if (!sample.isLittle()) {
      expectMuchData();
      return;
    }
    sets.putIfAbsent("itinera.spark.spark.databricks.delta.snapshotPartitions", "1");
    WorkMode.LITTLE.forEach((name, value) -> sets.putIfAbsent("itinera.spark." + name, value));
  }

  /** Says that the command works on more than its files and tables hold when it begins. */
  void expectMuchData() {
    expectsMuch = true;
  }

  boolean expectsMuch() {
    return expectsMuch;
  }

  /** Sets what an option of the command decides, whatever files and {@code --set} say. */
  void decide(String key, String value) {
    decided.put(key, value);
  }

  /** Gives Spark the settings of a server, unless it has others. */
  void serve(Map<String, String> settings) {
    settings.forEach((name, value) -> sets.putIfAbsent("itinera.spark." + name, value));
  }

  private ItineraConfig read(List<Path> files) {
    Map<String, String> all = new LinkedHashMap<>(sets);
    all.putAll(decided);
    if (asOf != null) {
      all.put("itinera.as-of", asOf.toString());
    }
    return ConfigReader.read(files, all, System.getenv());
  }
}
