package io.itinera.jobs.launch;

import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.View;
import io.itinera.jobs.query.SqlDialect;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the views as SQL for the engine that is to read the warehouse. */
@Command(
    name = "views",
    description = {
      "Prints SQL that makes the views (owned_touchpoints, rfm_scores_latest …) in another engine,",
      "and names the tables of configured definitions (sessions_<name>, journeys_<name>).",
      "itinera sql has them without it. Reads and writes nothing."
    })
final class ViewsCommand implements Callable<Integer> {

  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Option(
      names = "--for",
      paramLabel = "ENGINE",
      required = true,
      description = "spark (also its Thrift server, for JDBC), duckdb or trino.")
  private SqlDialect dialect;

  @Override
  public Integer call() throws Exception {
    return Launcher.look(spec, options, (hadoop, config) -> print(config));
  }

  private int print(ItineraConfig config) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("-- Views of " + config.warehouse() + " for " + name());
    if (dialect == SqlDialect.TRINO) {
      out.println("-- In a catalog of Trino's Delta Lake connector, whose tables are registered:");
      out.println(
          "-- CALL system.register_table(schema_name => '%s', table_name => …, table_location => …)"
              .formatted(config.database()));
      config
          .furtherTables()
          .forEach(table -> out.println("-- … table_name => '%s' …".formatted(table.name())));
    }
    dialect
        .statements(View.ALL, config)
        .forEach(
            statement -> {
              out.println();
              out.println(statement + ";");
            });
    return 0;
  }

  private String name() {
    return dialect.name().toLowerCase(Locale.ROOT);
  }
}
