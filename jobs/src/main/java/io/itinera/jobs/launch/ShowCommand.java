package io.itinera.jobs.launch;

import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.explain.CustomerFile;
import io.itinera.jobs.explain.Subject;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.query.Warehouses;
import io.itinera.jobs.screen.SqlFormat;
import io.itinera.jobs.screen.SqlFormat.Limits;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows who a customer is. */
@Command(
    name = "show",
    description =
        "Shows a customer: identifiers, edges, when shared devices were whose, and what happened.")
final class ShowCommand implements Callable<Integer> {

  private static final Limits MUCH = new Limits(200, 64);

  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "CUSTOMER",
      description = "An id that the customer has or had, or an identifier as type:value.")
  private String customer;

  @Override
  public Integer call() throws Exception {
    return Launcher.ask(spec, options, (spark, config, screen) -> show(spark, config));
  }

  private int show(SparkSession spark, ItineraConfig config) {
    Warehouses.require(config.warehouse(), spark.sessionState().newHadoopConf());
    Lake lake = new Lake(spark, config.warehouse());
    Subject subject = Subject.find(lake, customer);
    CustomerFile file = new CustomerFile(lake, subject);
    spec.commandLine()
        .getOut()
        .println("'%s' is %s.".formatted(customer, String.join(", ", subject.customers())));
    write("Identifiers", file.identifiers());
    write("Edges", file.edges());
    write("Devices that others use, too", file.sharedDevices());
    write("How firmly it holds together", file.quality());
    write("What happened", file.history());
    return 0;
  }

  private void write(String title, Dataset<Row> rows) {
    PrintWriter out = spec.commandLine().getOut();
    out.println();
    out.println(title);
    SqlFormat.TABLE.write(rows, MUCH, out);
  }
}
