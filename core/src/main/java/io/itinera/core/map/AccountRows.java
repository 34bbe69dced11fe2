package io.itinera.core.map;

import io.itinera.core.spark.SparkValues;
import io.itinera.core.table.CampaignCosts;
import io.itinera.core.table.Profiles;
import io.itinera.core.table.RecordFiles;
import io.itinera.core.table.RejectedRecords;
import io.itinera.core.table.Table;
import io.itinera.core.table.Touchpoints;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * What is written down of a record, whatever becomes of it: which file holds it, or why it is
 * rejected.
 */
public final class AccountRows implements Serializable {

  private static final long serialVersionUID = 1;

  private static final int REASON = place(Candidates.REASON);
  private static final int EVENT_DATE =
      Candidates.TOUCHPOINT_COLUMNS.indexOf(Touchpoints.EVENT_DATE);

  private final UTF8String runId;
  private final long now;
  private final List<Brought> kinds =
      List.of(
          new Brought(Candidates.TOUCHPOINT, Touchpoints.TOUCHPOINT_ID),
          new Brought(Candidates.PROFILE, Profiles.RECORD_ID),
          new Brought(Candidates.COST, CampaignCosts.RECORD_ID),
          new Brought(Candidates.TOMBSTONE, Touchpoints.TOUCHPOINT_ID));
  private final Copied rejected =
      new Copied(
          RejectedRecords.TABLE,
          List.of(
              RejectedRecords.SOURCE,
              RejectedRecords.PATH,
              RejectedRecords.RECORD,
              RejectedRecords.REASON,
              RejectedRecords.DETAIL,
              RejectedRecords.POSITION),
          List.of(
              Candidates.SOURCE,
              Candidates.PATH,
              Candidates.RECORD,
              Candidates.REASON,
              Candidates.DETAIL,
              Candidates.POSITION));
  private final Copied held =
      new Copied(
          RecordFiles.TABLE,
          List.of(
              RecordFiles.SOURCE,
              RecordFiles.PATH,
              RecordFiles.POSITION,
              RecordFiles.RECORD_RANK,
              RecordFiles.FILE_DATE,
              RecordFiles.FILE_WRITTEN_AT),
          List.of(
              Candidates.SOURCE,
              Candidates.PATH,
              Candidates.POSITION,
              Candidates.RANK,
              Candidates.FILE_DATE,
              Candidates.WRITTEN_AT));
  private final int refusedRun = place(RejectedRecords.TABLE, RejectedRecords.RUN_ID);
  private final int refusedAt = place(RejectedRecords.TABLE, RejectedRecords.REJECTED_AT);

  /**
   * @param runId the run that loads the records
   * @param now when it does, in microseconds since 1970
   */
  public AccountRows(String runId, long now) {
    this.runId = UTF8String.fromString(runId);
    this.now = now;
  }

  /** Columns of a table that are a candidate's own. */
  private static final class Copied implements Serializable {

    private static final long serialVersionUID = 1;

    private final int[] from;
    private final int[] to;
    private final DataType[] types;
    private final int width;

    /**
     * @param columns of the table
     * @param ofCandidate the candidate's, in the same order
     */
    private Copied(Table table, List<String> columns, List<String> ofCandidate) {
      from = ofCandidate.stream().mapToInt(AccountRows::place).toArray();
      to = columns.stream().mapToInt(column -> place(table, column)).toArray();
      types =
          ofCandidate.stream()
              .map(column -> MapRecords.SCHEMA.apply(column).dataType())
              .toArray(DataType[]::new);
      width = table.schema().size();
    }

    Object[] of(InternalRow candidate) {
      Object[] values = new Object[width];
      for (int i = 0; i < from.length; i++) {
        values[to[i]] = candidate.isNullAt(from[i]) ? null : candidate.get(from[i], types[i]);
      }
      return values;
    }
  }

  /** Something that a candidate may bring. */
  private static final class Brought implements Serializable {

    private static final long serialVersionUID = 1;

    private static final int KIND = place(RecordFiles.TABLE, RecordFiles.KIND);
    private static final int OWNER = place(RecordFiles.TABLE, RecordFiles.OWNER);
    private static final int RECORD = place(RecordFiles.TABLE, RecordFiles.RECORD);
    private static final int DAY = place(RecordFiles.TABLE, RecordFiles.EVENT_DATE);
    private static final int VERSION = place(RecordFiles.TABLE, RecordFiles.RECORD_VERSION);
    private static final int HASH = place(RecordFiles.TABLE, RecordFiles.RECORD_HASH);
    private static final int RUN_ID = place(RecordFiles.TABLE, RecordFiles.RUN_ID);

    private final UTF8String name;
    private final int place;
    private final int width;
    private final int owner;
    private final int id;
    private final int version;
    private final int hash;
    private final int day;

    private Brought(String column, String key) {
      StructType columns = (StructType) MapRecords.SCHEMA.apply(column).dataType();
      name = UTF8String.fromString(column);
      place = place(column);
      width = columns.size();
      owner = columns.fieldIndex(Touchpoints.SOURCE);
      id = columns.fieldIndex(key);
      version = columns.fieldIndex(Touchpoints.RECORD_VERSION);
      hash = columns.fieldIndex(Touchpoints.RECORD_HASH);
      day = column.equals(Candidates.TOUCHPOINT) ? EVENT_DATE : -1;
    }

    private boolean isIn(InternalRow candidate) {
      return !candidate.isNullAt(place);
    }

    private void fill(Object[] values, InternalRow candidate) {
      InternalRow brought = candidate.getStruct(place, width);
      values[KIND] = name;
      values[OWNER] = brought.getUTF8String(owner);
      values[RECORD] = brought.isNullAt(id) ? null : brought.getUTF8String(id);
      values[VERSION] = brought.isNullAt(version) ? null : brought.getLong(version);
      values[HASH] = brought.isNullAt(hash) ? null : brought.getLong(hash);
      values[DAY] = day < 0 || brought.isNullAt(day) ? null : brought.getInt(day);
    }
  }

  /** Row of {@link RejectedRecords}; null if the candidate is not rejected. */
  public InternalRow rejected(InternalRow candidate) {
    if (candidate.isNullAt(REASON)) {
      return null;
    }
    Object[] values = rejected.of(candidate);
    values[refusedRun] = runId;
    values[refusedAt] = now;
    return SparkValues.row(values);
  }

  /** Rows of {@link RecordFiles}, one for each thing that the candidate brings. */
  public List<InternalRow> held(InternalRow candidate) {
    List<InternalRow> rows = new ArrayList<>(1);
    for (Brought kind : kinds) {
      if (kind.isIn(candidate)) {
        Object[] values = held.of(candidate);
        kind.fill(values, candidate);
        values[Brought.RUN_ID] = runId;
        rows.add(SparkValues.row(values));
      }
    }
    return rows;
  }

  private static int place(String column) {
    return MapRecords.SCHEMA.fieldIndex(column);
  }

  private static int place(Table table, String column) {
    return table.schema().fieldIndex(column);
  }
}
