package io.itinera.core.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapred.JobConf;
import org.junit.jupiter.api.Test;

class HadoopDefaultsTest {

  private static final String OF_FILES = "io.file.buffer.size";
  private static final String OF_MAP_REDUCE = "mapreduce.job.maps";

  @Test
  void settingsLackWhatIsHiddenWhileTheyAreMadeAndOnlyThat() {
    assertThat(settings().get(OF_MAP_REDUCE)).isEqualTo("2");

    Configuration lean = HadoopDefaults.without(HadoopDefaults.OF_CLUSTERS, this::settings);
    assertThat(lean.get(OF_MAP_REDUCE)).isNull();
    assertThat(lean.get(OF_FILES)).isEqualTo("4096");
    assertThat(new Configuration(lean).size()).isEqualTo(lean.size()).isLessThan(500);

    assertThat(HadoopDefaults.without(HadoopDefaults.ALL, this::settings).get(OF_FILES)).isNull();
    assertThat(settings().get(OF_MAP_REDUCE)).isEqualTo("2");
  }

  @Test
  void workThatFailsHidesNothingFromWhatFollows() {
    assertThatThrownBy(
            () ->
                HadoopDefaults.without(
                    HadoopDefaults.ALL,
                    () -> {
                      throw new IllegalStateException("full");
                    }))
        .hasMessage("full");

    assertThat(settings().get(OF_FILES)).isEqualTo("4096");
  }

  /** Read at once, with MapReduce's, as Spark's are. */
  private Configuration settings() {
    Configuration settings = new JobConf();
    settings.size();
    return settings;
  }
}
