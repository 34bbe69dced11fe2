package io.itinera.jobs.night;

/** A stage died; the night can be finished by running the same command again. */
public final class StageFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final int LONGEST_CAUSE = 500;

  StageFailedException(String stage, Night night, Throwable cause) {
    super(
        "Stage %s of the night %s failed: %s. Its half-written tables are taken back by the next run; mend the cause and run the same command again."
            .formatted(stage, night.asOf(), firstLine(rootOf(cause))),
        cause);
  }

  private static Throwable rootOf(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }

  private static String firstLine(Throwable cause) {
    String text =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    String line = text.lines().findFirst().orElse(cause.getClass().getSimpleName());
    String cut = line.length() > LONGEST_CAUSE ? line.substring(0, LONGEST_CAUSE) + "…" : line;
    return cut.replaceAll("\\.$", "");
  }
}
