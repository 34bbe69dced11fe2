package io.itinera.jobs.launch;

import io.itinera.core.table.Table;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.RowCounts;
import io.itinera.jobs.lake.View;
import io.itinera.jobs.night.LeftTables;
import io.itinera.jobs.query.Catalog;
import io.itinera.jobs.query.Warehouses;
import io.itinera.jobs.screen.TextTable;
import io.itinera.jobs.screen.TextTable.Heading;
import io.itinera.jobs.stage.Stages;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.StructField;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The data dictionary. */
@Command(
    name = "tables",
    description = "Lists the tables, or explains one: what a row is, its key, its columns.")
final class TablesCommand implements Callable<Integer> {

  private static final String ABSENT = "-";

  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "The table to explain.")
  private String name;

  @Option(
      names = "--markdown",
      description = "Prints the whole dictionary as a page, with the stages that write and read.")
  private boolean asPage;

  @Override
  public Integer call() throws Exception {
    if (asPage) {
      ItineraConfig config = options.read();
      PrintWriter out = spec.commandLine().getOut();
      DictionaryPage.lines(config.tables(), View.ALL, Stages.of(config)).forEach(out::println);
      return 0;
    }
    return Launcher.look(spec, options, this::show);
  }

  private int show(Configuration hadoop, ItineraConfig config) throws IOException {
    RowCounts counts = new RowCounts(config.warehouse(), hadoop);
    PrintWriter out = spec.commandLine().getOut();
    List<Table> left = LeftTables.in(config, hadoop);
    List<Table> tables = Stream.concat(config.tables().stream(), left.stream()).toList();
    if (name == null) {
      list(counts, tables, out);
      out.println();
      Warehouses.require(config.warehouse(), hadoop);
      left.forEach(table -> out.println(LeftTables.note(table, config)));
      out.println("Folder: " + config.warehouse());
      out.println("Columns of one: itinera tables NAME");
    } else {
      explain(counts, Catalog.named(name, tables), out);
      Warehouses.require(config.warehouse(), hadoop);
    }
    return 0;
  }

  private static void list(RowCounts counts, List<Table> tables, PrintWriter out)
      throws IOException {
    TextTable list =
        new TextTable(
            List.of(
                Heading.text("table"),
                Heading.number("rows"),
                Heading.text("key"),
                Heading.text("a row is")),
            0);
    for (Table table : tables) {
      list.add(List.of(table.name(), rows(counts, table), key(table), table.comment()));
    }
    for (View view : View.ALL) {
      list.add(List.of(view.name(), "view", key(view.columns()), view.comment()));
    }
    list.lines().forEach(out::println);
  }

  private static void explain(RowCounts counts, Table table, PrintWriter out) throws IOException {
    out.println(table.name() + ": " + table.comment());
    out.println("  key           " + key(table));
    out.println("  laid out by   " + listed(table.partitions()));
    out.println("  rows          " + rows(counts, table));
    out.println();
    TextTable columns =
        new TextTable(
            List.of(
                Heading.text("column"),
                Heading.text("type"),
                Heading.text("null"),
                Heading.text("meaning")),
            0);
    for (StructField column : table.schema().fields()) {
      columns.add(
          List.of(
              column.name(),
              column.dataType().sql().toLowerCase(Locale.ROOT),
              column.nullable() ? "yes" : "no",
              column.getComment().getOrElse(() -> "")));
    }
    columns.lines().forEach(out::println);
  }

  private static String rows(RowCounts counts, Table table) throws IOException {
    OptionalLong rows = counts.of(table);
    return rows.isPresent() ? String.format(Locale.ROOT, "%,d", rows.getAsLong()) : ABSENT;
  }

  private static String key(Table table) {
    return listed(table.key());
  }

  private static String listed(List<String> columns) {
    return columns.isEmpty() ? ABSENT : String.join(", ", columns);
  }
}
