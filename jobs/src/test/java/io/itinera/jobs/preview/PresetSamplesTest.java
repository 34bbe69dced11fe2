package io.itinera.jobs.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import io.itinera.jobs.config.ConfigReader;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each vendor's sample becomes. A folder of {@code presets} has a sample as the vendor writes
 * it, {@code case.conf} with its origin, and in {@code expected.txt} what {@code itinera check
 * --preset} says of it; {@code real.conf} and {@code real.txt} are the same for real files, which
 * are not copied here, so that only their counts are told.
 */
@ExtendWith(SparkExtension.class)
class PresetSamplesTest {

  private static final Path SAMPLES = Path.of("src/test/resources/presets");
  private static final Path PRESETS = Path.of("../conf/sources");
  private static final Path DATA = Path.of(System.getProperty("shared.data", "../../shared/data"));

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("presets")
  void sampleBecomesWhatIsExpected(String preset, SparkSession spark) throws IOException {
    Path sample = SAMPLES.resolve(preset);
    Config described = ConfigFactory.parseFile(sample.resolve("case.conf").toFile());

    assertThat(preview(spark, preset, described, sample, Integer.MAX_VALUE))
        .isEqualTo(Files.readString(sample.resolve("expected.txt")).strip());
  }

  @ParameterizedTest
  @MethodSource("presetsWithRealFiles")
  void realFilesBecomeWhatIsExpected(String preset, SparkSession spark) throws IOException {
    assumeTrue(Files.isDirectory(DATA), () -> "skipped: there are no real files in " + DATA);
    Path sample = SAMPLES.resolve(preset);
    Config described = ConfigFactory.parseFile(sample.resolve("real.conf").toFile());

    assertThat(preview(spark, preset, described, DATA, 0))
        .isEqualTo(Files.readString(sample.resolve("real.txt")).strip());
  }

  @Test
  void everyPresetHasASampleAndSaysWhereItIsFrom() {
    assertThat(presets()).containsExactlyElementsOf(shipped());
    assertThat(presets())
        .allSatisfy(
            preset ->
                assertThat(
                        ConfigFactory.parseFile(
                                SAMPLES.resolve(preset).resolve("case.conf").toFile())
                            .getString("provenance"))
                    .isNotBlank());
  }

  @Test
  void amountsInOtherCurrenciesAreConvertedAsInANight(SparkSession spark) throws IOException {
    Path rates = folder.resolve("rates.csv");
    Files.writeString(rates, "date,currency,rate\n2025-03-01,USD,0.5\n");
    Path orders = folder.resolve("events.jsonl");
    Files.writeString(
        orders,
        """
        {"type": "track", "event": "Order Completed", "messageId": "m-1", "userId": "u-1",\
         "timestamp": "2025-03-10T10:00:00Z",\
         "properties": {"order_id": "o-1", "total": 30, "currency": "USD"}}
        """);
    Path file = folder.resolve("rates.conf");
    Files.writeString(
        file,
        """
        itinera.exchange-rates { path = "%s", max-age = 30 days }
        itinera.sources.sample { preset = segment-spec, path = "%s" }
        """
            .formatted(rates, orders));
    ItineraConfig config = ConfigReader.read(List.of(file), Map.of(), Map.of());

    assertThat(RecordPreview.of(spark, config.sources().get(0), config, 1))
        .contains("  value: 15", "  currency: USD");
  }

  private String preview(SparkSession spark, String preset, Config described, Path files, int shown)
      throws IOException {
    String overrides =
        described.hasPath("source")
            ? described.getConfig("source").root().render(ConfigRenderOptions.concise())
            : "{}";
    Path path = files.toAbsolutePath().normalize().resolve(described.getString("files"));
    Path file = folder.resolve("sample.conf");
    Files.writeString(
        file,
        """
        itinera.as-of = 2026-11-24
        itinera.sources.sample { preset = %s, path = "%s" }
        itinera.sources.sample = %s
        """
            .formatted(preset, path, overrides));
    ItineraConfig config = ConfigReader.read(List.of(file), Map.of(), Map.of());
    return String.join("\n", RecordPreview.of(spark, config.sources().get(0), config, shown));
  }

  static List<String> presets() {
    return named(SAMPLES, "");
  }

  static List<String> presetsWithRealFiles() {
    return presets().stream()
        .filter(preset -> Files.exists(SAMPLES.resolve(preset).resolve("real.conf")))
        .toList();
  }

  private static List<String> shipped() {
    return named(PRESETS, ".conf");
  }

  private static List<String> named(Path folder, String ending) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ending) && !name.endsWith(".md"))
          .map(name -> name.substring(0, name.length() - ending.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
