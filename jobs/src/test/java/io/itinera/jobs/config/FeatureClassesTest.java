package io.itinera.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.itinera.core.persona.Feature;
import io.itinera.core.persona.FeatureLine;
import io.itinera.core.persona.FeatureSource;
import io.itinera.core.persona.FeatureTable;
import io.itinera.core.persona.PersonaRules;
import io.itinera.core.persona.Transform;
import io.itinera.core.persona.Unit;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A class on the class path brings a feature. */
class FeatureClassesTest {

  private static String sql;

  private final ClassLoader usual = Thread.currentThread().getContextClassLoader();
  @TempDir private Path folder;

  /** As a data scientist writes it. */
  public static final class Weekends implements FeatureSource {

    @Override
    public Map<String, String> features() {
      return Map.of("weekend_days", sql);
    }

    @Override
    public Map<String, FeatureLine> lines() {
      return Map.of(
          "long_calls",
          FeatureLine.of(FeatureTable.SESSIONS, "avg(duration_seconds)")
              .in(Unit.SECONDS)
              .through(Transform.ROBUST)
              .ifMissing(15));
    }
  }

  @BeforeEach
  void putOnClassPath() throws IOException {
    sql = "count_if(weekday(event_date) >= 5)";
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(FeatureSource.class.getName()), Weekends.class.getName() + "\n");
    Thread.currentThread()
        .setContextClassLoader(
            new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader()));
  }

  @AfterEach
  void takeOff() {
    Thread.currentThread().setContextClassLoader(usual);
  }

  @Test
  void itsFeatureIsBesideThoseOfTheConfiguration() {
    assertThat(read(Map.of()).personas().features())
        .containsEntry(
            "weekend_days",
            Feature.over(FeatureTable.CUSTOMER_DAYS, "count_if(weekday(event_date) >= 5)"))
        .containsKey("orders");
  }

  @Test
  void itsFeatureMayBeOverAnyTable() {
    PersonaRules personas = read(Map.of()).personas();

    assertThat(personas.features())
        .containsEntry("long_calls", Feature.over(FeatureTable.SESSIONS, "avg(duration_seconds)"));
    assertThat(personas.use().units().of("long_calls")).isEqualTo(Unit.SECONDS);
    assertThat(personas.use().transforms()).containsEntry("long_calls", Transform.ROBUST);
    assertThat(personas.use().ifMissing()).containsEntry("long_calls", 15.0);
  }

  @Test
  void whatIsConfiguredWins() {
    assertThat(
            read(Map.of("itinera.personas.features.weekend_days", "count(1)"))
                .personas()
                .features())
        .containsEntry("weekend_days", Feature.over(FeatureTable.CUSTOMER_DAYS, "count(1)"));
    assertThat(read(Map.of("itinera.personas.features.weekend_days", "null")).personas().features())
        .doesNotContainKey("weekend_days");
  }

  @Test
  void whatIsWrongIsToldWithItsClass() {
    sql = "sum(no_such_column)";

    assertThatThrownBy(() -> read(Map.of()))
        .isInstanceOf(ConfigProblemsException.class)
        .hasMessageContaining("itinera.personas.features.weekend_days")
        .hasMessageContaining("class " + Weekends.class.getName());
  }

  private static ItineraConfig read(Map<String, String> settings) {
    return ConfigReader.read(List.of(), settings, Map.of());
  }
}
