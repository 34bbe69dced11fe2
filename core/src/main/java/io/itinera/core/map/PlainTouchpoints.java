package io.itinera.core.map;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.itinera.core.spark.SparkValues;
import io.itinera.core.table.Origin;
import io.itinera.core.table.Touchpoints;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Candidates that bring a touchpoint of their own source and nothing else, which nearly all do: as
 * rows of the table, so that they can be written before anybody knows whether they stay. Beside the
 * table's columns they have the record's position.
 */
public final class PlainTouchpoints implements Serializable {

  private static final long serialVersionUID = 1;

  /** Column: the record's {@link Candidates#POSITION}, which the table does not have. */
  public static final String POSITION = "_position";

  private static final StructType SCHEMA =
      Touchpoints.TABLE
          .schema()
          .add(POSITION, MapRecords.SCHEMA.apply(Candidates.POSITION).dataType());

  private static final int SOURCE = place(Candidates.SOURCE);
  private static final int TOUCHPOINT_PLACE = place(Candidates.TOUCHPOINT);
  private static final List<Integer> OTHERS =
      Stream.of(Candidates.PROFILE, Candidates.COST, Candidates.TOMBSTONE)
          .map(PlainTouchpoints::place)
          .toList();

  /** Of its columns all but the day stand in the table's files. */
  private static final StructField[] STORED =
      Stream.of(SCHEMA.fields())
          .filter(column -> !column.name().equals(Touchpoints.EVENT_DATE))
          .toArray(StructField[]::new);

  private static final int DAY = place(Candidates.EVENT_DATE);
  private static final List<String> NAMES = Stream.of(STORED).map(StructField::name).toList();
  private static final int ID = NAMES.indexOf(Touchpoints.TOUCHPOINT_ID);
  private static final int RUN_ID = NAMES.indexOf(Touchpoints.LOADED_RUN_ID);

  private final UTF8String runId;
  private final int[] places;
  private final boolean[] areInside;
  private final DataType[] types;
  private final int owner = Candidates.TOUCHPOINT_COLUMNS.indexOf(Touchpoints.SOURCE);
  private final int width = Candidates.TOUCHPOINT_COLUMNS.size();

  /**
   * @param runId the run that loads them
   */
  public PlainTouchpoints(String runId) {
    this.runId = UTF8String.fromString(runId);
    places = new int[STORED.length];
    areInside = new boolean[STORED.length];
    types = new DataType[STORED.length];
    for (int i = 0; i < STORED.length; i++) {
      String name = STORED[i].name();
      types[i] = STORED[i].dataType();
      areInside[i] = Candidates.TOUCHPOINT_COLUMNS.contains(name);
      places[i] = areInside[i] ? Candidates.TOUCHPOINT_COLUMNS.indexOf(name) : outside(name);
    }
  }

  /** Where the candidate has a column that its touchpoint has not; -1 where nobody has it. */
  private static int outside(String name) {
    return switch (name) {
      case Origin.RECORD_RANK -> place(Candidates.RANK);
      case Origin.FILE_DATE -> place(Candidates.FILE_DATE);
      case Origin.FILE_WRITTEN_AT -> place(Candidates.WRITTEN_AT);
      case Origin.FILE_PATH -> place(Candidates.PATH);
      case POSITION -> place(Candidates.POSITION);
      default -> -1;
    };
  }

  /** Columns of the rows. */
  public static StructType schema() {
    return SCHEMA;
  }

  /**
   * The row that {@code candidate} brings, without its day, in which folder of the table it stands;
   * null if it brings something else.
   *
   * @param candidate of the columns of {@link Candidates}
   */
  public InternalRow of(InternalRow candidate) {
    if (candidate.isNullAt(TOUCHPOINT_PLACE)
        || OTHERS.stream().anyMatch(other -> !candidate.isNullAt(other))) {
      return null;
    }
    InternalRow touchpoint = candidate.getStruct(TOUCHPOINT_PLACE, width);
    if (!touchpoint.getUTF8String(owner).equals(candidate.getUTF8String(SOURCE))) {
      return null;
    }
    Object[] values = new Object[places.length];
    for (int i = 0; i < values.length; i++) {
      if (places[i] >= 0) {
        InternalRow from = areInside[i] ? touchpoint : candidate;
        values[i] = from.isNullAt(places[i]) ? null : from.get(places[i], types[i]);
      }
    }
    values[RUN_ID] = runId;
    return SparkValues.row(values);
  }

  /** Id of a touchpoint, as {@link #of} gives it. */
  public UTF8String id(InternalRow touchpoint) {
    return touchpoint.getUTF8String(ID);
  }

  /** Day of the touchpoint that {@code candidate} brings, counted from 1970. */
  public int day(InternalRow candidate) {
    return candidate.getInt(DAY);
  }

  /**
   * The candidates that brought {@code rows}.
   *
   * @param rows of {@link #schema}
   * @return rows of {@link Candidates}
   */
  public static Dataset<Row> candidates(Dataset<Row> rows) {
    return rows.select(
        Stream.of(MapRecords.SCHEMA.fields())
            .map(field -> candidate(field.name()).cast(field.dataType()).as(field.name()))
            .toArray(Column[]::new));
  }

  private static Column candidate(String name) {
    return switch (name) {
      case Candidates.SOURCE -> col(Touchpoints.SOURCE);
      case Candidates.PATH -> col(Origin.FILE_PATH);
      case Candidates.POSITION -> col(POSITION);
      case Candidates.RANK -> col(Origin.RECORD_RANK);
      case Candidates.FILE_DATE -> col(Origin.FILE_DATE);
      case Candidates.WRITTEN_AT -> col(Origin.FILE_WRITTEN_AT);
      case Candidates.CHANNEL -> col(Touchpoints.CHANNEL);
      case Candidates.EVENT_DATE -> col(Touchpoints.EVENT_DATE);
      case Candidates.TOUCHPOINT ->
          struct(
              Candidates.TOUCHPOINT_COLUMNS.stream()
                  .map(column -> col(column))
                  .toArray(Column[]::new));
      default -> lit(null);
    };
  }

  private static int place(String column) {
    return MapRecords.SCHEMA.fieldIndex(column);
  }
}
