package io.itinera.jobs.night;

/** Another run has taken the warehouse over, since this one gave no sign of life. */
final class LockLostException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LockLostException(LockEntry holder, LockEntry successor) {
    super(
        "%s gave no sign of life for so long that %s took the warehouse over; nothing more is written, and what was half done is taken back by that run"
            .formatted(holder.who(), successor.isReadable() ? successor.who() : "another run"));
  }
}
