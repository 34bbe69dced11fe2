package io.itinera.jobs.launch;

import io.itinera.jobs.night.Stage;
import java.util.List;

/** The stages of a night, in order. */
final class Stages {

  static final List<Stage> ALL = List.of();

  private Stages() {}
}
