package io.itinera.jobs.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.jobs.screen.TextTable.Heading;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

  @Test
  void textStandsLeftAndNumbersRight() {
    TextTable table = table(0);
    table.add(List.of("web", "7"));
    table.add(List.of("store", "1200"));

    assertThat(table.lines())
        .containsExactly(
            "channel  rows", //
            "-------  ----",
            "web         7",
            "store    1200");
  }

  @Test
  void missingValueDiffersFromEmptyText() {
    TextTable table = table(0);
    table.add(Arrays.asList(null, null));
    table.add(List.of("", "0"));

    assertThat(table.lines().subList(2, 4)).containsExactly("NULL     NULL", "            0");
  }

  @Test
  void valueOfTheWidestLengthStays() {
    TextTable table = table(8);
    table.add(List.of("12345678", "1"));

    assertThat(table.lines().get(2)).isEqualTo("12345678     1");
  }

  @Test
  void valueOneLongerIsCutAndSaysSo() {
    TextTable table = table(8);
    table.add(List.of("123456789", "1"));

    assertThat(table.lines().get(2)).isEqualTo("1234567…     1");
  }

  @Test
  void cutNeverHalvesACharacter() {
    TextTable table = table(3);
    table.add(List.of("😀😀😀😀", "1"));

    assertThat(table.lines().get(2)).startsWith("😀😀…");
  }

  @Test
  void lineBreakInsideAValueDoesNotBreakTheTable() {
    TextTable table = table(0);
    table.add(List.of("a\nb", "1"));

    assertThat(table.lines()).hasSize(3).last().asString().contains("a\\nb");
  }

  @Test
  void tableWithoutRowsShowsItsHeadings() {
    assertThat(table(0).lines()).containsExactly("channel  rows", "-------  ----");
  }

  private static TextTable table(int widest) {
    return new TextTable(List.of(Heading.text("channel"), Heading.number("rows")), widest);
  }
}
