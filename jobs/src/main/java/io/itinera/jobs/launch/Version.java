package io.itinera.jobs.launch;

import io.itinera.jobs.night.CodeVersion;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} shows. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"itinera " + CodeVersion.current()};
  }
}
