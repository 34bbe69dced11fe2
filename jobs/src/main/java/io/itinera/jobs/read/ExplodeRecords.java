package io.itinera.jobs.read;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode_outer;
import static org.apache.spark.sql.functions.shiftleft;

import io.itinera.core.source.RawRecords;
import io.itinera.core.spark.Expressions;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Makes a record of each element of an array inside a record. */
final class ExplodeRecords {

  /** Column that holds the element. */
  static final String ITEM = "_item";

  private static final String PLACE = "_item_place";

  private ExplodeRecords() {}

  /**
   * Makes a record of each element of {@code array}; a record without any stays one, its {@link
   * #ITEM} null.
   *
   * @param records rows of {@link RawRecords}
   * @param array expression over them
   */
  static Dataset<Row> explode(Dataset<Row> records, String array) {
    List<Column> columns = new ArrayList<>();
    for (String name : records.columns()) {
      columns.add(col("`" + name.replace("`", "``") + "`"));
    }
    columns.add(posexplode_outer(Expressions.guarded(array)).as(new String[] {PLACE, ITEM}));
    Dataset<Row> exploded = records.select(columns.toArray(Column[]::new));
    return exploded
        .withColumn(
            RawRecords.POSITION,
            shiftleft(col(RawRecords.POSITION), RawRecords.POSITION_BITS)
                .plus(coalesce(col(PLACE), lit(0))))
        .drop(PLACE);
  }
}
