package io.itinera.jobs.launch;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The stage that finds personas, which another model may do. */
@Command
final class PersonasCommand extends StageCommand {

  private static final String PERSONAS = "itinera.personas.";

  @Option(
      names = "--model-class",
      paramLabel = "NAME",
      description = {
        "Java class that finds the personas, on ITINERA_CLASS_PATH: docs/personas.md has an"
            + " example.",
        "The same as itinera.personas.model-class, which nights use; none: no such class."
      })
  private String modelClass;

  @Override
  public Integer call() throws Exception {
    if (modelClass != null) {
      options.decide(PERSONAS + "model-class", modelClass);
      options.decide(PERSONAS + "pipeline", "none");
    }
    return super.call();
  }
}
