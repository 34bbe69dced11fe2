package io.itinera.core.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.itinera.testing.SparkExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class PhoneNumbersTest {

  private static final Path CASES =
      Path.of(System.getProperty("shared.data"), "phones", "phone_cases.csv");

  @Test
  void hardCasesAreReadAsLibphonenumberPublishesThem(SparkSession spark) {
    assumeTrue(Files.exists(CASES), "no " + CASES);
    List<Row> cases =
        spark
            .read()
            .option("header", true)
            .option("ignoreLeadingWhiteSpace", false)
            .csv(CASES.toString())
            .collectAsList();

    assertThat(cases).hasSize(70);
    assertThat(cases)
        .allSatisfy(
            row ->
                assertThat(PhoneNumbers.e164(row.getAs("raw_input"), row.getAs("default_region")))
                    .isEqualTo(row.getAs("is_valid").equals("true") ? row.getAs("e164") : null));
  }
}
