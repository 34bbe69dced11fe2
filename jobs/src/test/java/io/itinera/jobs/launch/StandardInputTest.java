package io.itinera.jobs.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.Runs;
import io.itinera.jobs.lake.Lake;
import io.itinera.testing.SparkExtension;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Queries of standard input are answered, whichever process answers. */
@ExtendWith(SparkExtension.class)
class StandardInputTest {

  /** More than the quick compiler is good for. */
  private static final long MUCH = 65L << 20;

  @Test
  void isLeftToTheSecondProcessWhereThereIsMuchToRead(SparkSession spark, @TempDir Path warehouse)
      throws Exception {
    new Lake(spark, warehouse.toString()).create(Runs.TABLE);
    try (var ballast = new RandomAccessFile(warehouse.resolve("ballast").toFile(), "rw")) {
      ballast.setLength(MUCH);
    }

    String said =
        said(
            "SELECT 40 + 2 AS answer",
            "sql",
            "-",
            "--format",
            "csv",
            "--set",
            "itinera.warehouse=" + warehouse);

    assertThat(said).isEqualTo("answer\n42\n");
  }

  private static String said(String input, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(List.of("-Xmx1g", "-Ditinera.quick-compiler=true"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return said;
  }
}
