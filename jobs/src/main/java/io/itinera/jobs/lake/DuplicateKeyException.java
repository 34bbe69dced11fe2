package io.itinera.jobs.lake;

import io.itinera.core.table.Table;
import java.util.List;
import org.apache.spark.sql.Row;

/** Rows to be stored have one key more than once; storing them would count customers twice. */
public final class DuplicateKeyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DuplicateKeyException(Table table, List<Row> examples) {
    super(
        "Cannot store into %s: %s must be unique, but repeats, e.g. %s. What the stage wrote is taken back."
            .formatted(table.name(), table.key(), examples));
  }
}
