package io.itinera.core.identity;

import io.itinera.core.identity.DeviceRules.Ownership;
import io.itinera.core.identity.OwnDevice.Sighting;
import io.itinera.core.identity.OwnDevice.Stretch;
import java.sql.Timestamp;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The touchpoints of one device after the other, each in order, to the times in which it is
 * somebody's. Nothing but the times of the device at hand is kept.
 */
final class OwnInTurn implements Iterator<Row> {

  static final String TYPE = "owned_type";
  static final String VALUE = "owned_value";
  static final String FROM = "owned_from";
  static final String TO = "owned_to";
  static final String PERSON = "owner_id";
  static final String FIRST_TOUCHPOINT = "first_touchpoint_id";

  static final StructType STRETCHES =
      new StructType()
          .add(TYPE, DataTypes.StringType)
          .add(VALUE, DataTypes.StringType)
          .add(FROM, DataTypes.TimestampType)
          .add(TO, DataTypes.TimestampType)
          .add(PERSON, DataTypes.StringType)
          .add(FIRST_TOUCHPOINT, DataTypes.StringType);

  private static final int DEVICE_TYPE = 0;
  private static final int DEVICE_VALUE = 1;
  private static final int AT = 2;
  private static final int TOUCHPOINT = 4;
  private static final int SIGNED_IN = 5;

  private final DeviceRules rules;
  private final Iterator<Row> sightings;
  private Row ahead;
  private Iterator<Row> stretches = Collections.emptyIterator();

  OwnInTurn(DeviceRules rules, Iterator<Row> sightings) {
    this.rules = rules;
    this.sightings = sightings;
    read();
  }

  @Override
  public boolean hasNext() {
    return stretches.hasNext() || ahead != null;
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (!stretches.hasNext()) {
      stretches = ofNextDevice();
    }
    return stretches.next();
  }

  private Iterator<Row> ofNextDevice() {
    String type = ahead.getString(DEVICE_TYPE);
    String value = ahead.getString(DEVICE_VALUE);
    Iterator<Sighting> ofDevice = new OfDevice(type, value);
    List<Stretch> owned =
        rules.ownership() == Ownership.LATEST
            ? OwnDevice.ofLatest(ofDevice)
            : new OwnDevice(rules.replay()).stretches(ofDevice);
    return owned.stream().map(stretch -> row(type, value, stretch)).iterator();
  }

  private static Row row(String type, String value, Stretch stretch) {
    return RowFactory.create(
        type,
        value,
        Timestamp.from(stretch.from()),
        stretch.to().map(Timestamp::from).orElse(null),
        stretch.person().orElse(null),
        stretch.first());
  }

  private void read() {
    ahead = sightings.hasNext() ? sightings.next() : null;
  }

  /** What one device saw, up to the first touchpoint of the next. */
  private final class OfDevice implements Iterator<Sighting> {

    private final String type;
    private final String value;

    OfDevice(String type, String value) {
      this.type = type;
      this.value = value;
    }

    @Override
    public boolean hasNext() {
      return ahead != null
          && ahead.getString(DEVICE_TYPE).equals(type)
          && ahead.getString(DEVICE_VALUE).equals(value);
    }

    @Override
    public Sighting next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Row row = ahead;
      read();
      return new Sighting(
          row.getTimestamp(AT).toInstant(),
          row.getString(TOUCHPOINT),
          Optional.ofNullable(row.getString(SIGNED_IN)));
    }
  }
}
