package io.itinera.jobs.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second process is the first once more, with both compilers. */
class SecondProcessTest {

  @TempDir Path home;

  /** Writes down that it runs; then ends with a code of its own, or waits for its end. */
  static final class Command {

    private Command() {}

    public static void main(String[] args) throws Exception {
      SecondProcess.endWithFirst();
      Files.writeString(Path.of(args[0]), "%d".formatted(ProcessHandle.current().pid()));
      if (args[1].equals("wait")) {
        Thread.sleep(TimeUnit.MINUTES.toMillis(5));
      }
      System.exit(Integer.parseInt(args[1]));
    }
  }

  /** Starts a {@link Command}, as a first process that has found too much to do. */
  static final class First {

    private First() {}

    public static void main(String[] args) throws Exception {
      System.exit(SecondProcess.run(Command.class.getName(), List.of(args)));
    }
  }

  @Test
  void hasTheFirstOnesOptionsWithoutThatOfTheQuickCompiler() {
    List<String> command = SecondProcess.command("Main", List.of("sql", "SELECT 'a b'"));

    assertThat(command)
        .contains("-Duser.timezone=UTC")
        .noneMatch(option -> option.startsWith("-XX:TieredStopAtLevel"))
        .endsWith("-cp", System.getProperty("java.class.path"), "Main", "sql", "SELECT 'a b'");
  }

  @Test
  void endsWithTheCodeOfTheSecond() throws Exception {
    assertThat(SecondProcess.run(Command.class.getName(), List.of(home + "/pid", "3")))
        .isEqualTo(3);
  }

  @Test
  void givesTheSecondOptionsOfTheEnvironmentOnce() throws Exception {
    List<String> command =
        SecondProcess.command(First.class.getName(), List.of(home + "/pid", "0"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_TOOL_OPTIONS", "-Dagent=one");
    Process first = builder.redirectErrorStream(true).start();
    String said = new String(first.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(first.waitFor()).isZero();
    assertThat(said.split("Picked up JAVA_TOOL_OPTIONS", -1)).hasSize(2);
  }

  @Test
  void stopsTheSecondBeforeTheFirstStops() throws Exception {
    Process first = first();
    ProcessHandle second = second();

    first.destroy();

    assertThat(first.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(second.isAlive()).isFalse();
  }

  @Test
  void leavesNoSecondWhenTheFirstIsKilled() throws Exception {
    Process first = first();
    ProcessHandle second = second();

    first.destroyForcibly();

    assertThat(second.onExit().get(1, TimeUnit.MINUTES).isAlive()).isFalse();
  }

  private Process first() throws Exception {
    List<String> command =
        SecondProcess.command(First.class.getName(), List.of(home + "/pid", "wait"));
    return new ProcessBuilder(command).inheritIO().start();
  }

  private ProcessHandle second() throws Exception {
    Path file = home.resolve("pid");
    while (!Files.exists(file) || Files.size(file) == 0) {
      Thread.sleep(20);
    }
    return ProcessHandle.of(Long.parseLong(Files.readString(file))).orElseThrow();
  }
}
