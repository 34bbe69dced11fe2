package io.itinera.core.attribution;

import io.itinera.core.table.AttributionTouchpoints;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * Converted journeys to what their touches are given.
 *
 * @param halfLifeMicros of time-decay
 * @param ofChannels what models of channels give
 */
record CreditTouches(double halfLifeMicros, ChannelCredit ofChannels)
    implements MapPartitionsFunction<Row, Row> {

  static final StructType SCHEMA = AttributionTouchpoints.TABLE.schema();

  private static final long serialVersionUID = 1L;
  private static final int MONEY_SCALE = 4;

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED), false)
        .flatMap(row -> credits(row).stream())
        .iterator();
  }

  private List<Row> credits(Row row) {
    TouchedJourney journey = EndedJourneys.journey(row);
    return journey.size() == 0 ? ofNobody(row, journey) : ofTouches(row, journey);
  }

  private List<Row> ofNobody(Row row, TouchedJourney journey) {
    String conversion = row.getAs(GatherTouches.CONVERSION);
    Credit whole = new Credit(conversion, TouchedJourney.CONVERSION, journey.revenue());
    List<String> models = new ArrayList<>(TouchModel.TEXTS);
    models.addAll(ofChannels.models());
    return models.stream()
        .map(model -> whole.row(row, model, GatherTouches.NONE, GatherTouches.NONE))
        .toList();
  }

  private List<Row> ofTouches(Row row, TouchedJourney journey) {
    List<String> ids = EndedJourneys.touches(row);
    List<Row> credits = new ArrayList<>();
    for (TouchModel model : TouchModel.values()) {
      long[] conversions = journey.conversions(model, halfLifeMicros);
      long[] revenues = journey.revenues(model, halfLifeMicros);
      for (int i = 0; i < conversions.length; i++) {
        var touch = journey.touches().get(i);
        credits.add(
            new Credit(ids.get(i), conversions[i], revenues[i])
                .row(row, model.text(), touch.channel(), touch.campaign()));
      }
    }
    long[] conversions = journey.conversions(TouchModel.LINEAR, halfLifeMicros);
    long[] revenues = journey.revenues(TouchModel.LINEAR, halfLifeMicros);
    for (String model : ofChannels.models()) {
      for (int i = 0; i < conversions.length; i++) {
        var touch = journey.touches().get(i);
        long[] units =
            ofChannels.of(model, touch.channel(), ids.get(i), conversions[i], revenues[i]);
        credits.add(
            new Credit(ids.get(i), units[0], units[1])
                .row(row, model, touch.channel(), touch.campaign()));
      }
    }
    return credits;
  }

  /** What a touchpoint is given. */
  private record Credit(String touchpoint, long conversions, long revenue) {
    private Row row(Row journey, String model, String channel, String campaign) {
      return RowFactory.create(
          touchpoint,
          journey.getAs(GatherTouches.JOURNEY),
          model,
          BigDecimal.valueOf(conversions, AttributionTouchpoints.CONVERSIONS_SCALE),
          BigDecimal.valueOf(revenue, MONEY_SCALE),
          journey.getAs(GatherTouches.CONVERSION),
          journey.getAs(GatherTouches.CUSTOMER),
          channel,
          campaign);
    }
  }
}
