package io.itinera.jobs.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.jobs.config.ConfigReader;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.files.RawFile;
import io.itinera.jobs.night.Reload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code --reload} takes, and what it refuses before anything starts. */
class ReloadOptionsTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --reload shop                                  | --reload shop: there is no such source; there are crm, till, or all.
          --reload till --reload Crm                     | --reload Crm: there is no such source; there are crm, till, or all.
          --reload all --reload shop                     | --reload shop: there is no such source
          --reload all --from 2026-02-02 --to 2026-02-01 | --to 2026-02-01 is before --from 2026-02-02.
          --reload till --from 2026-02-30                | Invalid value for option '--from'
          --reload till --to yesterday                   | Invalid value for option '--to'
          --reload                                       | Missing required parameter for option '--reload'
          --from 2026-02-01                              | --from and --to belong together: give both or neither.
          --to 2026-02-01                                | --from and --to belong together: give both or neither.
          """)
  void whatCannotBeReloadedIsMisuse(String line, String complaint) throws IOException {
    TypedLine typed = nightly(line);

    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err()).contains(complaint).doesNotContain("\tat ");
    assertThat(folder.resolve("warehouse")).doesNotExist();
  }

  @Test
  void onlyTheNightReloads() {
    TypedLine typed = TypedLine.run("ingest", "--reload", "till");

    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err()).contains("--reload");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --reload till                                  | till-2026-01-30.csv till-2026-01-31.csv | till
          --reload all                                   | crm-2026-01-30.csv till-2026-01-30.csv till-2026-01-31.csv | crm till
          --reload till --reload all                     | crm-2026-01-30.csv till-2026-01-30.csv till-2026-01-31.csv | crm till
          --reload till --from 2026-01-31                | till-2026-01-31.csv                     | ''
          --reload till --to 2026-01-30                  | till-2026-01-30.csv                     | ''
          --reload all --from 2026-01-30 --to 2026-01-30 | crm-2026-01-30.csv till-2026-01-30.csv  | ''
          --reload all --from 2026-02-01                 | ''                                      | ''
          --from 2026-01-30 --to 2026-01-31              | ''                                      | ''
          """)
  void filesOfTheNamedSourcesAndDaysAreReadAgain(String line, String files, String whole)
      throws IOException {
    Typed typed = new Typed();
    new CommandLine(typed).parseArgs(line.split(" "));
    ItineraConfig config = ConfigReader.read(List.of(sources()), Map.of(), Map.of());

    Reload reload = typed.options.reload(config, typed.from, typed.to);

    List<String> again = new ArrayList<>();
    List<String> wholly = new ArrayList<>();
    config.sources().stream()
        .sorted((a, b) -> a.name().compareTo(b.name()))
        .forEach(
            source -> {
              there(source.name())
                  .filter(file -> reload.wants(source, file))
                  .forEach(file -> again.add(file.name()));
              if (reload.wantsAll(source)) {
                wholly.add(source.name());
              }
            });
    assertThat(String.join(" ", again)).isEqualTo(files);
    assertThat(String.join(" ", wholly)).isEqualTo(whole);
  }

  private static Stream<RawFile> there(String source) {
    return Stream.of("crm-2026-01-30.csv", "till-2026-01-30.csv", "till-2026-01-31.csv")
        .filter(name -> name.startsWith(source))
        .map(name -> new RawFile("/landing/" + name, 1, Instant.EPOCH, null));
  }

  @Command
  private static final class Typed {
    @Mixin private ReloadOptions options;

    @Option(names = "--from")
    private LocalDate from;

    @Option(names = "--to")
    private LocalDate to;
  }

  private TypedLine nightly(String line) throws IOException {
    List<String> all = new ArrayList<>(List.of("nightly"));
    all.addAll(List.of("--config", sources().toString()));
    all.addAll(List.of("--set", "itinera.warehouse=" + folder + "/warehouse"));
    all.addAll(List.of(line.split(" ")));
    return TypedLine.run(all.toArray(String[]::new));
  }

  private Path sources() throws IOException {
    String source =
        """
        itinera.sources.%s {
          format = csv, options { header = true }, path = "/landing/%1$s-*.csv"
          touchpoint {
            record-id = "id", occurred-at = "at", type = "'visit'", channel = "'store'"
            identifiers { email = "mail" }
          }
        }
        """;
    return Files.writeString(
        folder.resolve("my.conf"), source.formatted("till") + source.formatted("crm"));
  }
}
