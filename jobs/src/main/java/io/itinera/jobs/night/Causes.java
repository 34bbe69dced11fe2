package io.itinera.jobs.night;

/** Why something failed, in one line. */
final class Causes {

  private static final int LONGEST = 500;

  private Causes() {}

  /** First line of the innermost cause, without its full stop; the outer ones speak of tasks. */
  static String line(Throwable problem) {
    Throwable root = rootOf(problem);
    String text = root.getMessage() == null ? "" : root.getMessage();
    String line =
        text.lines()
            .filter(each -> !each.isBlank())
            .findFirst()
            .orElse(root.getClass().getSimpleName());
    String cut = line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    return cut.replaceAll("\\.$", "");
  }

  private static Throwable rootOf(Throwable problem) {
    Throwable root = problem;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }
}
