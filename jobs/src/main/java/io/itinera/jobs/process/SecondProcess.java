package io.itinera.jobs.process;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * This very command once more, in a JVM with both compilers, in place of this one: which of them a
 * JVM has is settled when it starts, and how much there is to do is known when it has read the
 * configuration.
 */
public final class SecondProcess {

  private static final String FIRST = "itinera.first-process";
  private static final String QUICK = "-XX:TieredStopAtLevel=";

  /** Where a JVM takes options from; {@link RuntimeMXBean#getInputArguments} has told them. */
  private static final List<String> OPTIONS =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  /** As a shell says it of a process that was killed. */
  private static final int KILLED = 137;

  private SecondProcess() {}

  /**
   * Runs {@code main} with {@code arguments} and this JVM's options, streams and folder, to its
   * end. A signal that ends this process ends that one first.
   *
   * @return its exit code
   */
  public static int run(String main, List<String> arguments)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command(main, arguments)).inheritIO();
    // An agent among them would be loaded twice, and most refuse that.
    builder.environment().keySet().removeAll(OPTIONS);
    Process second = builder.start();
    Thread end = new Thread(() -> end(second));
    Runtime.getRuntime().addShutdownHook(end);
    return second.waitFor();
  }

  /** Has this process end with the first, if it is a second: that may be killed without a word. */
  public static void endWithFirst() {
    Long first = Long.getLong(FIRST);
    if (first != null) {
      Thread watch = new Thread(() -> watch(first), "first-process");
      watch.setDaemon(true);
      watch.start();
    }
  }

  private static void watch(long process) {
    ProcessHandle.of(process).ifPresent(first -> first.onExit().join());
    Runtime.getRuntime().halt(KILLED);
  }

  static List<String> command(String main, List<String> arguments) {
    RuntimeMXBean jvm = ManagementFactory.getRuntimeMXBean();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    jvm.getInputArguments().stream()
        .filter(option -> !option.startsWith(QUICK) && !option.contains(QuickCompiler.IS_ALONE))
        .forEach(command::add);
    command.add("-D%s=%d".formatted(FIRST, ProcessHandle.current().pid()));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    command.addAll(arguments);
    return command;
  }

  private static void end(Process second) {
    second.destroy();
    try {
      second.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
