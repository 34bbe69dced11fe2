package io.itinera.jobs.night;

import java.util.Optional;

/** The version of the application, from the jar's manifest. */
public final class CodeVersion {

  private CodeVersion() {}

  /** The version; {@code development} when the classes do not come from a jar. */
  public static String current() {
    return Optional.ofNullable(CodeVersion.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
