package io.itinera.jobs.launch;

/** The command line asks for what cannot be; the message is all that the user needs to see. */
public final class MisuseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public MisuseException(String message) {
    super(message);
  }

  MisuseException(String message, Throwable cause) {
    super(message, cause);
  }
}
