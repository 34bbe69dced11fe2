package io.itinera.core.attribution;

import io.itinera.core.attribution.Lines.Target;
import io.itinera.core.attribution.TouchedJourney.Touch;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;

/**
 * Sums up what models of channels give to the touches of converted journeys. What comes out grows
 * with channels and campaigns, not with journeys.
 */
record SumCredits(double halfLifeMicros, ChannelCredit credit)
    implements MapPartitionsFunction<Row, Row> {

  private static final long serialVersionUID = 1L;

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    List<String> models = List.copyOf(credit.models());
    Map<Target, CreditSums> sums = new TreeMap<>(Target.ORDER);
    while (rows.hasNext()) {
      Row row = rows.next();
      TouchedJourney journey = EndedJourneys.journey(row);
      if (journey.size() > 0) {
        List<String> ids = EndedJourneys.touches(row);
        long[] conversions = journey.conversions(TouchModel.LINEAR, halfLifeMicros);
        long[] revenues = journey.revenues(TouchModel.LINEAR, halfLifeMicros);
        for (int i = 0; i < conversions.length; i++) {
          Touch touch = journey.touches().get(i);
          Target target = new Target(touch.channel(), touch.campaign());
          sums.computeIfAbsent(target, found -> new CreditSums(models))
              .add(credit, target, ids.get(i), conversions[i], revenues[i]);
        }
      }
    }
    return sums.entrySet().stream().map(sum -> sum.getValue().row(sum.getKey())).iterator();
  }
}
