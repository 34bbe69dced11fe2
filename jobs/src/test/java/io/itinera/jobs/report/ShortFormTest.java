package io.itinera.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.jobs.config.ReportRules;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ShortFormTest {

  private static final String HOSTILE = VisibleText.of("[x](http://e.example)<b>*\u202e|@all\n#");

  private static final Scope SCOPE =
      new Scope(
          LocalDate.of(2026, 1, 31),
          new ReportRules(false, true, "unused", List.of("en", "ru", "ar"), 60, 5, false),
          365);

  private static final Map<String, List<List<Object>>> FOUND =
      Map.of(
          "overview.daily",
          List.of(day("2026-01-30", "web", 7), day("2026-01-31", "email", 9)),
          "overview.stages",
          List.of(row("conversion", 20L, 5L, 300L, 40L, 8L, BigDecimal.TEN)),
          "overview.outcomes",
          List.of(row("2026-01-31", 40L, 8L, 0.2, BigDecimal.TEN)),
          "map.cells",
          List.of(cell("awareness", "page_view", "web", 30), cell("awareness", HOSTILE, "app", 9)),
          "funnels.steps",
          List.of(
              row("shop", "shop 1: visit", 30L, 20L, 9L, 1L, 0.7, 0.7, null),
              row("shop", "shop 2: " + HOSTILE, 20L, 20L, 0L, 0L, null, 0.7, 60.0)),
          "attribution.channels",
          List.of(
              row("paid_search", "last", 3.5, BigDecimal.TEN),
              row("paid_search", "markov", 4.5, new BigDecimal("1234.50")),
              row("email", "last", 1.0, BigDecimal.ONE)));

  private static final Map<String, Map<String, byte[]>> FILES = new LinkedHashMap<>();
  private static Chart funnel;
  private static Chart map;

  /** One start of the charts for all tests: it takes longer than they. */
  @BeforeAll
  static void writeAll() {
    Map<String, List<Finding>> found = new TreeMap<>();
    for (Page page : Pages.ALL) {
      found.put(
          page.name(),
          page.figures(SCOPE).stream()
              .map(
                  each ->
                      new Finding(
                          each, FOUND.getOrDefault(page.name() + "." + each.name(), List.of())))
              .toList());
    }
    List<Language> languages =
        SCOPE.rules().languages().stream().map(code -> Language.of(code, "EUR")).toList();
    Sheets sheets = new Sheets(SCOPE, new Findings(found), languages);
    try (ShortForm form = new ShortForm(sheets)) {
      languages.forEach(language -> FILES.put(language.code(), form.files(language)));
      funnel =
          form.draw(page("funnels"), sheets.findings().of("funnels", "steps"), languages.get(0));
      map = form.draw(page("map"), sheets.findings().of("map", "cells"), languages.get(2));
    }
  }

  private static Page page(String name) {
    return Pages.ALL.stream().filter(page -> page.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void textSaysWhatTheOverviewSays() {
    assertThat(text("en"))
        .startsWith("# Customer journeys: Night of 31 Jan 2026\n")
        .contains("\n\nNo new files came in this night.\n\n")
        .contains("\n20 customers are in the tables, 25% of them known by name or account; ")
        .contains("\n- Conversion rate: **20%**\n")
        .contains("\n## Attribution\n\n1,235 EUR came in by conversions.")
        .doesNotContain("## Personas");
    assertThat(text("ru")).contains("\n## Воронки\n");
    assertThat(text("ar")).contains("**٢٠٪").contains("\n## الإسناد\n");
  }

  @Test
  void eachPictureIsThereAndTold() throws IOException {
    for (String code : FILES.keySet()) {
      Map<String, byte[]> files = FILES.get(code);
      assertThat(files.keySet())
          .containsExactly(
              "short/overview-daily.png",
              "short/overview-stages.png",
              "short/map-cells.png",
              "short/funnels-steps.png",
              "short/attribution-channels.png",
              "short.md");
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        if (file.getKey().endsWith(".png")) {
          assertThat(text(code)).containsPattern("!\\[.{20,}]\\(" + file.getKey() + "\\)");
          BufferedImage image = ImageIO.read(new ByteArrayInputStream(file.getValue()));
          assertThat(image.getWidth()).isEqualTo(1680);
          assertThat(colours(image)).as(code + " " + file.getKey()).isGreaterThan(8);
        }
      }
    }
    assertThat(text("en")).contains("![Touchpoints per day: 31 Jan. E-mail: 9](short/");
  }

  private static int colours(BufferedImage image) {
    Set<Integer> colours = new HashSet<>();
    for (int x = 0; x < image.getWidth(); x += 3) {
      for (int y = 0; y < image.getHeight(); y += 3) {
        colours.add(image.getRGB(x, y));
      }
    }
    return colours.size();
  }

  @Test
  void chartsHaveTheirTexts() {
    assertThat(funnel.svg()).contains(">Went on</text>", ">shop 1: visit</text>");
    assertThat(map.svg()).contains(">الوعي</text>", ">الموقع</text>", ">٣٠</text>");
  }

  @Test
  void hostileTextIsShownAndNothingElse() {
    assertThat(funnel.svg()).doesNotContain("<b>").contains("&lt;b&gt;");
    assertThat(text("en"))
        .contains(
            "shop 2: \\[x\\](http\\://e.example)\\<b\\>\\*\\[U+202E\\]\\|@\u2060all\\[U+000A\\]\\#")
        .doesNotContain("\u202e")
        .doesNotContainPattern("[^\\\\]]\\(http");
  }

  private static String text(String code) {
    String text = new String(FILES.get(code).get("short.md"), StandardCharsets.UTF_8);
    return text.replace('\u00a0', ' ');
  }

  private static List<Object> day(String day, String channel, long touchpoints) {
    return row(day, channel, touchpoints, 1L, BigDecimal.ONE);
  }

  private static List<Object> cell(String stage, String type, String channel, long customers) {
    Object[] values = new Object[18];
    values[0] = stage;
    values[1] = type;
    values[2] = channel;
    values[3] = customers;
    return Arrays.asList(values);
  }

  private static List<Object> row(Object... values) {
    return Arrays.asList(values);
  }
}
