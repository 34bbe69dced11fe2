package io.itinera.jobs.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.itinera.jobs.config.ConfigReader;
import io.itinera.jobs.config.Matching;
import io.itinera.testing.SparkExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped matching of persons on real labelled data, whose labels only the test sees. */
@ExtendWith(SparkExtension.class)
class MatchQualityTest {

  private static final Path DATA = Path.of(System.getProperty("shared.data", "../../shared/data"));

  private static final Matching PERSONS =
      ConfigReader.read(List.of(), Map.of(), Map.of()).matchings().all().get("persons");

  @ParameterizedTest
  @ValueSource(strings = {"dataset1", "dataset2"})
  void findsTheDuplicatesOfFebrl(String name, SparkSession spark) {
    Evaluation found = evaluate(spark, "febrl/" + name + ".csv", "split(rec_id, '-')[1]");

    assertThat(found.measured().f1()).isGreaterThanOrEqualTo(0.999);
    assertSuggestionIsGood(found);
  }

  @Test
  void findsThePersonsOfFakeThousand(SparkSession spark) {
    Evaluation found = evaluate(spark, "splink/fake_1000.csv", "cluster");

    assertThat(found.measured().f1()).isGreaterThanOrEqualTo(0.975);
    assertSuggestionIsGood(found);
  }

  private static Evaluation evaluate(SparkSession spark, String file, String person) {
    Path path = DATA.resolve(file);
    assumeTrue(Files.exists(path), () -> path + " is not there");
    return Evaluation.ofRecords(Evaluation.read(spark, path.toString()), person, Map.of(), PERSONS);
  }

  private static void assertSuggestionIsGood(Evaluation found) {
    assertThat(found.best().orElseThrow().measured().f1())
        .isLessThanOrEqualTo(found.measured().f1() + 0.01);
  }
}
