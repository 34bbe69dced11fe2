package io.itinera.jobs.night;

import io.itinera.core.source.SourceRules;
import io.itinera.jobs.files.RawFile;

/**
 * Which raw files a night reads again though they were loaded before. Such a file is taken as if it
 * had been written anew: what it brings now, under the settings of now, stands for what it brought
 * before.
 */
@FunctionalInterface
public interface Reload {

  /** No file is read twice: the usual night. */
  Reload NONE = (source, file) -> false;

  /** Whether {@code file} of {@code source} is read again. */
  boolean wants(SourceRules source, RawFile file);

  /** Whether it wants every file of {@code source}. */
  default boolean wantsAll(SourceRules source) {
    return false;
  }
}
