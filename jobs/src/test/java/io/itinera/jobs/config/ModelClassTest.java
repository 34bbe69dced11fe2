package io.itinera.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.itinera.core.persona.OwnModel;
import io.itinera.core.persona.PersonaTrainer;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A class that the configuration names finds personas, or what is wrong with it is told. */
class ModelClassTest {

  /** As a data scientist writes it. */
  public static class Own implements PersonaTrainer {

    @Override
    public PipelineModel train(Dataset<Row> customers, List<String> features, long seed) {
      return null;
    }
  }

  public static final class Asks extends Own {

    public Asks(int personas) {}
  }

  public static final class Fails extends Own {

    public Fails() {
      throw new IllegalStateException("no licence");
    }
  }

  public static final class FailsToLoad extends Own {

    static final int NUMBER = Integer.parseInt("none");
  }

  public abstract static class Half implements PersonaTrainer {}

  static final class Hidden extends Own {}

  @Test
  void itsModelIsUsed() {
    assertThat(read(Map.of()).personas().grouping().own()).isEmpty();

    OwnModel own =
        read(Map.of("itinera.personas.model-class", Own.class.getName()))
            .personas()
            .grouping()
            .own()
            .orElseThrow();

    assertThat(own.name()).isEqualTo(Own.class.getName());
    assertThat(own.trainer()).containsInstanceOf(Own.class);
    assertThat(own).as("alike in every JVM").hasToString("OwnModel[class=%s]", own.name());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "org.example.Absent                              | is not on the class path: put its jar"
            + " into ITINERA_CLASS_PATH",
        "java.lang.String                                | does not implement"
            + " io.itinera.core.persona.PersonaTrainer",
        "io.itinera.core.persona.PersonaTrainer          | is abstract",
        "io.itinera.jobs.config.ModelClassTest$Half      | is abstract",
        "io.itinera.jobs.config.ModelClassTest$Hidden    | is not public",
        "io.itinera.jobs.config.ModelClassTest$Asks      | needs a public constructor without"
            + " parameters",
        "io.itinera.jobs.config.ModelClassTest$Fails     | cannot be made:"
            + " java.lang.IllegalStateException: no licence",
        "io.itinera.jobs.config.ModelClassTest$FailsToLoad | cannot be loaded:"
            + " java.lang.ExceptionInInitializerError"
      })
  void whatIsWrongWithItIsTold(String name, String problem) {
    assertThatThrownBy(() -> read(Map.of("itinera.personas.model-class", name)))
        .isInstanceOf(ConfigProblemsException.class)
        .hasMessageContaining("itinera.personas.model-class")
        .hasMessageContaining(name)
        .hasMessageContaining("this class " + problem);
  }

  @Test
  void twoModelsExcludeEachOther() {
    Map<String, String> both =
        Map.of(
            "itinera.personas.model-class",
            Own.class.getName(),
            "itinera.personas.pipeline",
            "/models/mine");

    assertThatThrownBy(() -> read(both))
        .hasMessageContaining("pipeline and model-class exclude each other");
  }

  private static ItineraConfig read(Map<String, String> settings) {
    return ConfigReader.read(List.of(), settings, Map.of());
  }
}
