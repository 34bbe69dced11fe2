package io.itinera.jobs.sample;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.split;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.map.Candidates;
import io.itinera.core.map.MapRecords;
import io.itinera.core.sample.SampleRules;
import io.itinera.core.source.SourceRules;
import io.itinera.jobs.config.ConfigReader;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.read.RawFiles;
import io.itinera.testing.SparkExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The company's files, as its own configuration reads them, say what its truth says. */
@ExtendWith(SparkExtension.class)
class SampleLoadTest {

  private static final SampleRules RULES = SampleRules.of(600, 20, 8);

  @TempDir private Path directory;

  @Test
  void loadingRejectsTheBrokenRecordsAndFindsAllIdentifiers(SparkSession spark) throws Exception {
    SampleCompany.write(spark, RULES, directory);
    ItineraConfig config = ConfigReader.read(List.of(directory.resolve("itinera.conf")), Map.of());

    Dataset<Row> candidates =
        config.sources().stream()
            .map(source -> candidates(spark, source, config))
            .reduce(Dataset::union)
            .orElseThrow()
            .localCheckpoint(true);

    assertThat(rejected(candidates)).isEqualTo(truth("broken.csv", List.of(0, 1, 3)));
    assertThat(identifiers(candidates))
        .isEqualTo(truth("identifiers.csv", List.of(0, 1)).stream().distinct().toList());
    assertThat(ofCarts(candidates, config.trails().conditions().get("slow_page")))
        .containsExactly("false", "true");
    assertThat(ofCarts(candidates, config.experience().pains().get("slow")))
        .containsExactly("false", "true");
  }

  /**
   * What expressions as they are shipped say of carts, of which the planted cause makes some slow.
   */
  private static List<String> ofCarts(Dataset<Row> candidates, String expression) {
    return texts(
        candidates
            .select(Candidates.TOUCHPOINT + ".*")
            .where("type = 'add_to_cart'")
            .selectExpr("string(%s)".formatted(expression))
            .distinct());
  }

  private static Dataset<Row> candidates(
      SparkSession spark, SourceRules source, ItineraConfig config) {
    Dataset<Row> records = RawFiles.read(spark, source, RawFiles.list(spark, source));
    Instant end = RULES.lastDay().plusDays(1).atStartOfDay(config.timeZone()).toInstant();
    return MapRecords.candidates(records, source, config.raw(), end);
  }

  private static List<String> rejected(Dataset<Row> candidates) {
    Dataset<Row> faults =
        candidates
            .where(col(Candidates.REASON).isNotNull())
            .select(
                concat_ws(
                    ",",
                    col(Candidates.SOURCE),
                    element_at(split(col(Candidates.PATH), "/"), -1),
                    col(Candidates.REASON)));
    return texts(faults);
  }

  private static List<String> identifiers(Dataset<Row> candidates) {
    Dataset<Row> identifiers =
        candidates.select(
            explode(
                    coalesce(
                        col(Candidates.TOUCHPOINT).getField("identifiers"),
                        col(Candidates.PROFILE).getField("identifiers")))
                .as("identifier"));
    return texts(
        identifiers
            .select(concat_ws(",", col("identifier.type"), col("identifier.value")))
            .distinct());
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.as(Encoders.STRING()).collectAsList().stream().sorted().toList();
  }

  /** The given columns of a file of the truth. */
  private List<String> truth(String file, List<Integer> columns) throws Exception {
    return Files.readAllLines(directory.resolve("truth").resolve(file)).stream()
        .skip(1)
        .map(line -> line.split(",", -1))
        .map(cells -> columns.stream().map(i -> cells[i]).collect(Collectors.joining(",")))
        .sorted()
        .toList();
  }
}
