package io.itinera.jobs.config;

import java.util.List;
import java.util.Optional;

/**
 * Who may ask the servers that {@code itinera serve} starts.
 *
 * @param authentication how clients of JDBC show who they are
 * @param user whom {@code password} lets in
 * @param password of that user
 * @param directory what knows users by LDAP
 * @param token what clients of Spark Connect must know; empty: they need not
 */
public record ServeRules(
    Authentication authentication,
    String user,
    Optional<Secret> password,
    Optional<Directory> directory,
    Optional<Secret> token) {

  /** How clients of JDBC show who they are. */
  public enum Authentication {
    /** They need not. */
    NONE,
    /** As the one user who has the password. */
    PASSWORD,
    /** As a user whom a directory knows. */
    LDAP
  }

  /**
   * A directory that knows users and their passwords.
   *
   * @param url of one or more servers, with blanks between them
   * @param userPatterns names of users there, {@code %s} for what a client gives
   * @param domain is put behind what a client gives, with an @
   */
  public record Directory(String url, List<String> userPatterns, Optional<String> domain) {

    /** Copies the patterns. */
    public Directory {
      userPatterns = List.copyOf(userPatterns);
    }
  }

  /** Refuses what lets nobody in, or all although somebody set a password. */
  public ServeRules {
    String name = SettingKind.kebab(authentication);
    if (authentication == Authentication.PASSWORD && password.isEmpty()) {
      throw new IllegalArgumentException(
          "authentication = %s needs password-file, or ITINERA_SERVE_PASSWORD".formatted(name));
    }
    if (authentication == Authentication.LDAP && directory.isEmpty()) {
      throw new IllegalArgumentException(
          "authentication = %s needs ldap.url, such as \"ldaps://ldap.example.org\""
              .formatted(name));
    }
    if (authentication == Authentication.NONE && (password.isPresent() || directory.isPresent())) {
      throw new IllegalArgumentException(
          "authentication = %s lets everybody in, although %s is set: set authentication = %s"
              .formatted(
                  name,
                  password.isPresent() ? "a password" : "ldap.url",
                  password.isPresent() ? "password" : "ldap"));
    }
  }
}
