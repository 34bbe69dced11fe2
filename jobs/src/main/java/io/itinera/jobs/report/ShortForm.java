package io.itinera.jobs.report;

import io.itinera.jobs.picture.Letters;
import io.itinera.jobs.picture.SvgPicture;
import io.itinera.jobs.process.MisuseException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The report in short, for mail and chat: what the overview says and the most telling figures, as
 * Markdown with pictures beside it.
 *
 * <p>It shows findings of the pages and nothing else, so that what these leave out, such as groups
 * that are too small, is not in it either.
 */
final class ShortForm implements AutoCloseable {

  /** The Markdown's file, in the folder of its language. */
  static final String FILE = "short.md";

  private static final String PICTURES = "short/";

  private static final int WIDTH = 800;
  private static final double SCALE = 2;

  /** More rows, and a picture is no longer looked at on a telephone. */
  private static final int MOST_ROWS = 20;

  /** As many values are told to those who cannot see the picture. */
  private static final int MOST_TOLD = 3;

  /** And so many columns of each. */
  private static final int MOST_PARTS = 4;

  /** A figure that is shown, of its page. */
  private record Chosen(String page, String figure) {}

  /** In their order; the overview has two. */
  private static final List<Chosen> CHOSEN =
      List.of(
          new Chosen("overview", "daily"),
          new Chosen("overview", "stages"),
          new Chosen("map", "cells"),
          new Chosen("funnels", "steps"),
          new Chosen("attribution", "channels"),
          new Chosen("personas", "cards"));

  /** Parts what is told of a value's columns. */
  private static final Pattern COLUMN = Pattern.compile("; ");

  private final Sheets sheets;
  private final Letters letters;
  private final Charts charts;

  /** Of what {@code sheets} have found. */
  ShortForm(Sheets sheets) {
    this.sheets = sheets;
    this.letters = letters();
    this.charts = new Charts(letters);
  }

  private static Letters letters() {
    try {
      return Letters.of(
          Stream.of("noto-sans-latin", "noto-sans-cyrillic", "noto-sans-arabic-arabic")
              .map(name -> Bundle.bytes("bundle/%s-400-normal.woff".formatted(name)))
              .toList());
    } catch (IllegalStateException e) {
      throw new MisuseException(e.getMessage(), e);
    }
  }

  /** Its files in {@code language}, by their names in the folder of the language. */
  Map<String, byte[]> files(Language language) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    List<String> lines = new ArrayList<>(overview(language));
    String page = "overview";
    for (Chosen chosen : CHOSEN) {
      Page shown = page(chosen.page());
      Finding finding = sheets.findings().of(chosen.page(), chosen.figure());
      if (finding.isEmpty()) {
        continue;
      }
      if (!page.equals(shown.name())) {
        page = shown.name();
        lines.add("## " + Markdown.text(language.text("page.%s.title".formatted(page))));
        lines.addAll(paragraphs(shown.sentences(sheets.findings(), language)));
      }
      FigureView figure = FigureView.of(shown, finding, language);
      Chart chart = draw(shown, finding, language);
      String name = PICTURES + chosen.page() + "-" + chosen.figure() + ".png";
      lines.add("![%s](%s)".formatted(Markdown.text(told(figure, chart)), name));
      files.put(name, SvgPicture.of(chart.titled(figure.title(), language), letters).png(SCALE));
    }
    lines.add("*%s*".formatted(Markdown.text(language.text("ui.privacy"))));
    String text = String.join("\n\n", lines) + "\n";
    files.put(FILE, text.getBytes(StandardCharsets.UTF_8));
    return files;
  }

  /** Draws what {@code page} shows of {@code finding}. */
  Chart draw(Page page, Finding finding, Language language) {
    return charts.draw(FigureView.of(page, largest(finding), language), WIDTH);
  }

  private static Page page(String name) {
    return Pages.ALL.stream().filter(page -> page.name().equals(name)).findFirst().orElseThrow();
  }

  private List<String> overview(Language language) {
    String night = language.shown(Measure.DATE, sheets.scope().asOf().toString());
    List<String> lines = new ArrayList<>();
    lines.add(
        "# %s: %s"
            .formatted(
                Markdown.text(language.text("ui.report")),
                Markdown.text(language.say("ui.as_of", night))));
    lines.addAll(paragraphs(page("overview").sentences(sheets.findings(), language)));
    lines.add(
        String.join(
            "\n",
            OverviewPage.tiles(sheets.findings(), language).stream()
                .map(
                    tile ->
                        "- %s: **%s**"
                            .formatted(
                                Markdown.text(language.text("column." + tile.column())),
                                Markdown.text(tile.value())))
                .toList()));
    return lines;
  }

  private static List<String> paragraphs(List<String> sentences) {
    return sentences.stream().map(Markdown::text).toList();
  }

  /** The picture in words: its title, and some of its values, the last day of those by day. */
  private static String told(FigureView figure, Chart chart) {
    List<String> values = chart.told();
    int from = figure.isDaily() ? Math.max(0, values.size() - 1) : 0;
    return values.subList(from, Math.min(values.size(), from + MOST_TOLD)).stream()
        .map(ShortForm::begin)
        .collect(Collectors.joining(" · ", figure.title() + ": ", ""));
  }

  private static String begin(String value) {
    return COLUMN.splitAsStream(value).limit(MOST_PARTS).collect(Collectors.joining("; "));
  }

  /** The same finding with no more rows than a picture holds: those of the largest lanes. */
  private static Finding largest(Finding finding) {
    Drawing drawing = finding.figure().drawing();
    List<String> down = drawing.roles().get("down");
    if (down == null) {
      return finding;
    }
    String value = drawing.roles().get("values").get(0);
    Map<List<Object>, Double> sizes = new LinkedHashMap<>();
    for (int row : finding.places()) {
      sizes.merge(lane(finding, row, down), finding.number(row, value), Double::sum);
    }
    List<List<Object>> kept =
        sizes.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .limit(MOST_ROWS)
            .map(Map.Entry::getKey)
            .toList();
    return new Finding(
        finding.figure(),
        IntStream.of(finding.places())
            .filter(row -> kept.contains(lane(finding, row, down)))
            .mapToObj(row -> finding.rows().get(row))
            .toList());
  }

  private static List<Object> lane(Finding finding, int row, List<String> down) {
    return down.stream().map(name -> finding.value(row, name)).toList();
  }

  @Override
  public void close() {
    charts.close();
  }
}
