package io.itinera.jobs.night;

/** Another run is writing into the warehouse. */
public final class WarehouseBusyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  WarehouseBusyException(String warehouse, String holder) {
    super(describe(warehouse, holder.split("\\|", -1)));
  }

  private static String describe(String warehouse, String[] holder) {
    String who =
        holder.length < 4
            ? "Another run"
            : "Run %s (process %s on %s, started %s)"
                .formatted(holder[0], holder[2], holder[1], holder[3]);
    return "%s is writing into %s. Nothing was changed. Wait for it to end, then run again."
        .formatted(who, warehouse);
  }
}
