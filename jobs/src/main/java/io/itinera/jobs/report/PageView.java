package io.itinera.jobs.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page as its template sees it.
 *
 * @param page the page
 * @param language that it is written in
 * @param languages all that the report is written in
 * @param asOf the night, as shown
 * @param sentences what it says first
 * @param figures what it shows then
 * @param tiles the large numbers, if it is the page that has them
 * @param data what its script draws, as JSON
 */
public record PageView(
    Page page,
    Language language,
    List<Language> languages,
    String asOf,
    List<String> sentences,
    List<FigureView> figures,
    List<Tile> tiles,
    String data) {

  private static final List<String> WEIGHTS = List.of("400", "600");

  static PageView of(Page page, Language language, Sheets sheets) {
    List<Finding> found = sheets.findings().of(page);
    List<FigureView> figures =
        found.stream().map(finding -> FigureView.of(page, finding, language)).toList();
    return new PageView(
        page,
        language,
        sheets.languages(),
        language.shown(Measure.DATE, sheets.scope().asOf().toString()),
        page.sentences(sheets.findings(), language),
        figures,
        page instanceof OverviewPage ? OverviewPage.tiles(sheets.findings(), language) : List.of(),
        data(figures, language));
  }

  /** What scripts need to know of {@code figures}, as JSON. */
  static String data(List<FigureView> figures, Language language) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("tag", language.tag());
    data.put("currency", language.currency());
    Map<String, String> texts = new LinkedHashMap<>();
    language
        .texts()
        .forEach(
            (key, text) -> {
              if (key.startsWith("unit.") || key.startsWith("script.")) {
                texts.put(key, text);
              }
            });
    data.put("texts", texts);
    data.put("figures", figures.stream().map(FigureView::data).toList());
    return Json.of(data);
  }

  /** The pages of the report: file to title. */
  public Map<String, String> chapters() {
    Map<String, String> chapters = new LinkedHashMap<>();
    for (Page each : Pages.ALL) {
      chapters.put(PageFiles.fileOf(each), language.text("page.%s.title".formatted(each.name())));
    }
    return chapters;
  }

  /** Its own file. */
  public String file() {
    return PageFiles.fileOf(page);
  }

  /** Its title. */
  public String title() {
    return language.text("page.%s.title".formatted(page.name()));
  }

  /** What it is about. */
  public String lead() {
    return language.text("page.%s.lead".formatted(page.name()));
  }

  /** The figure {@code name}. */
  public FigureView figure(String name) {
    return figures.stream()
        .filter(figure -> figure.finding().figure().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** How it looks, with its fonts. */
  public String style() {
    return fonts() + Bundle.text("report.css");
  }

  private String fonts() {
    Stream<String> scripts =
        switch (language.code()) {
          case "ar" -> Stream.of("noto-sans-arabic-arabic", "noto-sans-latin");
          case "ru" -> Stream.of("noto-sans-cyrillic", "noto-sans-latin");
          default -> Stream.of("noto-sans-latin");
        };
    return scripts
        .flatMap(name -> WEIGHTS.stream().map(weight -> font(name, weight)))
        .collect(Collectors.joining());
  }

  private static String font(String name, String weight) {
    byte[] bytes = Bundle.bytes("bundle/%s-%s-normal.woff2".formatted(name, weight));
    return "@font-face{font-family:\"%s\";font-weight:%s;src:url(data:font/woff2;base64,%s)}\n"
        .formatted(
            name.contains("arabic") ? "Itinera Arabic" : "Itinera " + name.substring(10),
            weight,
            Base64.getEncoder().encodeToString(bytes));
  }

  /** What draws its figures. */
  public String charts() {
    return Bundle.text("bundle/charts.js");
  }

  /** What brings it to life. */
  public String script() {
    return Bundle.text("drawings.js") + Bundle.text("report.js");
  }

  /** What it may do: run its own scripts, and ask nobody for anything. */
  public String policy() {
    return "default-src 'none'; script-src %s %s; style-src-elem %s; style-src-attr 'unsafe-inline'; "
            .formatted(hash(charts()), hash(script()), hash(style()))
        + "font-src data:; img-src data:; base-uri 'none'; form-action 'none'";
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-%s'".formatted(Base64.getEncoder().encodeToString(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
