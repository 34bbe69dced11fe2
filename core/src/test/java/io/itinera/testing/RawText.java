package io.itinera.testing;

import io.itinera.core.source.RawRecords;
import io.itinera.core.table.ColumnTypes;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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
    return records(spark, List.of(new RawFile(path, text)));
  }

  /** Records of files that all have the same header. */
  public static Dataset<Row> records(SparkSession spark, List<RawFile> files) {
    List<String> header = cells(lines(files.get(0)).get(0));
    StructType schema =
        new StructType()
            .add(RawRecords.PATH, DataTypes.StringType)
            .add(RawRecords.POSITION, DataTypes.LongType)
            .add(RawRecords.RECORD, DataTypes.StringType);
    for (String column : header) {
      schema = schema.add(column, DataTypes.StringType);
    }
    schema =
        schema
            .add(RawRecords.MODIFIED_AT, DataTypes.TimestampType)
            .add(RawRecords.PROBLEM, DataTypes.StringType)
            .add(RawRecords.PROBLEM_DETAIL, DataTypes.StringType)
            .add(RawRecords.OTHER, ColumnTypes.STRING_MAP);
    List<Row> rows = new ArrayList<>();
    for (RawFile file : files) {
      List<String> lines = lines(file);
      if (!cells(lines.get(0)).equals(header)) {
        throw new IllegalArgumentException("Another header than the first file's: " + file);
      }
      for (int i = 1; i < lines.size(); i++) {
        rows.add(row(file, i, lines.get(i)));
      }
    }
    return spark.createDataFrame(rows, schema);
  }

  private static Row row(RawFile file, long position, String line) {
    List<Object> cells = new ArrayList<>(List.of(file.path(), position, line.strip()));
    cells.addAll(cells(line));
    cells.add(Timestamp.from(file.writtenAt()));
    cells.addAll(Collections.nCopies(3, null));
    return RowFactory.create(cells.toArray());
  }

  private static List<String> lines(RawFile file) {
    return file.text().lines().filter(line -> !line.isBlank()).toList();
  }

  private static List<String> cells(String line) {
    return new ArrayList<>(Arrays.stream(line.split("\\|", -1)).map(RawText::cell).toList());
  }

  private static String cell(String raw) {
    return raw.isBlank() ? null : raw.strip().equals("''") ? "" : raw.strip();
  }
}
