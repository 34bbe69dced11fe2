package io.itinera.jobs.format;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Names of the fields that the records of one file have had so far. */
final class NamesSeen {

  private static final int MOST = 1000;

  private final Set<String> names = new LinkedHashSet<>();

  void add(String name) {
    // Where names are data there is no end of them.
    if (names.size() < MOST) {
      names.add(name);
    }
  }

  Collection<String> all() {
    return List.copyOf(names);
  }
}
