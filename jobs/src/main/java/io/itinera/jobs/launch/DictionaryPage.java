package io.itinera.jobs.launch;

import io.itinera.core.table.Table;
import io.itinera.jobs.lake.View;
import io.itinera.jobs.night.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructField;

/**
 * The data dictionary as a page: every table with its key, its columns, and who writes and reads
 * it.
 */
final class DictionaryPage {

  private static final String HEAD =
      """
      # The tables

      Made by `scripts/itinera tables --markdown` from what the code declares. Timestamps are
      instants, dates are days in `itinera.time-zone`, money is in `itinera.currency` unless a
      `currency` stands beside it. Those that a table is *followed by* are the stages that run again
      when it has changed.\
      """;

  private final List<Stage> stages;
  private final List<String> lines = new ArrayList<>();

  private DictionaryPage(List<Stage> stages) {
    this.stages = stages;
  }

  /** The page's lines. */
  static List<String> lines(List<Table> tables, List<View> views, List<Stage> stages) {
    DictionaryPage page = new DictionaryPage(stages);
    page.lines.addAll(HEAD.lines().toList());
    tables.forEach(page::tell);
    views.forEach(page::tell);
    return page.lines;
  }

  private void tell(Table table) {
    begin(table.name(), table.comment());
    lines.add("- key: " + names(table.key().stream()));
    if (!table.partitions().isEmpty()) {
      lines.add("- laid out by: " + names(table.partitions().stream()));
    }
    lines.add("- written by: " + stagesWith(Stage::outputs, table));
    lines.add("- followed by: " + stagesWith(Stage::inputs, table));
    tellColumns(table);
  }

  private void tell(View view) {
    begin(view.name(), "View: " + view.comment());
    lines.add("- of: " + names(view.tables().stream().map(Table::name)));
    boolean hasColumnsOfItsOwn = view.tables().stream().noneMatch(view.columns()::equals);
    if (hasColumnsOfItsOwn) {
      tellColumns(view.columns());
    }
  }

  private void begin(String name, String comment) {
    lines.addAll(List.of("", "## `%s`".formatted(name), "", comment, ""));
  }

  private void tellColumns(Table table) {
    lines.addAll(List.of("", "| column | type | meaning |", "|---|---|---|"));
    for (StructField column : table.schema().fields()) {
      lines.add(
          "| `%s` | %s%s | %s |"
              .formatted(
                  column.name(),
                  column.dataType().sql().toLowerCase(Locale.ROOT),
                  column.nullable() ? "" : ", never null",
                  column.getComment().getOrElse(() -> "").replace("|", "\\|")));
    }
  }

  private String stagesWith(Function<Stage, List<Table>> tables, Table table) {
    return names(
        stages.stream().filter(stage -> tables.apply(stage).contains(table)).map(Stage::name));
  }

  private static String names(Stream<String> names) {
    List<String> all = names.map("`%s`"::formatted).toList();
    return all.isEmpty() ? "–" : String.join(", ", all);
  }
}
