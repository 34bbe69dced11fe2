package io.itinera.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VisibleTextTest {

  @Test
  void whatNobodyWouldSeeStandsThereByItsNumber() {
    assertThat(VisibleText.of("a\u202eb\u0000c\n")).isEqualTo("a[U+202E]b[U+0000]c[U+000A]");
    assertThat(VisibleText.of("\ud800")).isEqualTo("[U+D800]");
  }

  @Test
  void lettersOfAllScriptsStayAsTheyAre() {
    assertThat(VisibleText.of("Zoë Ёж عميل 客 😀")).isEqualTo("Zoë Ёж عميل 客 😀");
  }

  @Test
  void longTextIsCut() {
    assertThat(VisibleText.of("x".repeat(300))).hasSize(300);
    assertThat(VisibleText.of("x".repeat(301))).hasSize(301).endsWith("x…");
  }

  @Test
  void jsonInPagesIsPlainAsciiWithoutTags() {
    assertThat(Json.of(List.of("</script>'&\"\\", "é\u2028")))
        .isEqualTo("[\"\\u003c/script\\u003e\\u0027\\u0026\\u0022\\u005c\",\"\\u00e9\\u2028\"]");
    assertThat(Json.of(Map.of("n", Arrays.asList(1L, new BigDecimal("1.50"), null, true))))
        .isEqualTo("{\"n\":[1,1.50,null,true]}");
    assertThat(Json.of(Map.of())).isEqualTo("{}");
  }
}
