package io.itinera.core.attribution;

import io.itinera.core.attribution.TouchedJourney.Touch;
import io.itinera.core.spark.FoldInTurn;
import io.itinera.core.table.AttributionTouchpoints;
import io.itinera.core.table.ColumnTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Converted journeys to what their touches are given. What is given of a journey stands together:
 * its ids come again and again, which files hold in little room.
 */
final class CreditTouches implements FoldInTurn.Folded {

  static final StructType SCHEMA = AttributionTouchpoints.TABLE.schema();

  /** Those of {@link EndedJourneys#SCHEMA} that are looked at. */
  static final List<String> COLUMNS =
      List.of(
          GatherTouches.CUSTOMER,
          GatherTouches.JOURNEY,
          GatherTouches.CONVERSION,
          EndedJourneys.TYPE,
          GatherTouches.REVENUE,
          EndedJourneys.IDS,
          EndedJourneys.CHANNELS,
          EndedJourneys.CAMPAIGNS,
          EndedJourneys.MICROS,
          EndedJourneys.DIRECT);

  private static final int CUSTOMER = COLUMNS.indexOf(GatherTouches.CUSTOMER);
  private static final int JOURNEY = COLUMNS.indexOf(GatherTouches.JOURNEY);
  private static final int CONVERSION = COLUMNS.indexOf(GatherTouches.CONVERSION);
  private static final int TYPE = COLUMNS.indexOf(EndedJourneys.TYPE);
  private static final int REVENUE = COLUMNS.indexOf(GatherTouches.REVENUE);
  private static final int IDS = COLUMNS.indexOf(EndedJourneys.IDS);
  private static final int CHANNELS = COLUMNS.indexOf(EndedJourneys.CHANNELS);
  private static final int CAMPAIGNS = COLUMNS.indexOf(EndedJourneys.CAMPAIGNS);
  private static final int MICROS = COLUMNS.indexOf(EndedJourneys.MICROS);
  private static final int DIRECT = COLUMNS.indexOf(EndedJourneys.DIRECT);

  private static final long serialVersionUID = 1L;
  private static final DecimalType CONVERSIONS_TYPE =
      DataTypes.createDecimalType(18, AttributionTouchpoints.CONVERSIONS_SCALE);
  private static final DecimalType MONEY = ColumnTypes.MONEY;
  private static final UTF8String NONE = UTF8String.fromString(GatherTouches.NONE);

  private final double halfLifeMicros;
  private final ChannelCredit ofChannels;
  private final List<TouchModel> ofTouches;
  private final List<UTF8String> names;

  /**
   * @param halfLifeMicros of time-decay
   * @param ofTouches the models that part each journey's conversion by its touches
   * @param ofChannels what models of channels give
   */
  CreditTouches(double halfLifeMicros, List<TouchModel> ofTouches, ChannelCredit ofChannels) {
    this.halfLifeMicros = halfLifeMicros;
    this.ofTouches = List.copyOf(ofTouches);
    this.ofChannels = ofChannels;
    this.names =
        Stream.concat(ofTouches.stream().map(TouchModel::text), ofChannels.models().stream())
            .map(UTF8String::fromString)
            .toList();
  }

  @Override
  public List<Object[]> take(FoldInTurn.Given row) {
    Journey journey = new Journey(row);
    return journey.isOfNobody ? ofNobody(journey) : ofTouches(journey);
  }

  @Override
  public List<Object[]> end() {
    return List.of();
  }

  private List<Object[]> ofNobody(Journey journey) {
    return names.stream()
        .map(name -> journey.credit(name, 0, TouchedJourney.CONVERSION, journey.revenue))
        .toList();
  }

  private List<Object[]> ofTouches(Journey journey) {
    TouchedJourney touched = journey.touched();
    List<Object[]> credits = new ArrayList<>(names.size() * touched.size());
    for (int model = 0; model < ofTouches.size(); model++) {
      long[] conversions = touched.conversions(ofTouches.get(model), halfLifeMicros);
      long[] revenues = touched.revenues(ofTouches.get(model), halfLifeMicros);
      for (int i = 0; i < conversions.length; i++) {
        credits.add(journey.credit(names.get(model), i, conversions[i], revenues[i]));
      }
    }
    addOfChannels(journey, touched, credits);
    return credits;
  }

  private void addOfChannels(Journey journey, TouchedJourney touched, List<Object[]> credits) {
    long[] conversions = touched.conversions(TouchModel.LINEAR, halfLifeMicros);
    long[] revenues = touched.revenues(TouchModel.LINEAR, halfLifeMicros);
    int name = ofTouches.size();
    for (String model : ofChannels.models()) {
      for (int i = 0; i < conversions.length; i++) {
        String channel = touched.touches().get(i).channel();
        String id = journey.ids[i].toString();
        long[] units = ofChannels.of(model, channel, id, conversions[i], revenues[i]);
        credits.add(journey.credit(names.get(name), i, units));
      }
      name++;
    }
  }

  /**
   * A row of {@link EndedJourneys#SCHEMA}; where nothing touched it, its conversion is credited.
   */
  private static final class Journey {
    private final FoldInTurn.Given row;
    private final UTF8String id;
    private final UTF8String conversion;
    private final UTF8String customer;
    private final long revenue;
    private final boolean isOfNobody;
    private final UTF8String[] ids;
    private final UTF8String[] channels;
    private final UTF8String[] campaigns;

    private Journey(FoldInTurn.Given row) {
      this.row = row;
      this.id = (UTF8String) row.kept(JOURNEY);
      this.conversion = (UTF8String) row.kept(CONVERSION);
      this.customer = (UTF8String) row.kept(CUSTOMER);
      this.revenue = row.number(REVENUE);
      UTF8String[] touches = copied(row.texts(IDS));
      this.isOfNobody = touches.length == 0;
      this.ids = isOfNobody ? new UTF8String[] {conversion} : touches;
      this.channels = isOfNobody ? new UTF8String[] {NONE} : copied(row.texts(CHANNELS));
      this.campaigns = isOfNobody ? new UTF8String[] {NONE} : copied(row.texts(CAMPAIGNS));
    }

    private static UTF8String[] copied(UTF8String... texts) {
      return Stream.of(texts).map(UTF8String::copy).toArray(UTF8String[]::new);
    }

    private TouchedJourney touched() {
      long[] micros = row.numbers(MICROS);
      boolean[] direct = row.flags(DIRECT);
      List<Touch> touches = new ArrayList<>(ids.length);
      for (int i = 0; i < ids.length; i++) {
        touches.add(
            new Touch(channels[i].toString(), campaigns[i].toString(), micros[i], direct[i]));
      }
      return new TouchedJourney(touches, row.text(TYPE).toString(), revenue);
    }

    private Object[] credit(UTF8String model, int touch, long... units) {
      return new Object[] {
        ids[touch],
        id,
        model,
        Decimal.apply(units[0], CONVERSIONS_TYPE.precision(), CONVERSIONS_TYPE.scale()),
        Decimal.apply(units[1], MONEY.precision(), MONEY.scale()),
        conversion,
        customer,
        channels[touch],
        campaigns[touch]
      };
    }
  }
}
