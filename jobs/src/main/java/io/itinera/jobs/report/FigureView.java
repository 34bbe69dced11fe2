package io.itinera.jobs.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A figure as its template sees it.
 *
 * @param page the page that it stands on
 * @param finding what it shows
 * @param language that it is told in
 */
public record FigureView(Page page, Finding finding, Language language) {

  /** Flows are too many to be read; their script shows those of one step. */
  private static final String FLOWS = Drawing.FLOWS.kind();

  static FigureView of(Page page, Finding finding, Language language) {
    return new FigureView(page, finding, language);
  }

  /** Its id on the page. */
  public String id() {
    return finding.figure().name();
  }

  /** Its title. */
  public String title() {
    return text("title");
  }

  /** How to read it. */
  public String caption() {
    return text("caption");
  }

  private String text(String kind) {
    return language.text("figure.%s.%s.%s".formatted(page.name(), id(), kind));
  }

  /** The query that gives it. */
  public String sql() {
    return finding.figure().sql();
  }

  /** Whether it is drawn, beside its table. */
  public boolean isDrawn() {
    return finding.figure().drawing().isDrawn() && !finding.isEmpty();
  }

  /** Whether its table is left to its script. */
  public boolean isTabledByScript() {
    return finding.figure().drawing().kind().equals(FLOWS);
  }

  /** Whether it goes from day to day. */
  boolean isDaily() {
    return finding.figure().drawing().roles().containsKey("day");
  }

  /** Its columns. */
  public List<Field> fields() {
    return finding.figure().fields();
  }

  /** Heading of a column. */
  public String heading(Field field) {
    String heading = language.text("column." + field.name());
    return field.measure() == Measure.MONEY ? heading + ", " + language.currency() : heading;
  }

  /** A value as it is shown. */
  public String cell(List<Object> row, Field field) {
    return language.shown(field.measure(), row.get(finding.figure().place(field.name())));
  }

  /** How many rows its table has, in words. */
  public String size() {
    return language.counted("rows", finding.rows().size());
  }

  /** What its script needs to know. */
  Map<String, Object> data() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("id", id());
    data.put("file", page.name() + "-" + id());
    data.put("title", title());
    data.put("kind", finding.figure().drawing().kind());
    data.put("roles", finding.figure().drawing().roles());
    data.put(
        "fields",
        fields().stream()
            .map(
                field ->
                    Map.of(
                        "name", field.name(),
                        "measure", field.measure().key(),
                        "heading", heading(field)))
            .toList());
    data.put("words", words());
    data.put("rows", finding.rows());
    return data;
  }

  /** Values that have names in the language, and are shown by these. */
  private Map<String, String> words() {
    Map<String, String> words = new TreeMap<>();
    for (Field field : fields()) {
      if (field.measure() == Measure.WORD) {
        int place = finding.figure().place(field.name());
        finding.rows().stream()
            .map(row -> row.get(place))
            .filter(value -> value != null && !value.equals(language.word(value.toString())))
            .forEach(value -> words.put(value.toString(), language.word(value.toString())));
      }
    }
    return words;
  }
}
