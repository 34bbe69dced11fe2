package io.itinera.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MarkdownTest {

  @Test
  void marksAreShownAsTheyAre() {
    Map<String, String> escaped =
        Map.of(
            "plain words, 12.5% (of all)", "plain words, 12.5% (of all)",
            "*bold* _it_ `code` ~~no~~", "\\*bold\\* \\_it\\_ \\`code\\` \\~\\~no\\~\\~",
            "[a](http://e.example)", "\\[a\\](http\\://e.example)",
            "www.e.example", "www\\.e.example",
            "<img src=x onerror=alert(1)>", "\\<img src=x onerror=alert(1)\\>",
            "a | b \\ c", "a \\| b \\\\ c",
            "&lt; $x$ !", "\\&lt; \\$x\\$ \\!",
            "# no heading", "\\# no heading");
    escaped.forEach((text, markdown) -> assertThat(Markdown.text(text)).isEqualTo(markdown));
  }

  @Test
  void lineBeginsNoListAndNoRule() {
    assertThat(Markdown.text("- a")).isEqualTo("\\- a");
    assertThat(Markdown.text("+5 more")).isEqualTo("\\+5 more");
    assertThat(Markdown.text("===")).isEqualTo("\\===");
    assertThat(Markdown.text("1. a")).isEqualTo("1\\. a");
    assertThat(Markdown.text("12) a")).isEqualTo("12\\) a");
    assertThat(Markdown.text("12.5 a")).isEqualTo("12.5 a");
    assertThat(Markdown.text("a\n# b")).isEqualTo("a \\# b");
  }

  @Test
  void nobodyIsCalled() {
    assertThat(Markdown.text("@everyone")).isEqualTo("@\u2060everyone");
  }

  @Test
  void isolatesStayWhereSomethingIsReadTheOtherWay() {
    assertThat(Markdown.text("of \u20685 orders\u2069")).isEqualTo("of 5 orders");
    assertThat(Markdown.text("of \u2068قناة\u2069")).isEqualTo("of \u2068قناة\u2069");
  }
}
