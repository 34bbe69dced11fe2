package io.itinera.core.sample;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.sql.Date;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Turns people into the lines of the sample company's files. */
public final class SampleLines {

  /** Night of the delivery: the file arrives on the morning after this day. */
  public static final String DELIVERED_ON = "delivered_on";

  /** Name of the {@link SampleFile}. */
  public static final String FILE = "file";

  /** Name of the file in its folder. */
  public static final String NAME = "name";

  /** Whether a later delivery of the same name replaces this one. */
  public static final String IS_SUPERSEDED = "is_superseded";

  /** Orders the lines of a file; lines of one position are ordered by text. */
  public static final String POSITION = "position";

  /** The line, without its end. */
  public static final String TEXT = "text";

  private static final StructType SCHEMA =
      new StructType()
          .add(DELIVERED_ON, DateType, false)
          .add(FILE, StringType, false)
          .add(NAME, StringType, false)
          .add(IS_SUPERSEDED, BooleanType, false)
          .add(POSITION, LongType, false)
          .add(TEXT, StringType, false);

  private SampleLines() {}

  /**
   * The lines that {@code people} cause in raw files and in the truth's files.
   *
   * @param people numbers from 0 to {@link SampleRules#customers()} - 1, each once, in any order
   * @return one row per line and delivery
   */
  public static Dataset<Row> lines(Dataset<Long> people, SampleRules rules) {
    FlatMapFunction<Long, Row> live = person -> rows(rules, person);
    return people.flatMap(live, Encoders.row(SCHEMA));
  }

  private static Iterator<Row> rows(SampleRules rules, long person) {
    return Life.lines(rules, person).stream().map(SampleLines::row).iterator();
  }

  private static Row row(Line line) {
    return RowFactory.create(
        Date.valueOf(line.deliveredOn()),
        line.file().name(),
        line.name(),
        line.superseded(),
        line.position(),
        line.text());
  }
}
