package io.itinera.core.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DeliveriesTest {

  private static final SampleRules RULES = SampleRules.of(1_500, 20, 5);
  private static final LocalDate LAST = RULES.lastDay();

  private static final List<Line> LINES =
      LongStream.range(0, RULES.customers())
          .boxed()
          .flatMap(number -> Life.lines(RULES, number).stream())
          .toList();

  @Test
  void theRewrittenWebFileHoldsItsFirstStateAndMore() {
    String name = SampleFile.WEB.fileName(LAST.minusDays(3), "");
    List<Line> lines = LINES.stream().filter(line -> line.name().equals(name)).toList();
    List<String> before = lines.stream().filter(Line::superseded).map(Line::text).toList();
    List<String> after =
        lines.stream().filter(line -> line.deliveredOn().equals(LAST)).map(Line::text).toList();

    assertThat(before).isNotEmpty();
    assertThat(after).containsAll(before).hasSizeGreaterThan(before.size());
    assertThat(LINES).filteredOn(Line::superseded).isSubsetOf(lines);
  }

  @Test
  void aFileDeliveredAgainHoldsTheSameLines() {
    LocalDate day = LAST.minusDays(4);

    assertThat(textsOf(SampleFile.TILL.fileName(day, "_again")))
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(textsOf(SampleFile.TILL.fileName(day, "")));
    assertThat(textsOf(SampleFile.NEWSLETTER.fileName(LAST.minusDays(1), "_again")))
        .isNotEmpty()
        .isSubsetOf(textsOf(SampleFile.NEWSLETTER.fileName(LAST.minusDays(1), "")));
  }

  @Test
  void receiptsOfOneStoreComeAWeekLate() {
    List<String> late = textsOf(SampleFile.TILL.fileName(LAST.minusDays(7), "_late"));
    List<String> other = textsOf(SampleFile.TILL.fileName(LAST.minusDays(6), "_late"));

    assertThat(late.size() + other.size()).isPositive();
    assertThat(late).allMatch(text -> text.startsWith("S4-"));
  }

  @Test
  void nothingArrivesAfterTheLastNight() {
    assertThat(LINES)
        .allMatch(line -> !line.deliveredOn().isAfter(LAST))
        .allMatch(line -> !line.deliveredOn().isBefore(RULES.firstDay()));
  }

  private static List<String> textsOf(String name) {
    return LINES.stream().filter(line -> line.name().equals(name)).map(Line::text).toList();
  }
}
