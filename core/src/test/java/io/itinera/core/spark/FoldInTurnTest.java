package io.itinera.core.spark;

import static io.itinera.testing.TableText.assertRows;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.itinera.testing.SparkExtension;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows that stand together come to one. */
@ExtendWith(SparkExtension.class)
class FoldInTurnTest {

  private static final StructType SUM =
      new StructType().add("owner", DataTypes.StringType).add("total", DataTypes.LongType);

  /** Adds up amounts, twice where the third column says so. */
  private static final class Adding implements FoldInTurn.Folded {

    private static final long serialVersionUID = 1;

    private transient UTF8String owner;
    private transient long total;

    @Override
    public List<Object[]> take(FoldInTurn.Given row) {
      List<Object[]> before = row.text(0).equals(owner) ? List.of() : end();
      owner = owner == null ? row.text(0).copy() : owner;
      Long times = row.number(2);
      total += row.number(1) * (times == null ? 1 : times);
      return before;
    }

    @Override
    public List<Object[]> end() {
      List<Object[]> told =
          owner == null ? List.of() : List.<Object[]>of(new Object[] {owner, total});
      owner = null;
      total = 0;
      return told;
    }
  }

  @Test
  void rowsOfOneComeToOneWhereverTheyLay(SparkSession spark) {
    Dataset<Row> rows =
        spark
            .range(0, 1000, 1, 7)
            .selectExpr(
                "concat('c', id % 3) AS owner", "id AS amount", "cast(null AS bigint) AS times");

    assertRows(
        folded(rows.repartition(5, col("owner")).sortWithinPartitions("owner")),
        """
        owner | total
        c0    | 166833
        c1    | 166167
        c2    | 166500
        """);
  }

  @Test
  void constantIsGivenAsAnyOtherColumn(SparkSession spark) {
    Dataset<Row> rows =
        spark
            .range(0, 4, 1, 1)
            .select(lit("all").as("owner"), col("id").as("amount"), lit(2L).as("times"));

    assertRows(
        folded(rows),
        """
        owner | total
        all   | 12
        """);
  }

  @Test
  void taskThatHasSeveralPartitionsBeginsEachAnew(SparkSession spark) {
    Dataset<Row> rows =
        spark.range(0, 4, 1, 4).selectExpr("'same' AS owner", "id AS amount", "1L AS times");

    assertRows(
        folded(rows).coalesce(1),
        """
        owner | total
        same  | 0
        same  | 1
        same  | 2
        same  | 3
        """);
  }

  @Test
  void nothingComesOfNothing(SparkSession spark) {
    Dataset<Row> rows = spark.range(0).selectExpr("'none' AS owner", "id AS amount", "1L AS times");

    assertRows(folded(rows), "owner | total");
  }

  private static Dataset<Row> folded(Dataset<Row> rows) {
    return FoldInTurn.rows(rows, new Adding(), SUM, List.of("owner", "amount", "times"));
  }
}
