package io.itinera.core.table;

/**
 * How a run stands, or a stage of one: column {@code status} of {@link Runs} and {@link RunStages}.
 */
public enum RunStatus implements TableWord {
  /** It has begun, and has not said how it ended. */
  RUNNING,

  /** All that it was to write is written. */
  SUCCEEDED,

  /** Of a stage: nothing had changed that it reads. */
  SKIPPED,

  /** What it had written is taken back. */
  FAILED
}
