package io.itinera.jobs.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.testing.SparkExtension;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class WorkModeTest {

  private static final String ADAPTIVE = "spark.sql.adaptive.enabled";
  private static final String FACTORY = "spark.sql.codegen.factoryMode";
  private static final long LITTLE = 16L << 20;

  private SparkSession spark;

  @BeforeEach
  void compile(SparkSession session) {
    spark = session.newSession();
    spark.conf().set(ADAPTIVE, "true");
    spark.conf().set(FACTORY, "FALLBACK");
  }

  @Test
  void littleIsInterpretedAndPlannedOnceAndAfterwardsAllIsAsItWas() {
    WorkMode mode = new WorkMode(spark, List.of(ADAPTIVE, FACTORY));

    mode.begin(LITTLE);
    assertThat(List.of(value(ADAPTIVE), value(FACTORY))).containsExactly("false", "NO_CODEGEN");

    mode.end();
    assertThat(List.of(value(ADAPTIVE), value(FACTORY))).containsExactly("true", "FALLBACK");
  }

  @Test
  void nightsOfTestsMayChooseWhatNightsMay() {
    String free = System.getProperty(WorkMode.FREE, "");

    // None of them, with the profile large.
    assertThat(Set.of(free.split(",", -1))).isIn(WorkMode.LITTLE.keySet(), Set.of(""));
  }

  @Test
  void moreThanLittleIsCompiled() {
    WorkMode mode = new WorkMode(spark, List.of(ADAPTIVE, FACTORY));

    mode.begin(LITTLE + 1);
    assertThat(List.of(value(ADAPTIVE), value(FACTORY))).containsExactly("true", "FALLBACK");
  }

  @Test
  void stageThatTurnsOutToReadMuchIsCompiled() {
    WorkMode mode = new WorkMode(spark, List.of(ADAPTIVE, FACTORY));

    mode.begin(LITTLE);
    mode.expect(1);
    assertThat(List.of(value(ADAPTIVE), value(FACTORY))).containsExactly("true", "FALLBACK");
  }

  @Test
  void whatSomebodyHasChosenIsLeftAlone() {
    WorkMode mode = new WorkMode(spark, List.of(FACTORY));

    mode.begin(0);
    assertThat(List.of(value(ADAPTIVE), value(FACTORY))).containsExactly("true", "NO_CODEGEN");
  }

  @Test
  void copyOfASessionAtLittleWorkStartsAsThatWasBefore() {
    WorkMode mode = new WorkMode(spark, List.of(ADAPTIVE, FACTORY));
    mode.begin(0);

    SparkSession copy = ((org.apache.spark.sql.classic.SparkSession) spark).cloneSession();
    WorkMode other = mode.of(copy);
    other.begin(LITTLE + 1);

    assertThat(List.of(copy.conf().get(ADAPTIVE), copy.conf().get(FACTORY)))
        .containsExactly("true", "FALLBACK");
    assertThat(List.of(value(ADAPTIVE), value(FACTORY))).containsExactly("false", "NO_CODEGEN");
  }

  private String value(String name) {
    return spark.conf().get(name);
  }
}
