package io.itinera.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.jobs.config.ReportRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageFilesTest {

  private static final String HOSTILE =
      "</script><script>alert(1)</script><img src=x onerror='alert(2)'>\"\u202e\u2066=1+1";

  private static final Scope SCOPE =
      new Scope(
          LocalDate.of(2026, 1, 31),
          new ReportRules(false, false, "unused", List.of("en", "ru", "ar"), 60, 5, false),
          365);

  private static final Pattern SCRIPT =
      Pattern.compile("<(script|style)( [^>]*)?>(.*?)</\\1>", Pattern.DOTALL);

  @TempDir private static Path folder;
  private static List<Path> pages;

  @BeforeAll
  static void writeAll() throws IOException {
    pages = pages(folder);
  }

  @Test
  void hostileTextIsShownAndNothingElse() throws Exception {
    for (Path page : pages) {
      String html = Files.readString(page);
      String body = SCRIPT.matcher(html).replaceAll("");
      assertThat(body).as(page.toString()).doesNotContain("<img", "alert(1)</");
      assertThat(html).doesNotContain("\u202e", "\u2066=");
      if (showsText(page)) {
        assertThat(body).as(page.toString()).contains("&lt;img", "[U+202E]");
      }
    }
  }

  /** Whether a figure of the page has a column of texts. */
  private static boolean showsText(Path file) {
    String name = file.getFileName().toString().replace("index.html", "overview");
    return Pages.ALL.stream()
        .filter(page -> name.startsWith(page.name()))
        .flatMap(page -> page.figures(SCOPE).stream())
        .flatMap(figure -> figure.fields().stream())
        .anyMatch(field -> Set.of(Measure.TEXT, Measure.WORD).contains(field.measure()));
  }

  @Test
  void pageRunsItsOwnScriptsAndNoOthers() throws Exception {
    for (Path page : pages) {
      String html = Files.readString(page);
      List<String> run = new ArrayList<>();
      Matcher found = SCRIPT.matcher(html);
      while (found.find()) {
        if (found.group(2) == null) {
          run.add("'sha256-%s'".formatted(hash(found.group(3))));
        }
      }
      assertThat(run).hasSize(3);
      String policy = html.substring(html.indexOf("Content-Security-Policy"));
      policy = policy.substring(0, policy.indexOf("\">"));
      assertThat(policy).contains("default-src 'none'").contains(run.toArray(String[]::new));
      assertThat(policy).doesNotContain("http:", "https:", "'unsafe-eval'");
    }
  }

  @Test
  void pageStaysBelowFiveMebibytes() throws IOException {
    for (Path page : pages) {
      assertThat(Files.size(page)).as(page.toString()).isLessThan(5L << 20);
    }
  }

  @Test
  void folderHasEveryPageInEveryLanguageAndTheLicences() throws IOException {
    assertThat(pages).hasSize(3 * Pages.ALL.size());
    assertThat(folder.resolve("index.html")).exists();
    assertThat(folder.resolve("licences/echarts-LICENSE.txt")).exists();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.filter(file -> file.getFileName().toString().startsWith("."))).isEmpty();
    }
  }

  private static String hash(String text) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(digest);
  }

  /** All pages, each figure of which has found as much hostile text as it can hold. */
  private static List<Path> pages(Path folder) throws IOException {
    Map<String, List<Finding>> found = new LinkedHashMap<>();
    for (Page page : Pages.ALL) {
      found.put(page.name(), page.figures(SCOPE).stream().map(PageFilesTest::hostile).toList());
    }
    List<Language> languages =
        SCOPE.rules().languages().stream().map(code -> Language.of(code, "EUR")).toList();
    new PageFiles(new org.apache.hadoop.fs.Path(folder.toUri()), new Configuration())
        .write(new Sheets(SCOPE, new Findings(found), languages));
    try (Stream<Path> files = Files.walk(folder, 2)) {
      return files.filter(file -> file.toString().matches(".*/(en|ru|ar)/[a-z]+\\.html")).toList();
    }
  }

  private static Finding hostile(Figure figure) {
    List<List<Object>> rows = new ArrayList<>();
    for (long row = 0; row < 200; row++) {
      List<Object> values = new ArrayList<>();
      for (Field field : figure.fields()) {
        values.add(
            switch (field.measure()) {
              case TEXT, WORD -> VisibleText.of(row + HOSTILE);
              case DATE -> "2026-01-31";
              case INSTANT -> "2026-01-31 10:30:00";
              default -> row;
            });
      }
      rows.add(values);
    }
    return new Finding(figure, rows);
  }
}
