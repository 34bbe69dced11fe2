package io.itinera.jobs.night;

/** Another run is writing into the warehouse. */
public final class WarehouseBusyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  WarehouseBusyException(String warehouse, LockEntry holder) {
    super(
        "%s is writing into %s. Nothing was changed. Wait for it to end, then run again."
            .formatted(holder.isReadable() ? holder.who() : "Another run", warehouse));
  }
}
