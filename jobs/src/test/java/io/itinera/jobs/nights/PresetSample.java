package io.itinera.jobs.nights;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The sample files of a preset.
 *
 * @param name of the preset, and of the source that reads them
 * @param files the data files
 * @param glob tells their names from those of the companions
 * @param companions what else lies in their folder, such as look-ups
 * @param block what the sample overrides in the source's block, as HOCON
 */
record PresetSample(
    String name, List<Path> files, String glob, List<Path> companions, String block) {

  private static final String CASE = "case.conf";

  /** What the folders of delivered files start with. */
  private static final String FOLDER = "data-";

  /** Samples of all presets that have some, by name. */
  static List<PresetSample> all() throws IOException {
    try {
      Path home =
          Path.of(Objects.requireNonNull(PresetSample.class.getResource("/presets")).toURI());
      List<PresetSample> samples = new ArrayList<>();
      for (Path folder : listed(home)) {
        if (Files.exists(folder.resolve(CASE))) {
          samples.add(of(folder));
        }
      }
      return samples;
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PresetSample of(Path folder) throws IOException {
    Config sample = ConfigFactory.parseFile(folder.resolve(CASE).toFile());
    String glob = sample.getString("files");
    PathMatcher isData = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    List<Path> data = new ArrayList<>();
    List<Path> companions = new ArrayList<>();
    for (Path file : listed(folder)) {
      (isData.matches(file.getFileName()) ? data : companions).add(file);
    }
    String block =
        sample.hasPath("source")
            ? sample.getConfig("source").root().render(ConfigRenderOptions.concise())
            : "{}";
    return new PresetSample(folder.getFileName().toString(), data, glob, companions, block);
  }

  private static List<Path> listed(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /** The source as HOCON, its files in the folder of its name in {@code landing}. */
  String source(Path landing) {
    return """
    itinera.sources.%1$s = %2$s
    itinera.sources.%1$s { preset = %1$s, path = "%3$s/%1$s/%4$s*/%5$s", max-rejected-share = 1 }
    """
        .formatted(name, block, landing, FOLDER, glob);
  }

  /**
   * Where a data file of the source goes; all but the data files lie beside it.
   *
   * @param label makes its path another one
   * @param file sample whose name it has: a day or the name of a survey in it counts
   */
  Path target(Path landing, String label, Path file) throws IOException {
    Path folder = Files.createDirectories(landing.resolve(name).resolve(FOLDER + label));
    for (Path companion : companions) {
      Files.copy(
          companion, folder.resolve(companion.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
    return folder.resolve(file.getFileName());
  }
}
