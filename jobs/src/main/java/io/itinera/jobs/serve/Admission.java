package io.itinera.jobs.serve;

import io.itinera.jobs.config.ServeRules;
import io.itinera.jobs.config.ServeRules.Authentication;
import io.itinera.jobs.config.ServeRules.Directory;
import io.itinera.jobs.process.MisuseException;
import io.itinera.jobs.serve.Server.Addresses;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;

/** Who is let in: as {@code itinera.serve} says, or, where it says nothing, as Spark's settings. */
final class Admission {

  private static final String HADOOP = "spark.hadoop.";
  private static final String HIVE = "hive.server2.";
  private static final String AUTHENTICATION = HIVE + "authentication";
  private static final String LDAP = AUTHENTICATION + ".ldap.";
  private static final String TOKEN = "spark.connect.authenticate.token";
  private static final String TOKEN_VARIABLE = "SPARK_CONNECT_AUTHENTICATE_TOKEN";
  private static final Set<String> OPEN = Set.of("NONE", "NOSASL");
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

  private final ServeRules rules;
  private final SparkConf spark;

  /** By these rules, else by these settings of Spark's. */
  Admission(ServeRules rules, SparkConf spark) {
    this.rules = rules;
    this.spark = spark;
  }

  /**
   * Whoever reaches a port from elsewhere must show who they are; and a door is no use beside an
   * open one.
   *
   * @throws MisuseException if a server would let in anybody whom it should not
   */
  void require(Addresses addresses) {
    boolean isLocal = LOOPBACK.contains(addresses.host());
    boolean isJdbcOpen = addresses.jdbcPort() > 0 && OPEN.contains(authentication());
    boolean isConnectOpen = addresses.connectPort() > 0 && !hasToken();
    boolean isJdbcLocked = addresses.jdbcPort() > 0 && !isJdbcOpen;
    boolean isConnectLocked = addresses.connectPort() > 0 && !isConnectOpen;
    if (isJdbcOpen && (!isLocal || isConnectLocked)) {
      throw open(
          addresses, "JDBC", "itinera.serve.authentication to password or ldap", "--jdbc-port 0");
    }
    if (isConnectOpen && (!isLocal || isJdbcLocked)) {
      throw open(
          addresses,
          "Spark Connect",
          "itinera.serve.token-file, or ITINERA_SERVE_TOKEN",
          "--connect-port 0");
    }
  }

  private static MisuseException open(
      Addresses addresses, String server, String setting, String without) {
    return new MisuseException(
        "Anybody who reaches %s could read all tables by %s. Set %s (docs/serve.md), or leave it out by %s."
            .formatted(addresses.host(), server, setting, without));
  }

  private String authentication() {
    return switch (rules.authentication()) {
      case PASSWORD -> "CUSTOM";
      case LDAP -> "LDAP";
      case NONE -> spark.get(HADOOP + AUTHENTICATION, "NONE").toUpperCase(Locale.ROOT);
    };
  }

  private boolean hasToken() {
    return rules.token().isPresent()
        || spark.contains(TOKEN)
        || System.getenv(TOKEN_VARIABLE) != null;
  }

  /**
   * Tells Spark's servers of this process. What they ask about a client's password looks at
   * properties of the process only, not at what else Spark was told.
   */
  void tell() {
    hive().forEach(System::setProperty);
    if (rules.authentication() == Authentication.PASSWORD) {
      PasswordLogin.letIn(rules.user(), rules.password().orElseThrow().text());
    }
    // Said to the server alone: what Spark was told at its start stands in its log of events.
    rules.token().ifPresent(token -> SparkEnv.get().conf().set(TOKEN, token.text()));
  }

  /** Settings of Spark's Thrift server, which is Hive's. */
  Map<String, String> hive() {
    Map<String, String> hive = new LinkedHashMap<>();
    for (var setting : spark.getAllWithPrefix(HADOOP + HIVE)) {
      hive.put(HIVE + setting._1(), setting._2());
    }
    hive.put(AUTHENTICATION, authentication());
    if (rules.authentication() == Authentication.PASSWORD) {
      hive.put("hive.server2.custom.authentication.class", PasswordLogin.class.getName());
    }
    if (rules.authentication() == Authentication.LDAP) {
      Directory directory = rules.directory().orElseThrow();
      hive.put(LDAP + "url", directory.url());
      hive.put(LDAP + "userDNPattern", String.join(":", directory.userPatterns()));
      directory.domain().ifPresent(domain -> hive.put(LDAP + "Domain", domain));
    }
    return hive;
  }
}
