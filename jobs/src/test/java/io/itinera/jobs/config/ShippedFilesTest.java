package io.itinera.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.source.SourceRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedFilesTest {

  private static final Path CONF = Path.of("../conf");

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("files")
  void fileIsValid(Path file) {
    assertThat(ConfigReader.read(List.of(file), Map.of(), Map.of()).sources()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void exampleSaysItsLastDayAndFollowsLanding(Path file) {
    ItineraConfig config =
        ConfigReader.read(List.of(file), Map.of("itinera.landing", "../shared/data/x"), Map.of());

    assertThat(config.asOf()).isPresent();
    assertThat(config.sources())
        .extracting(SourceRules::path)
        .allMatch(path -> path.startsWith("../shared/data/x/"));
  }

  @Test
  void everyPresetIsAFile() {
    assertThat(listed("sources"))
        .extracting(file -> file.getFileName().toString().replace(".conf", ""))
        .containsExactlyInAnyOrderElementsOf(Presets.NAMES);
  }

  @ParameterizedTest
  @MethodSource("presets")
  void presetNeedsAPathOnly(String preset) {
    ItineraConfig config =
        ConfigText.read(folder, "itinera.sources.x { preset = %s, path = /x }".formatted(preset));

    assertThat(config.sources()).hasSize(1);
  }

  static List<String> presets() {
    return Presets.NAMES;
  }

  static List<Path> examples() {
    return listed("examples");
  }

  static List<Path> files() {
    return Stream.concat(listed("").stream(), examples().stream())
        .filter(file -> !file.endsWith("reference.conf"))
        .toList();
  }

  private static List<Path> listed(String below) {
    try (Stream<Path> files = Files.list(CONF.resolve(below))) {
      return files.filter(file -> file.toString().endsWith(".conf")).sorted().toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
