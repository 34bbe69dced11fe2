package io.itinera.core.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NumbersTest {

  @Test
  void textsAreReadAsTheNumbersThatPeopleMean() {
    // In each column what the text is taken for: where commas part thousands, and decimals.
    String table =
        """
        text          | point        | comma
        12            | 12.0000      | 12.0000
        +12.5         | 12.5000      | 12.5000
        -12.50        | -12.5000     | -12.5000
        .5            | 0.5000       | 0.5000
        1e3           | 1000.0000    | 1000.0000
        12,5          | 12.5000      | 12.5000
        -12,50        | -12.5000     | -12.5000
        0,125         | 0.1250       | 0.1250
        1,234         | 1234.0000    | 1.2340
        1.234         | 1.2340       | 1234.0000
        1234,567      | 1234.5670    | 1234.5670
        1234.567      | 1234.5670    | 1234.5670
        1,234.50      | 1234.5000    | 1234.5000
        1.234,50      | 1234.5000    | 1234.5000
        -1.234.567,89 | -1234567.8900 | -1234567.8900
        1,234,567.89  | 1234567.8900 | 1234567.8900
        1,234,567     | 1234567.0000 | 1234567.0000
        1.234.567     | 1234567.0000 | 1234567.0000
        1 234,50      | 1234.5000    | 1234.5000
        1\u00a0234,50 | 1234.5000    | 1234.5000
        1\u202f234.50 | 1234.5000    | 1234.5000
        1'234.50      | 1234.5000    | 1234.5000
        1\u2019234    | 1234.0000    | 1234.0000
        12,34,56      |              |
        1.2.3         |              |
        1,2.3,4       |              |
        12-           |              |
        --12          |              |
        12 EUR        |              |
        twelve        |              |
        ,             |              |
        123456789012345 |            |
        """;

    eachRow(
        table,
        cells -> {
          String text = cells.get(0);
          return List.of(
              text,
              shown(Numbers.read(text, Numbers::money, false)),
              shown(Numbers.read(text, Numbers::money, true)));
        });
  }

  @Test
  void wholeNumbersAreNotRounded() {
    String table =
        """
        text      | number
        90        | 90
        1,234     | 1234
        1 234     | 1234
        12.5      |
        12,5      |
        99999999999999999999 |
        """;

    eachRow(
        table,
        cells -> List.of(cells.get(0), shown(Numbers.read(cells.get(0), Numbers::whole, false))));
  }

  @Test
  void whatStandsBehindThePointOfDurationsIsCutOff() {
    eachRow(
        """
        text                 | number
        90                   | 90
        90.9                 | 90
        -90.9                | -90
        1e3                  | 1000
        9223372036854775807.9 | 9223372036854775807
        9223372036854775808  |
        NaN                  |
        """,
        cells -> List.of(cells.get(0), shown(Numbers.read(cells.get(0), Numbers::cutOff, false))));
  }

  private static void eachRow(String table, UnaryOperator<List<String>> read) {
    table
        .lines()
        .skip(1)
        .map(line -> Stream.of(line.split("[|]", -1)).map(String::strip).toList())
        .forEach(cells -> assertThat(read.apply(cells)).isEqualTo(cells));
  }

  private static String shown(Object number) {
    return number == null ? "" : number.toString();
  }
}
