package io.itinera.jobs.night;

import io.itinera.core.table.Evidence;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.lake.Lake;

/** A warehouse whose tables an earlier release made in another shape than today's. */
public final class OldWarehouseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private OldWarehouseException(String warehouse) {
    super(
        "The warehouse %s was made by an earlier release: its touchpoints hold their customers and sessions themselves, or its evidence is laid out in other folders. Nothing was read or written. Name a new folder in itinera.warehouse and run itinera nightly: it loads all raw files anew. Remove the old folder when nobody needs it any more."
            .formatted(warehouse));
  }

  /**
   * Looks at the tables of {@code lake}, if there are some.
   *
   * @throws OldWarehouseException if columns are missing that nothing can add to rows afterwards,
   *     or rows lie where nobody would find them to replace them
   */
  static void refuse(Lake lake) {
    if (lake.lacks(Touchpoints.TABLE, Touchpoints.SET_ID)
        || lake.isPartedOtherwise(Evidence.TABLE)) {
      throw new OldWarehouseException(lake.warehouse());
    }
  }
}
