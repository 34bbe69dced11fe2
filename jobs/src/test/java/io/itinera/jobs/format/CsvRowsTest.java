package io.itinera.jobs.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.itinera.jobs.files.Lines;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

class CsvRowsTest {

  @Test
  void unclosedQuoteEndsAFileThatIsLongerThanAnyRow() throws IOException {
    try (CsvRows rows = rows("a,\"b\nc\"\nd,\"" + "x\n".repeat(Lines.LONGEST))) {
      assertThat(rows.next()).containsExactly("a", "b\nc");
      assertThatThrownBy(rows::next).isInstanceOf(IOException.class).hasMessageContaining("quote");
    }
  }

  @Test
  void thousandsOfFilesNeedNoMemoryOfTheirOwn() throws IOException {
    for (int i = 0; i < 10_000; i++) {
      try (CsvRows rows = rows("a,b\n")) {
        assertThat(rows.next()).hasSize(2);
      }
    }
  }

  private static CsvRows rows(String text) throws IOException {
    CSVOptions options =
        new CSVOptions(
            scala.collection.immutable.Map.from(
                CollectionConverters.asScala(Map.of("multiLine", "true"))),
            false,
            "UTC");
    return new CsvRows(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), options);
  }
}
