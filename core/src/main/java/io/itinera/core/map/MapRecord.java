package io.itinera.core.map;

import io.itinera.core.source.DayInName;
import io.itinera.core.source.RawRecords;
import io.itinera.core.source.SourceRules;
import io.itinera.core.spark.EvaluateSource;
import io.itinera.core.table.RejectionReason;
import io.itinera.core.table.Tombstones;
import io.itinera.core.table.Touchpoints;
import java.io.Serializable;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;

/**
 * Says what one record of a source becomes: the results of its expressions in, a row of {@link
 * Candidates} out.
 */
final class MapRecord implements Serializable {

  private static final long serialVersionUID = 1;

  private final String source;
  private final ZoneId zone;
  private final MapTouchpoint touchpoint;
  private final MapProfile profile;
  private final MapCost cost;

  /** Of a record that cannot be read nobody knows the channel, but it would have had one. */
  private final String channelOfUnread;

  private transient String lastPath;
  private transient LocalDate lastDay;

  /**
   * @param touchpoint null where the source yields none; likewise the others
   */
  MapRecord(SourceRules source, MapTouchpoint touchpoint, MapProfile profile, MapCost cost) {
    this.source = source.name();
    this.zone = source.values().timeZone();
    this.touchpoint = touchpoint;
    this.profile = profile;
    this.cost = cost;
    boolean wantsAll =
        source.where().isEmpty()
            && source.touchpoint().stream().anyMatch(block -> block.where().isEmpty());
    this.channelOfUnread = wantsAll ? MapTouchpoint.NO_CHANNEL : null;
  }

  /**
   * What a record becomes.
   *
   * @param standing how it competes with other deliveries
   * @param fault why it is rejected; null if it is not
   * @param touchpoint null where it yields none; likewise the others
   * @param tombstone values of {@link Candidates#TOMBSTONE_COLUMNS}
   * @param channel of its touchpoint, even of a rejected one
   * @param day of its touchpoint, likewise
   */
  record Outcome(
      Standing standing,
      Fault fault,
      Draft touchpoint,
      Draft profile,
      Draft cost,
      Draft tombstone,
      String channel,
      Integer day) {}

  /**
   * How a record competes with other deliveries of the same.
   *
   * @param rank as its source says
   * @param fileDate the first day in its file's name, counted from 1970; null without one
   */
  record Standing(long rank, Integer fileDate) {}

  /** Name of the source. */
  String source() {
    return source;
  }

  Outcome of(RecordValues record) {
    LocalDate day = dayInName(record.path());
    Integer fileDate = day == null ? null : (int) day.toEpochDay();
    Long given = record.whole(EvaluateSource.RANK);
    Standing standing = new Standing(given == null ? 0 : given, fileDate);
    String problem = record.text(RawRecords.PROBLEM);
    if (problem != null) {
      Fault fault = new Fault(RejectionReason.of(problem), record.text(RawRecords.PROBLEM_DETAIL));
      return new Outcome(standing, fault, null, null, null, null, channelOfUnread, null);
    }
    if (!record.is(EvaluateSource.IS_KEPT)) {
      return rejected(standing, MapRecords.LEFT_OUT);
    }
    Integer ordinal = (Integer) record.get(RawRecords.ORDINAL);
    RecordOrigin origin =
        new RecordOrigin(
            source,
            record.whole(RawRecords.POSITION),
            ordinal == null ? 1 : ordinal,
            version(record, day));
    MapTouchpoint.Touchpoint made = touchpoint == null ? null : touchpoint.of(record, origin);
    Draft person = profile == null ? null : profile.of(record, origin, made != null);
    Draft money = cost == null ? null : cost.of(record, origin);
    return outcome(standing, made, person, money);
  }

  private static Outcome rejected(Standing standing, Fault fault) {
    return new Outcome(standing, fault, null, null, null, null, null, null);
  }

  private static Outcome outcome(
      Standing standing, MapTouchpoint.Touchpoint made, Draft person, Draft money) {
    if (made == null && person == null && money == null) {
      return rejected(standing, MapRecords.LEFT_OUT);
    }
    Draft row = made == null ? null : made.row();
    Fault fault = firstFault(row, person, money);
    String channel = row == null ? null : row.text(Touchpoints.CHANNEL);
    Integer day = row == null ? null : row.day(Touchpoints.EVENT_DATE);
    if (fault != null) {
      return new Outcome(standing, fault, null, null, null, null, channel, day);
    }
    boolean isWithdrawn = made != null && made.isWithdrawn();
    return new Outcome(
        standing,
        null,
        isWithdrawn ? null : row,
        person,
        money,
        isWithdrawn ? tombstone(made) : null,
        channel,
        day);
  }

  private static Fault firstFault(Draft... rows) {
    for (Draft row : rows) {
      if (row != null && row.fault() != null) {
        return row.fault();
      }
    }
    return null;
  }

  private static Draft tombstone(MapTouchpoint.Touchpoint withdrawn) {
    Draft tombstone = new Draft(Draft.TOMBSTONE);
    for (String column : Candidates.TOMBSTONE_COLUMNS) {
      tombstone.set(
          column, column.equals(Tombstones.SEQUENCE) ? null : withdrawn.row().get(column));
    }
    return tombstone;
  }

  private Long version(RecordValues record, LocalDate day) {
    Long own = record.whole(EvaluateSource.VERSION_AT);
    if (own != null || day == null) {
      return own;
    }
    return TimeUnit.SECONDS.toMicros(day.atStartOfDay(zone).toEpochSecond());
  }

  private LocalDate dayInName(String path) {
    if (path != null && !path.equals(lastPath)) {
      lastPath = path;
      lastDay = DayInName.of(path.substring(path.lastIndexOf('/') + 1)).orElse(null);
    }
    return path == null ? null : lastDay;
  }
}
