package io.itinera.jobs.explain;

import static org.apache.spark.sql.functions.col;

import io.itinera.core.table.CustomerAliases;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.process.MisuseException;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * An id that some night has published.
 *
 * @param id as it was published
 * @param today whose identifiers it had is now this customer; none if nobody has them any more
 */
public record PastId(String id, Optional<String> today) {

  /**
   * Looks {@code id} up.
   *
   * @throws MisuseException if no night has published it
   */
  public static PastId find(Lake lake, String id) {
    List<Row> found =
        lake.read(CustomerAliases.TABLE)
            .where(col(CustomerAliases.OLD_CUSTOMER_ID).equalTo(id.strip()))
            .select(CustomerAliases.CUSTOMER_ID)
            .collectAsList();
    if (found.isEmpty()) {
      throw new MisuseException("No night has published a customer '%s'.".formatted(id.strip()));
    }
    return new PastId(id.strip(), Optional.ofNullable(found.get(0).getString(0)));
  }

  /** What happened to it, and to all who are the same customer today, oldest first. */
  public Dataset<Row> history(Lake lake) {
    return CustomerFile.history(lake, id, today.orElse(id));
  }
}
