package io.itinera.jobs.night;

/** A stage died; the night can be finished by running the same command again. */
public final class StageFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param outcome what became of what the stage had written
   */
  StageFailedException(String stage, Night night, Throwable cause, String outcome) {
    super(
        "Stage %s of the night %s failed: %s. %s Mend the cause and run the same command again."
            .formatted(stage, night.asOf(), ErrorText.clause(cause), outcome),
        cause);
  }
}
