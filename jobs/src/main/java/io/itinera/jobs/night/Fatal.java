package io.itinera.jobs.night;

/** Tells what a run can end in good order after from what it cannot. */
final class Fatal {

  private Fatal() {}

  /**
   * Throws {@code problem} if nothing that this JVM does afterwards can be relied on: memory or the
   * JVM itself has given out. Everything else, a missing class or a stack that overflowed and was
   * unwound among it, is a failure like any other.
   */
  static void rethrow(Throwable problem) {
    if (problem instanceof VirtualMachineError error && !(error instanceof StackOverflowError)) {
      throw error;
    }
    if (problem instanceof ThreadDeath death) {
      throw death;
    }
  }
}
