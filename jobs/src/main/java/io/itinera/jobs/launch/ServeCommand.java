package io.itinera.jobs.launch;

import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.process.MisuseException;
import io.itinera.jobs.serve.Server;
import io.itinera.jobs.serve.Server.Addresses;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves the tables to other processes until it is stopped. */
@Command(
    name = "serve",
    description = {
      "Answers SQL from other programs: by JDBC, and from notebooks by Spark Connect. Ends by"
          + " Ctrl-C.",
      "Changes nothing, and listens on this machine alone unless --host says otherwise."
    })
final class ServeCommand implements Callable<Integer> {

  private static final int LAST_PORT = 65_535;

  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "Address to listen on, default 127.0.0.1; another one needs authentication.")
  private String host;

  @Option(
      names = "--jdbc-port",
      paramLabel = "PORT",
      defaultValue = "10000",
      description = "Port of Spark's Thrift server for JDBC, default 10000; 0: none.")
  private int jdbcPort;

  @Option(
      names = "--connect-port",
      paramLabel = "PORT",
      defaultValue = "15002",
      description = "Port of Spark Connect, default 15002; 0: none.")
  private int connectPort;

  @Override
  public Integer call() throws Exception {
    requirePort("--jdbc-port", jdbcPort);
    requirePort("--connect-port", connectPort);
    Server server = new Server(new Addresses(host, jdbcPort, connectPort));
    options.serve(server.settings());
    return Launcher.ask(spec, options, (spark, config, screen) -> serve(server, spark, config));
  }

  private int serve(Server server, SparkSession spark, ItineraConfig config) throws Exception {
    server.start(spark, config);
    PrintWriter out = spec.commandLine().getOut();
    if (jdbcPort > 0) {
      out.println("jdbc:hive2://%s:%d/%s".formatted(host, jdbcPort, config.database()));
    }
    if (connectPort > 0) {
      out.println("sc://%s:%d".formatted(host, connectPort));
    }
    out.flush();
    new CountDownLatch(1).await();
    return 0;
  }

  private static void requirePort(String option, int port) {
    if (port < 0 || port > LAST_PORT) {
      throw new MisuseException(
          "%s %d: give a port up to 65535, or 0 for none.".formatted(option, port));
    }
  }
}
