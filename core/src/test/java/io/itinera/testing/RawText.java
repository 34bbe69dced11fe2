package io.itinera.testing;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.itinera.core.source.RawRecords;
import io.itinera.core.table.ColumnTypes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Raw records written as text: a header line, then one record a line, cells parted by {@code |}. An
 * empty cell is null, {@code ''} an empty text.
 */
public final class RawText {

  private RawText() {}

  /** Records of one file, written on 2026-06-01. */
  public static Dataset<Row> records(SparkSession spark, String path, String text) {
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    StructType schema =
        new StructType()
            .add(RawRecords.PATH, DataTypes.StringType)
            .add(RawRecords.POSITION, DataTypes.LongType)
            .add(RawRecords.RECORD, DataTypes.StringType);
    for (String column : cells(lines.get(0))) {
      schema = schema.add(column, DataTypes.StringType);
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      List<Object> row = new ArrayList<>(Arrays.asList(path, (long) i, lines.get(i).strip()));
      row.addAll(cells(lines.get(i)));
      rows.add(RowFactory.create(row.toArray()));
    }
    return spark
        .createDataFrame(rows, schema)
        .withColumn(RawRecords.MODIFIED_AT, expr("timestamp '2026-06-01 00:00:00'"))
        .withColumn(RawRecords.PROBLEM, lit(null).cast("string"))
        .withColumn(RawRecords.PROBLEM_DETAIL, lit(null).cast("string"))
        .withColumn(RawRecords.OTHER, lit(null).cast(ColumnTypes.STRING_MAP));
  }

  private static List<String> cells(String line) {
    return new ArrayList<>(Arrays.stream(line.split("\\|", -1)).map(RawText::cell).toList());
  }

  private static String cell(String raw) {
    return raw.isBlank() ? null : raw.strip().equals("''") ? "" : raw.strip();
  }
}
