package io.itinera.jobs.serve;

import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.process.MisuseException;
import io.itinera.jobs.query.SqlGuardExtension;
import java.io.IOException;
import java.net.BindException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Spark's own servers over the tables of a warehouse, which answer questions and change nothing:
 * its Thrift server, which JDBC speaks, and Spark Connect.
 *
 * <p>They are in Spark's whole distribution only, so they are looked up when they are started.
 */
public final class Server {

  private static final String THRIFT = "org.apache.spark.sql.hive.thriftserver.HiveThriftServer2$";
  private static final String CONNECT = "org.apache.spark.sql.connect.service.SparkConnectService$";

  private final Addresses addresses;

  /**
   * Where clients find the servers.
   *
   * @param host the one address that is listened on
   * @param jdbcPort 0: no JDBC
   * @param connectPort 0: no Spark Connect
   */
  public record Addresses(String host, int jdbcPort, int connectPort) {}

  /** Starts nothing yet. */
  public Server(Addresses addresses) {
    this.addresses = addresses;
  }

  /** What Spark must be told before its session begins. */
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(
        "spark.sql.extensions",
        "io.delta.sql.DeltaSparkSessionExtension," + SqlGuardExtension.class.getName());
    // It takes dates for those of older JDKs, which the Thrift server has not.
    settings.put("spark.databricks.delta.optimizeMetadataQuery.enabled", "false");
    settings.put("spark.hadoop.hive.server2.thrift.bind.host", addresses.host());
    settings.put("spark.hadoop.hive.server2.thrift.port", String.valueOf(addresses.jdbcPort()));
    settings.put("spark.connect.grpc.binding.address", addresses.host());
    settings.put("spark.connect.grpc.binding.port", String.valueOf(addresses.connectPort()));
    return settings;
  }

  /**
   * Starts the servers; they run until the process ends.
   *
   * @throws MisuseException if they would let in whom they should not, or Spark has them not
   */
  public void start(SparkSession spark, ItineraConfig config) throws IOException {
    Admission admission = new Admission(config.serve(), spark.sparkContext().conf());
    admission.require(addresses);
    admission.tell();
    SqlGuardExtension.serveOnly(spark, config);
    if (addresses.jdbcPort() > 0) {
      Class<?>[] types = {SparkSession.class, boolean.class};
      call(THRIFT, "startWithSparkSession", types, spark, true);
    }
    if (addresses.connectPort() > 0) {
      Class<?>[] types = {SparkContext.class};
      call(CONNECT, "start", types, spark.sparkContext());
    }
  }

  /** Calls a method of one of Spark's objects, whose parameters are of {@code types}. */
  private static void call(String object, String method, Class<?>[] types, Object... arguments) {
    try {
      Class<?> type = Class.forName(object);
      type.getMethod(method, types).invoke(type.getField("MODULE$").get(null), arguments);
    } catch (ClassNotFoundException absent) {
      throw new MisuseException(
          "This Spark has no servers. Set SPARK_HOME to a whole distribution of Spark; without it"
              + " scripts/itinera serve uses PySpark's.",
          absent);
    } catch (ReflectiveOperationException problem) {
      if (ExceptionUtils.getRootCause(problem) instanceof BindException taken) {
        throw new MisuseException(
            "Nothing can listen there (%s). Choose others by --host, --jdbc-port and --connect-port."
                .formatted(taken.getMessage()),
            problem);
      }
      throw new IllegalStateException("Spark's " + object + " did not start", problem);
    }
  }
}
