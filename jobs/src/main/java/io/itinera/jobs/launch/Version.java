package io.itinera.jobs.launch;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** Version of the application, from its jar. */
public final class Version implements IVersionProvider {

  /** The version, or {@code development} outside a jar. */
  public static String text() {
    return Objects.requireNonNullElse(
        Version.class.getPackage().getImplementationVersion(), "development");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"itinera " + text()};
  }
}
