package io.itinera.jobs.config;

import static io.itinera.jobs.config.ConfigText.file;
import static io.itinera.jobs.config.ConfigText.problems;
import static io.itinera.jobs.config.ConfigText.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.itinera.jobs.config.ServeRules.Authentication;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServeSettingsTest {

  private static final String PASSWORD = "Zwetschgenmus";

  @TempDir Path folder;

  @Test
  void everybodyOnTheMachineMayAskUnlessItIsSet() {
    assertThat(read(folder, "").serve().authentication()).isEqualTo(Authentication.NONE);
  }

  @Test
  void thePasswordIsInAFileOrTheEnvironment() {
    Path kept = file(folder, "kept", PASSWORD + "\nand a note\n");
    String asks = "itinera.serve.authentication = password\n";

    ServeRules byFile =
        read(folder, asks + "itinera.serve.password-file = \"%s\"".formatted(kept)).serve();
    ServeRules byVariable =
        ConfigReader.read(
                List.of(file(folder, "my.conf", asks)),
                Map.of(),
                Map.of("ITINERA_SERVE_PASSWORD", PASSWORD))
            .serve();

    assertThat(byFile.password().orElseThrow().text()).isEqualTo(PASSWORD);
    assertThat(byVariable.password().orElseThrow().text()).isEqualTo(PASSWORD);
    assertThat(byVariable.toString()).doesNotContain(PASSWORD);
  }

  @Test
  void theFileIsReadOnlyBySomebodyWhoNeedsIt() {
    Secret secret =
        read(
                folder,
                "itinera.serve { authentication = password, password-file = \"/absent/kept\" }")
            .serve()
            .password()
            .orElseThrow();

    assertThatThrownBy(secret::text)
        .isInstanceOf(ConfigProblemsException.class)
        .hasMessageContaining(
            "itinera.serve.password-file = /absent/kept: there is no such file of text, or it"
                + " cannot be read; it must hold the secret");
  }

  @Test
  void anEmptyFileHoldsNoPassword() {
    Secret secret = Secret.in("itinera.serve.token-file", file(folder, "kept", "\n"));

    assertThatThrownBy(secret::text).hasMessageContaining("its first line is empty");
  }

  @Test
  void noSecretStandsOnTheCommandLine() {
    assertThatThrownBy(
            () ->
                ConfigReader.read(
                    List.of(),
                    Map.of("itinera.serve.password", PASSWORD, "itinera.serve.token", "\"Powidl\""),
                    Map.of()))
        .hasMessageContaining(
            "--set: itinera.serve.password = (hidden): must not stand on the command line, which"
                + " others can read: use ITINERA_SERVE_PASSWORD or password-file")
        .hasMessageContaining("itinera.serve.token = (hidden): must not stand")
        .hasMessageNotContainingAny(PASSWORD, "Powidl");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "authentication = kerberos | my.conf:1: itinera.serve.authentication = kerberos: must be"
            + " one of none, password, ldap",
        "authentication = password | authentication = password needs password-file, or"
            + " ITINERA_SERVE_PASSWORD",
        "authentication = ldap | authentication = ldap needs ldap.url, such as"
            + " \"ldaps://ldap.example.org\"",
        "password = x | authentication = none lets everybody in, although a password is set: set"
            + " authentication = password",
        "ldap.url = \"ldap://a\" | authentication = none lets everybody in, although ldap.url is"
            + " set: set authentication = ldap",
        "password = x, password-file = y | password and password-file exclude each other",
        "ldap.url = \"http://a\" | my.conf:1: itinera.serve.ldap.url = http://a: must be URL of a"
            + " directory, such as \"ldaps://ldap.example.org\"",
        "ldap.user-patterns = [\"ou=people\"] | my.conf:1: itinera.serve.ldap.user-patterns[0] ="
            + " ou=people: must be name of a user in the directory, such as"
            + " \"uid=%s,ou=people,dc=example,dc=org\"",
        "pasword-file = y | itinera.serve.pasword-file = y: unknown setting"
      })
  void whatIsWrongIsTold(String hocon, String problem) {
    assertThat(problems(folder, "itinera.serve { %s }".formatted(hocon)))
        .singleElement()
        .asString()
        .contains(problem);
  }

  @Test
  void resultsDoNotDependOnIt() {
    assertThat(read(folder, "itinera.serve.user = ann").hash()).isEqualTo(read(folder, "").hash());
  }
}
