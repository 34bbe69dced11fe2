package io.itinera.jobs.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.itinera.jobs.config.RateFile;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class ReadRatesTest {

  @TempDir private Path folder;

  @Test
  void ratesAreRoundedToEightDigits(SparkSession spark) throws IOException {
    RateFile file = file("2026-01-02,usd, 0.123456789", "2026-01-02,VND,0.00000001");

    assertThat(ReadRates.read(spark, file).rates().toString())
        .isEqualTo("{USD={2026-01-02=0.12345679}, VND={2026-01-02=1E-8}}");
  }

  @Test
  void everyImpossibleRateIsNamedByItsRow(SparkSession spark) throws IOException {
    RateFile file =
        file(
            "2026-01-02,USD,0.9",
            "2026-01-03,USD,NaN",
            "2026-01-04,USD,0",
            "2026-01-05,USD,-1",
            "2026-01-06,USD,1e400",
            "2026-01-07,USD,0.000000001",
            "2026-01-32,USD,1",
            "2026-01-08,,1",
            "2026-01-02,usd,0.8");

    assertThatThrownBy(() -> ReadRates.read(spark, file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(file.path() + ", row 2 below the header: a rate needs a date")
        .hasMessageContaining("row 3 below the header: a rate must be at least 0.00000001")
        .hasMessageContaining("row 4 ")
        .hasMessageContaining("row 5 ")
        .hasMessageContaining("row 6 ")
        .hasMessageContaining("row 7 ")
        .hasMessageContaining("row 8 ")
        .hasMessageContaining("row 9 below the header: there is another rate")
        .hasMessageNotContaining("row 1 ");
  }

  private RateFile file(String... lines) throws IOException {
    Path file = folder.resolve("rates.csv");
    Files.writeString(file, "date,currency,rate\n" + String.join("\n", lines) + "\n");
    return new RateFile(file.toString(), 0);
  }
}
