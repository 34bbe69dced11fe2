package io.itinera.jobs.nights;

import io.itinera.core.table.Tables;
import io.itinera.jobs.lake.Lake;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * A warehouse with all tables, none of which has rows. They are made once for all tests of a
 * process and copied from then on: to make them takes about as long as a small night's stage.
 */
public final class EmptyWarehouse {

  private static Folder made;

  private EmptyWarehouse() {}

  /** Puts it into {@code folder}, which need not be there. */
  public static Lake in(SparkSession spark, Path folder) throws IOException {
    made(spark).copyTo(folder);
    return new Lake(spark, folder.toString());
  }

  private static synchronized Folder made(SparkSession spark) throws IOException {
    if (made == null) {
      made = Folder.temporary("empty-warehouse");
      Lake lake = new Lake(spark, made.path().toString());
      Tables.ALL.forEach(lake::create);
    }
    return made;
  }
}
