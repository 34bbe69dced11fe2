package io.itinera.jobs.process;

/** The command line asks for what cannot be; the message is all that the user needs to see. */
public final class MisuseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** {@code message} says what was asked for, why it cannot be and what can. */
  public MisuseException(String message) {
    super(message);
  }

  /** The same, and what made it known. */
  public MisuseException(String message, Throwable cause) {
    super(message, cause);
  }
}
