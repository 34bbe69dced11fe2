package io.itinera.jobs.report;

import io.itinera.core.table.Table;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.View;
import io.itinera.jobs.night.SideBySide;
import io.itinera.jobs.night.WorkMode;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Asks the queries of all figures, side by side.
 *
 * <p>They name tables as anybody would in {@code itinera sql}; here these names are the lake's
 * pinned reads, in a session of their own: no look into Delta's log by Spark, and all figures tell
 * of the same moment. A table that was never made is empty.
 */
final class AskTables {

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private final Lake lake;
  private final List<Table> tables;
  private final ZoneId zone;

  /**
   * @param lake in a session that is used for nothing else
   * @param tables all that queries may name
   * @param zone in which moments are told
   */
  AskTables(Lake lake, List<Table> tables, ZoneId zone) {
    this.lake = lake;
    this.tables = tables;
    this.zone = zone;
  }

  /** What the figures of {@code pages} find. */
  Findings ask(List<Page> pages, Scope scope) {
    Map<Page, List<Figure>> figures = new LinkedHashMap<>();
    for (Page page : pages) {
      figures.put(
          page,
          page.figures(scope).stream()
              .map(
                  each ->
                      new Figure(each.name(), scope.sql(each.sql()), each.drawing(), each.fields()))
              .toList());
    }
    register(figures.values().stream().flatMap(List::stream).map(Figure::sql).toList());
    List<Callable<Finding>> questions = new ArrayList<>();
    figures.values().forEach(all -> all.forEach(each -> questions.add(() -> find(each))));
    List<Finding> answers = SideBySide.get(questions);
    Map<String, List<Finding>> byPage = new LinkedHashMap<>();
    int next = 0;
    for (Map.Entry<Page, List<Figure>> page : figures.entrySet()) {
      int end = next + page.getValue().size();
      byPage.put(page.getKey().name(), answers.subList(next, end));
      next = end;
    }
    return new Findings(byPage);
  }

  private void register(List<String> queries) {
    String all = String.join("\n", queries);
    View owned = View.OWNED_TOUCHPOINTS;
    boolean asksOwned = all.contains(owned.name());
    List<Table> asked =
        tables.stream()
            .filter(
                table ->
                    all.matches("(?s).*\\b" + table.name() + "\\b.*")
                        || (asksOwned && owned.tables().contains(table)))
            .toList();
    List<Table> there = asked.stream().filter(lake::exists).toList();
    new WorkMode(lake.spark()).expect(there.stream().mapToLong(lake::bytes).sum());
    for (Table table : asked) {
      Dataset<Row> rows =
          there.contains(table)
              ? lake.read(table)
              : lake.spark().createDataFrame(List.of(), table.schema());
      rows.createOrReplaceTempView(table.name());
    }
    if (asksOwned) {
      lake.spark()
          .sql(owned.sql(new View.InSpark(Table::name)))
          .createOrReplaceTempView(owned.name());
    }
  }

  private Finding find(Figure figure) {
    List<List<Object>> rows = new ArrayList<>();
    for (Row row : lake.spark().sql(figure.sql()).collectAsList()) {
      List<Object> values = new ArrayList<>();
      for (int place = 0; place < figure.fields().size(); place++) {
        values.add(value(row.get(place)));
      }
      rows.add(values);
    }
    return new Finding(figure, rows);
  }

  private Object value(Object found) {
    if (found == null || found instanceof Long || found instanceof BigDecimal) {
      return found;
    }
    if (found instanceof Integer number) {
      return (long) number;
    }
    if (found instanceof Double number) {
      return Double.isFinite(number) ? number : null;
    }
    if (found instanceof Date day) {
      return day.toString();
    }
    return found instanceof Timestamp moment
        ? MOMENT.format(moment.toInstant().atZone(zone))
        : VisibleText.of(found.toString());
  }
}
