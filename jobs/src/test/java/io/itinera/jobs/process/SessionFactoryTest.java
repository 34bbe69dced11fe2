package io.itinera.jobs.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class SessionFactoryTest {

  private static final String PARTITIONS = "spark.sql.shuffle.partitions";

  @Test
  void withoutMasterEverythingRunsHere() {
    SparkConf settings = SessionFactory.settings(given(), Map.of());

    assertThat(settings.get("spark.master")).isEqualTo("local[*]");
    assertThat(settings.get("spark.ui.enabled")).isEqualTo("false");
    assertThat(settings.get("spark.driver.host")).isEqualTo("localhost");
  }

  @Test
  void clusterKeepsItsAddressesAndItsInterface() {
    SparkConf given = given().set("spark.master", "spark://node:7077");

    SparkConf settings = SessionFactory.settings(given, Map.of());

    assertThat(settings.get("spark.master")).isEqualTo("spark://node:7077");
    assertThat(settings.contains("spark.driver.host")).isFalse();
    assertThat(settings.contains("spark.ui.enabled")).isFalse();
  }

  @Test
  void commandLineBeatsConfigurationAndConfigurationBeatsDefaults() {
    SparkConf given = given().set(PARTITIONS, "64");
    Map<String, String> chosen = Map.of(PARTITIONS, "8", "sql.codegen.cache.maxEntries", "7");

    SparkConf settings = SessionFactory.settings(given, chosen);

    assertThat(settings.get(PARTITIONS)).isEqualTo("64");
    assertThat(settings.get("spark.sql.codegen.cache.maxEntries")).isEqualTo("7");
  }

  @Test
  void deltaJoinsOtherExtensions() {
    SparkConf settings =
        SessionFactory.settings(given(), Map.of("spark.sql.extensions", "com.example.Other"));

    assertThat(settings.get("spark.sql.extensions"))
        .isEqualTo("com.example.Other,io.delta.sql.DeltaSparkSessionExtension");
  }

  @Test
  void whatStepsRelyOnIsSetWhateverElseIsSaid() {
    SparkConf given = given().set("spark.sql.ansi.enabled", "false");
    Map<String, String> chosen =
        Map.of(
            "spark.sql.session.timeZone", "America/New_York", "sql.mapKeyDedupPolicy", "EXCEPTION");

    SparkConf settings = SessionFactory.settings(given, chosen);

    assertThat(settings.get("spark.sql.session.timeZone")).isEqualTo("UTC");
    assertThat(settings.get("spark.sql.mapKeyDedupPolicy")).isEqualTo("LAST_WIN");
    assertThat(settings.get("spark.sql.ansi.enabled")).isEqualTo("true");
  }

  private static SparkConf given() {
    return new SparkConf(false);
  }
}
