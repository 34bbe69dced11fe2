package io.itinera.jobs.launch;

import io.itinera.core.table.Table;
import io.itinera.core.table.Tables;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.launch.TextTable.Heading;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

  @Override
  public Integer call() throws Exception {
    if (name != null) {
      Catalog.named(name);
    }
    return Launcher.launch(spec, options, (spark, config, screen) -> show(spark, config));
  }

  private int show(SparkSession spark, ItineraConfig config) {
    Lake lake = new Lake(spark, config.warehouse());
    PrintWriter out = spec.commandLine().getOut();
    if (name == null) {
      list(lake, out);
    } else {
      explain(lake, Catalog.named(name), out);
    }
    return 0;
  }

  private static void list(Lake lake, PrintWriter out) {
    TextTable list =
        new TextTable(
            List.of(
                Heading.text("table"),
                Heading.number("rows"),
                Heading.text("key"),
                Heading.text("a row is")),
            0);
    for (Table table : Tables.ALL) {
      list.add(List.of(table.name(), rows(lake, table), key(table), table.comment()));
    }
    list.lines().forEach(out::println);
    out.println();
    out.println("Folder: " + lake.warehouse());
    out.println("Columns of one: itinera tables NAME");
  }

  private static void explain(Lake lake, Table table, PrintWriter out) {
    out.println(table.name() + ": " + table.comment());
    out.println("  key           " + key(table));
    out.println("  laid out by   " + listed(table.partitions()));
    out.println("  rows          " + rows(lake, table));
    out.println("  folder        " + lake.path(table));
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

  private static String rows(Lake lake, Table table) {
    return lake.exists(table)
        ? String.format(Locale.ROOT, "%,d", lake.read(table).count())
        : ABSENT;
  }

  private static String key(Table table) {
    return listed(table.key());
  }

  private static String listed(List<String> columns) {
    return columns.isEmpty() ? ABSENT : String.join(", ", columns);
  }
}
