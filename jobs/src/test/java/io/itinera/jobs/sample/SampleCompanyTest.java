package io.itinera.jobs.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.sample.SampleRules;
import io.itinera.core.source.SourceRules;
import io.itinera.jobs.config.ConfigReader;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class SampleCompanyTest {

  private static final SampleRules RULES = SampleRules.of(150, 20, 3);

  @TempDir private Path directory;

  @Test
  void nightsMovedIntoTheLandingFolderMakeTheWholeCompany(SparkSession spark) throws Exception {
    List<WrittenFile> written = SampleCompany.write(spark, RULES, directory.resolve("whole"));
    List<WrittenFile> staged = SampleCompany.stage(spark, RULES, directory.resolve("nights"));
    for (LocalDate night : RULES.nights()) {
      move(directory.resolve("nights/deliveries/" + night), directory.resolve("nights/landing"));
    }

    assertThat(written).extracting(WrittenFile::source).contains("web", "till", "calls");
    assertThat(staged).extracting(WrittenFile::night).containsAll(RULES.nights());
    assertThat(prints(directory.resolve("nights/landing")))
        .isEqualTo(prints(directory.resolve("whole/landing")))
        .hasSameSizeAs(written);
    assertThat(print(directory.resolve("nights/truth/touchpoints.csv")))
        .isEqualTo(print(directory.resolve("whole/truth/touchpoints.csv")));
  }

  @Test
  void sameSeedGivesSameBytesAtAnyPartitioning(SparkSession spark) throws Exception {
    for (int partitions : List.of(1, 5)) {
      Dataset<Long> people = spark.range(0, 150, 1, partitions).as(Encoders.LONG());
      SampleCompany.write(people, RULES, directory.resolve("in" + partitions), Layout.LANDING);
    }

    assertThat(prints(directory.resolve("in1/landing")))
        .isEqualTo(prints(directory.resolve("in5/landing")));
    assertThat(prints(directory.resolve("in1/truth")))
        .isEqualTo(prints(directory.resolve("in5/truth")));
  }

  @Test
  void configurationIsSoundAndHasAllSources() throws IOException {
    Path file = directory.resolve("itinera.conf");
    Files.writeString(file, SampleConfiguration.text(RULES, directory));

    ItineraConfig config = ConfigReader.read(List.of(file), Map.of());

    assertThat(config.sources())
        .extracting(SourceRules::name)
        .containsExactlyInAnyOrder(
            "web", "crm_contacts", "crm_cases", "calls", "till", "newsletter");
    assertThat(config.sources())
        .allMatch(source -> source.path().startsWith(directory + "/landing/" + source.name()));
    assertThat(config.asOf()).contains(RULES.lastDay());
  }

  @Test
  void filesAreAsOldAsTheMorningAfterTheirDelivery(SparkSession spark) throws Exception {
    SampleCompany.write(spark, SampleRules.of(60, 14, 1), directory);

    assertThat(modifiedOn(directory.resolve("landing/web/events_20250420.json.gz")))
        .isEqualTo(LocalDate.of(2025, 4, 21));
    // Rewritten in the last night.
    assertThat(modifiedOn(directory.resolve("landing/web/events_20250427.json.gz")))
        .isEqualTo(LocalDate.of(2025, 5, 1));
  }

  private static LocalDate modifiedOn(Path file) throws IOException {
    return Files.getLastModifiedTime(file).toInstant().atZone(ZoneOffset.UTC).toLocalDate();
  }

  private static void move(Path from, Path to) throws IOException {
    for (Path file : files(from)) {
      Path target = to.resolve(from.relativize(file));
      Files.createDirectories(target.getParent());
      Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static Map<String, String> prints(Path folder) throws Exception {
    Map<String, String> prints = new TreeMap<>();
    for (Path file : files(folder)) {
      prints.put(folder.relativize(file).toString(), print(file));
    }
    return prints;
  }

  private static String print(Path file) throws IOException, NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (InputStream bytes = new DigestInputStream(Files.newInputStream(file), digest)) {
      bytes.transferTo(OutputStream.nullOutputStream());
    }
    return new BigInteger(1, digest.digest()).toString(16);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
