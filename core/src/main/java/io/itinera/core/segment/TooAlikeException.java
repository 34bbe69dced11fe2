package io.itinera.core.segment;

/** There are not so many different customers as clusters were asked for. */
public final class TooAlikeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TooAlikeException(String message) {
    super(message);
  }
}
