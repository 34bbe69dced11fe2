package io.itinera.core.identity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import io.itinera.core.rule.Identifier;
import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.Evidence;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What a record names, and when. */
record NamedRecord(Instant at, Set<Identifier> identifiers) {

  private static final StructType COLUMNS =
      new StructType()
          .add("source", DataTypes.StringType)
          .add("kind", DataTypes.StringType)
          .add("event_date", DataTypes.DateType)
          .add("identifiers", ColumnTypes.IDENTIFIER_LIST)
          .add("observations", DataTypes.LongType)
          .add("first_at", DataTypes.TimestampType)
          .add("last_at", DataTypes.TimestampType)
          .add("digest", DataTypes.LongType);

  static String text(Identifier identifier) {
    return identifier.type() + "=" + identifier.value();
  }

  /** Evidence of touchpoints, a row for each record. */
  static Dataset<Row> evidence(SparkSession spark, List<NamedRecord> records) {
    List<Row> rows = records.stream().map(NamedRecord::row).toList();
    return Evidence.TABLE.conform(
        spark
            .createDataFrame(rows, COLUMNS)
            .withColumn("set_id", xxhash64(col("identifiers")))
            .withColumn("set_check", xxhash64(lit(7), col("identifiers"))));
  }

  private Row row() {
    Row[] named =
        identifiers.stream()
            .sorted()
            .map(each -> RowFactory.create(each.type(), each.value()))
            .toArray(Row[]::new);
    Timestamp time = Timestamp.from(at);
    Date day = Date.valueOf(at.atZone(ZoneOffset.UTC).toLocalDate());
    return RowFactory.create("web", "touchpoint", day, named, 1L, time, time, 0L);
  }
}
