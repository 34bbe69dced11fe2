package io.itinera.jobs.lake;

import io.itinera.core.table.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Gives a table what its contract promises: itself, its comments, its columns, its properties.
 *
 * @param table the contract
 * @param path folder of the table
 * @param label what commits say made them
 * @param log of the table, there or not
 */
record CreateTable(SparkSession spark, Table table, String path, String label, TableLog log) {

  /**
   * Makes the table, or adds what an older release did not give it.
   *
   * @return the table as it is now; none if that must be looked up
   */
  Optional<TableVersion> create() {
    Optional<TableVersion> there = log.latest();
    if (there.isEmpty()) {
      return Optional.of(log.create(table));
    }
    boolean isWider = addMissingColumns(there.get(), table.schema());
    boolean hasMore = addMissingProperties(there.get());
    return isWider || hasMore ? Optional.empty() : there;
  }

  /**
   * Adds what the table does not have, with its comments: columns of features come and go with
   * their settings.
   *
   * @return whether there was something to add
   */
  boolean addMissingColumns(TableVersion there, StructType columns) {
    List<String> stored = there.snapshot().getSchema().fieldNames();
    if (stored.containsAll(List.of(columns.fieldNames()))) {
      return false;
    }
    spark
        .createDataFrame(List.of(), columns)
        .write()
        .format("delta")
        .mode("append")
        .option("mergeSchema", "true")
        .option("userMetadata", label)
        .save(path);
    return true;
  }

  private boolean addMissingProperties(TableVersion there) {
    Map<String, String> properties = TableProperties.of(table);
    if (there.properties().entrySet().containsAll(properties.entrySet())) {
      return false;
    }
    log.latest().ifPresent(now -> log.commitProperties(now, label, properties));
    return true;
  }
}
