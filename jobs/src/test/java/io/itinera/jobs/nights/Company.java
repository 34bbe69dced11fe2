package io.itinera.jobs.nights;

import io.itinera.core.sample.SampleRules;
import io.itinera.jobs.config.ConfigReader;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.sample.SampleCompany;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** A small sample company whose files a test delivers as it likes. */
final class Company {

  private final SampleRules rules;
  private final Path home;

  private Company(SampleRules rules, Path home) {
    this.rules = rules;
    this.home = home;
  }

  /** Writes all raw files of a company to {@code home}. */
  static Company make(SparkSession spark, SampleRules rules, Path home) throws IOException {
    SampleCompany.write(spark, rules, home);
    return new Company(rules, home);
  }

  SampleRules rules() {
    return rules;
  }

  Path home() {
    return home;
  }

  /** Its raw files, by name. */
  List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(home.resolve("landing"))) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Copies {@code file} into the landing folder of {@code place}, with its modification time. */
  void deliver(Path file, Path place) throws IOException {
    Path target = place.resolve("landing").resolve(home.resolve("landing").relativize(file));
    Files.createDirectories(target.getParent());
    Files.copy(
        file, target, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The company's configuration, with landing folder and warehouse in {@code place}. */
  ItineraConfig config(Path place) {
    return ConfigReader.read(
        List.of(home.resolve("itinera.conf")),
        Map.of(
            "itinera.landing", place.resolve("landing").toString(),
            "itinera.warehouse", place.resolve("warehouse").toString()),
        Map.of());
  }
}
