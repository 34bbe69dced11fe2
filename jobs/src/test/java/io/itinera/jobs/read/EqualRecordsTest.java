package io.itinera.jobs.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class EqualRecordsTest {

  @Test
  void equalTextsAreNumberedInTheirOrder() {
    EqualRecords records = new EqualRecords();

    assertThat(
            Stream.of("a", "b", "a", "", "a", "b", "")
                .map(text -> records.of(UTF8String.fromString(text))))
        .containsExactly(1, 1, 2, 1, 3, 2, 2);
  }

  @Test
  void recordsWithoutTextAreEqual() {
    EqualRecords records = new EqualRecords();

    assertThat(records.of(null)).isEqualTo(1);
    assertThat(records.of(null)).isEqualTo(2);
  }

  @Test
  void anyNumberOfTextsIsNumberedAsAMapWouldDoIt() {
    EqualRecords records = new EqualRecords();
    Map<String, Integer> oracle = new HashMap<>();
    Random random = new Random(7);

    for (int i = 0; i < 200_000; i++) {
      String text = "line " + random.nextInt(100_000);
      assertThat(records.of(UTF8String.fromString(text)))
          .isEqualTo(oracle.merge(text, 1, Integer::sum));
    }
  }
}
