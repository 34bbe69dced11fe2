package io.itinera.jobs.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.itinera.jobs.config.ConfigReader;
import io.itinera.jobs.config.ServeRules;
import io.itinera.jobs.process.MisuseException;
import io.itinera.jobs.serve.Server.Addresses;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is let in, and that no door stands open beside a locked one. */
class AdmissionTest {

  private static final String HIVE = "spark.hadoop.hive.server2.authentication";
  private static final ServeRules NONE = rules(Map.of(), Map.of());
  private static final ServeRules PASSWORD =
      rules(
          Map.of("itinera.serve.authentication", "password"),
          Map.of("ITINERA_SERVE_PASSWORD", "Zwetschgenmus"));
  private static final ServeRules BOTH =
      rules(
          Map.of("itinera.serve.authentication", "password"),
          Map.of("ITINERA_SERVE_PASSWORD", "Zwetschgenmus", "ITINERA_SERVE_TOKEN", "Powidl"));
  private static final ServeRules TOKEN = rules(Map.of(), Map.of("ITINERA_SERVE_TOKEN", "Powidl"));

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 1, 1, NONE",
    "localhost, 1, 1, BOTH",
    "127.0.0.1, 1, 0, PASSWORD",
    "127.0.0.1, 0, 1, TOKEN",
    "0.0.0.0, 1, 1, BOTH",
    "0.0.0.0, 1, 0, PASSWORD",
    "0.0.0.0, 0, 1, TOKEN"
  })
  void doorsAreAllLockedOrAllOpenOnThisMachine(String host, int jdbc, int connect, String rules) {
    assertThatCode(() -> admission(rules).require(new Addresses(host, jdbc, connect)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, NONE, JDBC",
    "0.0.0.0, PASSWORD, Spark Connect",
    "127.0.0.1, PASSWORD, Spark Connect",
    "127.0.0.1, TOKEN, JDBC"
  })
  void anOpenDoorIsRefusedElsewhereAndBesideALockedOne(String host, String rules, String open) {
    assertThatThrownBy(() -> admission(rules).require(new Addresses(host, 1, 1)))
        .isInstanceOf(MisuseException.class)
        .hasMessageContaining("reaches " + host)
        .hasMessageContaining("could read all tables by " + open)
        .hasMessageContaining(
            open.equals("JDBC")
                ? "itinera.serve.authentication to password or ldap"
                : "ITINERA_SERVE_TOKEN");
  }

  @Test
  void noSaslIsNoLock() {
    Admission open = new Admission(NONE, new SparkConf(false).set(HIVE, "nosasl"));

    assertThatThrownBy(() -> open.require(new Addresses("0.0.0.0", 1, 0)))
        .isInstanceOf(MisuseException.class);
  }

  @Test
  void aDirectoryIsToldAsSparkCallsIt() {
    ServeRules ldap =
        rules(
            Map.of(
                "itinera.serve.authentication", "ldap",
                "itinera.serve.ldap.url", "ldaps://ldap.example.org",
                "itinera.serve.ldap.user-patterns", "[\"uid=%s,ou=a,o=x\", \"cn=%s,ou=b,o=x\"]",
                "itinera.serve.ldap.domain", "example.org"),
            Map.of());

    assertThat(new Admission(ldap, new SparkConf(false)).hive())
        .containsOnly(
            entry("hive.server2.authentication", "LDAP"),
            entry("hive.server2.authentication.ldap.url", "ldaps://ldap.example.org"),
            entry(
                "hive.server2.authentication.ldap.userDNPattern", "uid=%s,ou=a,o=x:cn=%s,ou=b,o=x"),
            entry("hive.server2.authentication.ldap.Domain", "example.org"));
  }

  @Test
  void whatSparkWasToldHoldsWhereNothingElseIsSaid() {
    SparkConf kerberos =
        new SparkConf(false).set(HIVE, "KERBEROS").set(HIVE + ".kerberos.principal", "hive/_HOST");

    assertThat(new Admission(NONE, kerberos).hive())
        .containsEntry("hive.server2.authentication", "KERBEROS")
        .containsEntry("hive.server2.authentication.kerberos.principal", "hive/_HOST");
    assertThat(new Admission(PASSWORD, kerberos).hive())
        .containsEntry("hive.server2.authentication", "CUSTOM")
        .containsEntry("hive.server2.custom.authentication.class", PasswordLogin.class.getName());
  }

  private static Admission admission(String rules) {
    return new Admission(
        Map.of("NONE", NONE, "PASSWORD", PASSWORD, "BOTH", BOTH, "TOKEN", TOKEN).get(rules),
        new SparkConf(false));
  }

  private static ServeRules rules(Map<String, String> sets, Map<String, String> environment) {
    return ConfigReader.read(List.of(), sets, environment).serve();
  }
}
