package io.itinera.core.rfm;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import io.itinera.core.table.CustomerAliases;
import io.itinera.core.table.RfmScores;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Finds scores of nights before for customers whose ids have changed since. */
public final class CarryScores {

  private static final String TODAY = "todays_id";

  private CarryScores() {}

  /**
   * The scores under the ids that their customers have today: whoever turned out to be one has
   * several rows of a night. Of whom nothing went on, the old id stays.
   *
   * @param scores rows of {@link RfmScores}
   * @param aliases rows of {@link CustomerAliases}
   */
  public static Dataset<Row> underTodaysIds(Dataset<Row> scores, Dataset<Row> aliases) {
    Dataset<Row> changed =
        aliases
            .where(
                not(col(CustomerAliases.CUSTOMER_ID).equalTo(col(CustomerAliases.OLD_CUSTOMER_ID))))
            .select(
                col(CustomerAliases.OLD_CUSTOMER_ID), col(CustomerAliases.CUSTOMER_ID).as(TODAY));
    return scores
        .join(
            changed,
            col(RfmScores.CUSTOMER_ID).equalTo(col(CustomerAliases.OLD_CUSTOMER_ID)),
            "left_outer")
        .withColumn(RfmScores.CUSTOMER_ID, coalesce(col(TODAY), col(RfmScores.CUSTOMER_ID)))
        .drop(TODAY, CustomerAliases.OLD_CUSTOMER_ID);
  }
}
