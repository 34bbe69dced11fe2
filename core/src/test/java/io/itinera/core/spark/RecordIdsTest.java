package io.itinera.core.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.rule.Identifier;
import io.itinera.core.table.ColumnTypes;
import io.itinera.testing.SparkExtension;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class RecordIdsTest {

  @Test
  void contentIsHashedAsSparkHashesIt(SparkSession spark) {
    assertSame(spark, "zo\u00eb", DataTypes.StringType, "'zo\u00eb'");
    assertSame(spark, "", DataTypes.StringType, "''");
    assertSame(spark, null, DataTypes.StringType, "CAST(NULL AS STRING)");
    assertSame(spark, 7L, DataTypes.LongType, "7L");
    assertSame(spark, true, DataTypes.BooleanType, "true");
    assertSame(spark, new BigDecimal("1.5000"), ColumnTypes.MONEY, "CAST(1.5 AS DECIMAL(18, 4))");
    assertSame(spark, Arrays.asList("b", null, "a"), ColumnTypes.STRINGS, "array('b', NULL, 'a')");
    assertSame(
        spark,
        List.of(new Identifier("cookie", "abc"), new Identifier("email", "a@b.example")),
        ColumnTypes.IDENTIFIER_LIST,
        "array(named_struct('type', 'cookie', 'value', 'abc'),"
            + " named_struct('type', 'email', 'value', 'a@b.example'))");
    // Spark sorts a character outside of the basic plane behind U+FFFD, Java before it.
    assertSame(
        spark,
        Map.of("b", "2", "\ud83d\ude00", "3", "\ufffd", "4", "a", "1"),
        ColumnTypes.STRING_MAP,
        "array(named_struct('key', 'a', 'value', '1'), named_struct('key', 'b', 'value', '2'),"
            + " named_struct('key', '\ufffd', 'value', '4'),"
            + " named_struct('key', '\ud83d\ude00', 'value', '3'))");
    assertSame(
        spark,
        Map.of("mail", true, "ads", false),
        ColumnTypes.BOOLEAN_MAP,
        "array(named_struct('key', 'ads', 'value', false),"
            + " named_struct('key', 'mail', 'value', true))");
  }

  @Test
  void recordOfNoIdIsThatOfItsSource() {
    assertThat(RecordIds.fromRecordId("shop", "1")).isEqualTo(RecordIds.fromRecordId("shop", "1"));
    assertThat(RecordIds.fromRecordId("shop", "1")).hasSize(32).matches("[0-9a-f]+");
    assertThat(RecordIds.fromRecordId("shop", null))
        .isNotEqualTo(RecordIds.fromRecordId("shop", ""));
  }

  /** As a value of a record, and as the same value in Spark; whether it is null is hashed, too. */
  private static void assertSame(SparkSession spark, Object value, DataType type, String sql) {
    assertThat(RecordIds.contentHash(new Object[] {value}, List.of(type)))
        .as(sql)
        .isEqualTo(
            spark
                .sql("SELECT xxhash64(v, v IS NULL) FROM (SELECT " + sql + " AS v)")
                .first()
                .getLong(0));
  }
}
