package io.itinera.core.settle;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.RecordFiles;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What files that are written anew had brought: the records whose fate is open again.
 *
 * @param held rows of {@link RecordFiles}: what these files held
 * @param others rows of {@link RecordFiles}: which other files hold the same records
 */
public record Restated(Dataset<Row> held, Dataset<Row> others) {

  /** Columns of {@link #lost}: records that the file held, and those of them that nobody has. */
  public static final String HELD = "held_count";

  public static final String LOST = "lost_count";

  private static final String RESTATED = "restated_";

  /** Column of {@link #paths}: the rewritten files that had brought the record. */
  static final String PATHS = RESTATED + "paths";

  static final String KIND = RESTATED + "kind";
  static final String OWNER = RESTATED + "owner";
  static final String ID = RESTATED + "id";

  /**
   * Looks up what {@code files} had brought.
   *
   * @param current rows of {@link RecordFiles} that count, as {@link IndexRecords#current} gives
   * @param files source and path of the files that are written anew
   */
  public static Restated of(Dataset<Row> current, Dataset<Row> files) {
    Dataset<Row> held = IndexRecords.of(current, files, "left_semi").transform(HoldRows::of);
    Dataset<Row> others =
        IndexRecords.of(current, files, "left_anti")
            .join(paths(held), isOf(Entries.kindOf(col(RecordFiles.KIND))), "left_semi");
    return new Restated(held, others.transform(HoldRows::of));
  }

  /** Each record that is open again, once, with the rewritten files that had brought it. */
  Dataset<Row> paths() {
    return paths(held);
  }

  private static Dataset<Row> paths(Dataset<Row> held) {
    return held.groupBy(
            Entries.kindOf(col(RecordFiles.KIND)).as(KIND),
            col(RecordFiles.OWNER).as(OWNER),
            col(RecordFiles.RECORD).as(ID))
        .agg(collect_set(col(RecordFiles.PATH)).as(PATHS));
  }

  /**
   * How much of what each rewritten file had brought is lost.
   *
   * @param contests what {@link SettleDeliveries#contests} gave
   * @return source, path, and the counts {@link #HELD} and {@link #LOST}
   */
  public Dataset<Row> lost(Dataset<Row> contests) {
    Column isSame =
        Entries.kindOf(col(RecordFiles.KIND))
            .equalTo(col(Contests.KIND))
            .and(col(RecordFiles.OWNER).equalTo(col(Contests.SOURCE)))
            .and(col(RecordFiles.RECORD).equalTo(col(Contests.ID)));
    Column record = struct(RecordFiles.KIND, RecordFiles.OWNER, RecordFiles.RECORD);
    return held.join(contests.where(Contests.IS_GONE), isSame, "left")
        .groupBy(RecordFiles.SOURCE, RecordFiles.PATH)
        .agg(
            countDistinct(record).as(HELD),
            countDistinct(when(col(Contests.ID).isNotNull(), record)).as(LOST));
  }

  private static Column isOf(Column kind) {
    return kind.equalTo(col(KIND))
        .and(col(RecordFiles.OWNER).equalTo(col(OWNER)))
        .and(col(RecordFiles.RECORD).equalTo(col(ID)));
  }
}
