package io.itinera.core.raw;

import static io.itinera.testing.TableText.assertRows;
import static org.apache.spark.sql.functions.col;

import io.itinera.core.table.ColumnTypes;
import io.itinera.testing.RawText;
import io.itinera.testing.SparkExtension;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class NumbersTest {

  @Test
  void textsAreReadAsTheNumbersThatPeopleMean(SparkSession spark) {
    // In each column what the text is taken for: where commas part thousands, and decimals.
    String table =
        """
        text          | point        | comma
        12            | 12.0000      | 12.0000
        +12.5         | 12.5000      | 12.5000
        -12.50        | -12.5000     | -12.5000
        .5            | 0.5000       | 0.5000
        1e3           | 1000.0000    | 1000.0000
        12,5          | 12.5000      | 12.5000
        -12,50        | -12.5000     | -12.5000
        0,125         | 0.1250       | 0.1250
        1,234         | 1234.0000    | 1.2340
        1.234         | 1.2340       | 1234.0000
        1234,567      | 1234.5670    | 1234.5670
        1234.567      | 1234.5670    | 1234.5670
        1,234.50      | 1234.5000    | 1234.5000
        1.234,50      | 1234.5000    | 1234.5000
        -1.234.567,89 | -1234567.8900 | -1234567.8900
        1,234,567.89  | 1234567.8900 | 1234567.8900
        1,234,567     | 1234567.0000 | 1234567.0000
        1.234.567     | 1234567.0000 | 1234567.0000
        1 234,50      | 1234.5000    | 1234.5000
        1\u00a0234,50 | 1234.5000    | 1234.5000
        1\u202f234.50 | 1234.5000    | 1234.5000
        1'234.50      | 1234.5000    | 1234.5000
        1\u2019234    | 1234.0000    | 1234.0000
        12,34,56      |              |
        1.2.3         |              |
        1,2.3,4       |              |
        12-           |              |
        --12          |              |
        12 EUR        |              |
        twelve        |              |
        ,             |              |
        123456789012345 |            |
        """;

    assertRows(
        RawText.records(spark, "/a", table)
            .select(
                col("text"),
                Numbers.read(col("text"), ColumnTypes.MONEY, false).as("point"),
                Numbers.read(col("text"), ColumnTypes.MONEY, true).as("comma")),
        table);
  }

  @Test
  void wholeNumbersAreNotRounded(SparkSession spark) {
    String table =
        """
        text      | number
        90        | 90
        1,234     | 1234
        1 234     | 1234
        12.5      |
        12,5      |
        99999999999999999999 |
        """;

    assertRows(
        RawText.records(spark, "/a", table)
            .select(col("text"), Numbers.read(col("text"), DataTypes.LongType, false).as("number")),
        table);
  }
}
