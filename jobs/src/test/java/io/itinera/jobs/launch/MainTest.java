package io.itinera.jobs.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.jobs.night.Stage;
import io.itinera.jobs.stage.Stages;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class MainTest {

  /** All commands; of a group of them, such as identity, its own. */
  static List<String> commands() {
    return commandLine().getSubcommands().entrySet().stream()
        .flatMap(command -> commands(command.getKey(), command.getValue()))
        .filter(name -> !name.equals("help"))
        .toList();
  }

  /** The command itself, unless it only holds others, and those. */
  private static Stream<String> commands(String name, CommandLine line) {
    return Stream.concat(
        line.getCommand() instanceof Callable || line.getSubcommands().isEmpty()
            ? Stream.of(name)
            : Stream.empty(),
        line.getSubcommands().keySet().stream()
            .filter(own -> !own.equals("help"))
            .map(own -> name + " " + own));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasTheCommonOptions(String command) {
    CommandLine line = commandLine();
    for (String name : command.split(" ", -1)) {
      line = line.getSubcommands().get(name);
    }
    Set<String> options = line.getCommandSpec().optionsMap().keySet();

    assertThat(options).contains("--help", "--config", "--set", "--as-of");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandExplainsItself(String command) {
    TypedLine help = TypedLine.run((command + " --help").split(" ", -1));

    assertThat(help.code()).isZero();
    assertThat(help.out()).contains("Usage: itinera " + command, "--as-of=DATE");
  }

  @Test
  void everyStageOfTheNightHasItsCommand() {
    assertThat(commands()).containsAll(Stages.ALL.stream().map(Stage::name).toList());
  }

  @Test
  void unknownOptionIsMisuse() {
    TypedLine typed = TypedLine.run("nightly", "--ful-refresh");

    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err())
        .contains("--ful-refresh", "--full-refresh", "Try: itinera nightly --help")
        .doesNotContain("\tat ");
  }

  @Test
  void unknownCommandIsMisuse() {
    TypedLine typed = TypedLine.run("nightli");

    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err()).contains("nightli", "nightly");
  }

  @Test
  void noCommandIsMisuse() {
    assertThat(TypedLine.run().code()).isEqualTo(2);
  }

  @Test
  void dateThatIsNoneIsMisuse() {
    TypedLine typed = TypedLine.run("nightly", "--as-of", "2024-02-30");

    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err()).contains("--as-of", "2024-02-30");
  }

  @Test
  void firstNightAloneIsMisuse() {
    assertThat(TypedLine.run("nightly", "--from", "2024-02-01").err())
        .isEqualToIgnoringNewLines("--from and --to belong together: give both or neither.");
  }

  @Test
  void lastNightBeforeTheFirstIsMisuse() {
    TypedLine typed = TypedLine.run("nightly", "--from", "2024-02-02", "--to", "2024-02-01");

    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err()).contains("2024-02-01 is before --from 2024-02-02");
  }

  @Test
  void wrongSettingIsMisuseAndNamed() {
    TypedLine typed = TypedLine.run("check", "--set", "itinera.warehaus=x");

    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err()).contains("itinera.warehaus", "warehouse").doesNotContain("\tat ");
  }

  @Test
  void configurationFileThatIsNotThereIsMisuse() {
    TypedLine typed = TypedLine.run("check", "--config", "no-such.conf");

    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err()).contains("no-such.conf");
  }

  @Test
  void queryAndFileTogetherAreMisuse() {
    TypedLine typed = TypedLine.run("sql", "SELECT 1", "--file", "query.sql");

    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err()).contains("--file");
  }

  @Test
  void unknownTableIsMisuseWithTheNearestName() {
    TypedLine typed = TypedLine.run("tables", "sesions");

    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err()).contains("sesions", "sessions");
  }

  @Test
  void classThatIsNotThereIsMisuseAndToldBeforeAnythingRuns() {
    TypedLine typed = TypedLine.run("personas", "--model-class", "org.example.Absent");

    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err())
        .contains("itinera.personas.model-class", "org.example.Absent", "ITINERA_CLASS_PATH")
        .doesNotContain("\tat ");
  }

  @Test
  void versionIsShown() {
    assertThat(TypedLine.run("--version").out()).startsWith("itinera ");
  }

  private static CommandLine commandLine() {
    return Main.commandLine(
        new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));
  }
}
