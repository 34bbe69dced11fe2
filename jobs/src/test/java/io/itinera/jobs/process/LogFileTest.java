package io.itinera.jobs.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogFileTest {

  @Test
  void liesInTheWarehouse() {
    assertThat(LogFile.forRun("/data/tables", true, Map.of()))
        .isEqualTo(Path.of("/data/tables/_logs/itinera.log"));
  }

  @Test
  void liesInTheWarehouseNamedAsUri() {
    assertThat(LogFile.forRun("file:///data/tables", true, Map.of()))
        .isEqualTo(Path.of("/data/tables/_logs/itinera.log"));
  }

  @Test
  void ofWhatOnlyLooksLiesWhereNoFolderIsMade() {
    assertThat(LogFile.forRun("/no/such/tables", false, Map.of()).getParent())
        .isEqualTo(Path.of(System.getProperty("java.io.tmpdir")));
  }

  @Test
  void ofRemoteWarehouseLiesInTheTemporaryFolder() {
    assertThat(LogFile.forRun("s3a://bucket/tables", true, Map.of()).getParent())
        .isEqualTo(Path.of(System.getProperty("java.io.tmpdir")));
  }

  @Test
  void liesWhereTheEnvironmentSays() {
    assertThat(LogFile.forRun("/data/tables", true, Map.of("ITINERA_LOG", "/var/log/it.log")))
        .isEqualTo(Path.of("/var/log/it.log"));
  }
}
