package io.itinera.core.settle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class CountOutcomesTest {

  private static final int DAY = (int) LocalDate.parse("2026-01-31").toEpochDay();

  @Test
  void withoutContestsAllThatIsNotRejectedIsAccepted() {
    List<Row> counted =
        CountOutcomes.uncontested(
            List.of(
                // Two tasks have read parts of one file, and one of its records brings more.
                count("web", "a.log", "web", DAY, null, true, 5),
                count("web", "a.log", "web", DAY, null, true, 2),
                count("web", "a.log", "web", DAY, null, false, 1),
                count("web", "a.log", "web", DAY, "bad-number", false, 3),
                count("web", "a.log", null, null, "filtered", false, 4),
                count("web", "b.log", "web", DAY, null, true, 9)));

    // read, accepted, duplicate, rejected, of these left out
    assertThat(counted)
        .extracting(Row::toString)
        .containsExactly(
            "[web,a.log,web,2026-01-31,11,8,0,3,0]",
            "[web,a.log,null,null,4,0,0,4,4]",
            "[web,b.log,web,2026-01-31,9,9,0,0,0]");
  }

  private static RecordCount count(
      String source,
      String path,
      String channel,
      Integer day,
      String reason,
      boolean isPlain,
      long records) {
    return new RecordCount(source, path, channel, day, reason, isPlain, records);
  }
}
