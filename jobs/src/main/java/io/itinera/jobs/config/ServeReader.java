package io.itinera.jobs.config;

import io.itinera.jobs.config.ServeRules.Authentication;
import io.itinera.jobs.config.ServeRules.Directory;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads who may ask the servers. */
final class ServeReader {

  private static final SettingKind<String> LDAP_URL =
      text(
          "URL of a directory, such as \"ldaps://ldap.example.org\"; several with blanks between",
          Pattern.compile("ldaps?://\\S+(\\s+ldaps?://\\S+)*").asMatchPredicate());

  private static final SettingKind<String> USER_PATTERN =
      text(
          "name of a user in the directory, such as \"uid=%s,ou=people,dc=example,dc=org\"",
          Pattern.compile("[^:]*=%s,[^:]*=[^:]*").asMatchPredicate());

  private ServeReader() {}

  static ServeRules read(Settings serve) {
    return new ServeRules(
        serve.get("authentication", SettingKind.choice(Authentication.class)),
        serve.get("user", SettingKind.FILLED),
        secret(serve, "password", "ITINERA_SERVE_PASSWORD"),
        directory(serve.section("ldap")),
        secret(serve, "token", "ITINERA_SERVE_TOKEN"));
  }

  private static Optional<Directory> directory(Settings ldap) {
    Optional<String> url = ldap.find("url", LDAP_URL);
    Directory rest =
        new Directory(
            url.orElse(""),
            ldap.list("user-patterns", USER_PATTERN),
            ldap.find("domain", SettingKind.FILLED));
    return url.map(known -> rest);
  }

  private static Optional<Secret> secret(Settings serve, String key, String variable) {
    String fileKey = key + "-file";
    Optional<Secret> known =
        serve
            .find(key, secretKind(variable, fileKey))
            .map(value -> Secret.of("itinera.serve." + key, value));
    Optional<Secret> inFile =
        serve
            .find(fileKey, SettingKind.FILLED)
            .map(path -> Secret.in("itinera.serve." + fileKey, Path.of(path)));
    if (known.isPresent() && inFile.isPresent()) {
      serve.refuse(
          "%s and %s exclude each other (%s is %s)".formatted(key, fileKey, variable, key));
    }
    return known.or(() -> inFile);
  }

  /** Everybody on the machine reads command lines. */
  private static SettingKind<String> secretKind(String variable, String fileKey) {
    return new SettingKind<>(
        "text that is not blank",
        "x",
        value -> {
          if (value.origin().description().startsWith("--set")) {
            throw new IllegalArgumentException(
                "must not stand on the command line, which others can read: use %s or %s"
                    .formatted(variable, fileKey));
          }
          return SettingKind.FILLED.convert().apply(value);
        });
  }

  private static SettingKind<String> text(String allowed, Predicate<String> isAllowed) {
    return new SettingKind<>(
        allowed,
        "x",
        value -> {
          String text = SettingKind.TEXT.convert().apply(value).strip();
          if (!isAllowed.test(text)) {
            throw new IllegalArgumentException("must be " + allowed);
          }
          return text;
        });
  }
}
