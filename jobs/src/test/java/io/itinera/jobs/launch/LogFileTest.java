package io.itinera.jobs.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogFileTest {

  @Test
  void trialLeavesNothingWhereTheUserWorks() {
    assertThat(LogFile.forTrial(Map.of()))
        .isEqualTo(Path.of(System.getProperty("java.io.tmpdir"), "itinera.log"));
    assertThat(LogFile.forTrial(Map.of("ITINERA_LOG", "/var/log/it.log")))
        .isEqualTo(Path.of("/var/log/it.log"));
  }

  @Test
  void liesBesideTheWarehouse() {
    assertThat(LogFile.forRun("/data/tables", Map.of()))
        .isEqualTo(Path.of("/data/logs/itinera.log"));
  }

  @Test
  void liesBesideTheWarehouseNamedAsUri() {
    assertThat(LogFile.forRun("file:///data/tables", Map.of()))
        .isEqualTo(Path.of("/data/logs/itinera.log"));
  }

  @Test
  void ofARemoteWarehouseLiesInTheWorkingDirectory() {
    assertThat(LogFile.forRun("s3a://bucket/tables", Map.of()))
        .isEqualTo(Path.of("logs/itinera.log").toAbsolutePath());
  }

  @Test
  void liesWhereTheEnvironmentSays() {
    assertThat(LogFile.forRun("/data/tables", Map.of("ITINERA_LOG", "/var/log/it.log")))
        .isEqualTo(Path.of("/var/log/it.log"));
  }
}
