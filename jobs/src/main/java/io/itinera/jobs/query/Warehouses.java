package io.itinera.jobs.query;

import io.itinera.core.table.Table;
import io.itinera.core.table.Tables;
import io.itinera.jobs.process.MisuseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Tells a warehouse from a folder that is none, such as one whose name was mistyped. */
public final class Warehouses {

  private Warehouses() {}

  /**
   * Requires that something has run on {@code warehouse}.
   *
   * @throws MisuseException if there is no table in it, or no such folder
   */
  public static void require(String warehouse, Configuration hadoop) {
    if (!isOne(warehouse, hadoop)) {
      throw new MisuseException(
          "There is no warehouse at %s: no table lies there. itinera.warehouse (--set, --config or ITINERA_WAREHOUSE) says where it is; itinera nightly makes it."
              .formatted(warehouse));
    }
  }

  private static boolean isOne(String warehouse, Configuration hadoop) {
    Path folder = new Path(warehouse);
    try {
      FileSystem files = folder.getFileSystem(hadoop);
      for (Table table : Tables.ALL) {
        if (files.exists(new Path(folder, table.name() + "/_delta_log"))) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look for the warehouse " + warehouse, e);
    }
  }
}
