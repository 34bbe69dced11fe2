package io.itinera.jobs.config;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.itinera.core.raw.SourceRules;
import io.itinera.testing.SparkExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The examples and presets on the real files they are for. */
@ExtendWith(SparkExtension.class)
class ExamplesTest {

  private static final Path DATA = Path.of(System.getProperty("shared.data", "../../shared/data"));

  @BeforeAll
  static void needsRealFiles() {
    assumeTrue(Files.isDirectory(DATA), () -> "skipped, as there are no real files in " + DATA);
  }

  @Test
  void dump(SparkSession spark) throws Exception {
    for (String name :
        List.of(
            "simple_shop",
            "cdnow",
            "online_retail",
            "completejourney",
            "salesforce",
            "genesys",
            "segment")) {
      for (SourceRules source : example(name).sources()) {
        System.out.println("=== " + name + "/" + source.name());
        try {
          if (source.touchpoint().isPresent()) {
            Dataset<Row> rows = MappedRecords.touchpoints(spark, source);
            rows.printSchema();
            System.out.println(rows.count() + " rows");
            rows.show(
                12,
                40,
                name.equals("genesys") || name.equals("segment") || name.equals("salesforce"));
          }
          if (source.profile().isPresent()) {
            Dataset<Row> rows = MappedRecords.profiles(spark, source);
            System.out.println(rows.count() + " rows");
            rows.show(12, 40, true);
          }
        } catch (Exception e) {
          System.out.println("FAILED " + e.getMessage());
        }
      }
    }
  }

  private static ItineraConfig example(String name) {
    return ConfigReader.read(
        List.of(Path.of("../conf/examples", name + ".conf")),
        Map.of("itinera.landing", DATA.resolve(name).toString()),
        Map.of());
  }
}
