package io.itinera.core.journey;

import io.itinera.core.spark.KeptRow;
import io.itinera.core.table.Journeys;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.unsafe.types.UTF8String;

/** What the touchpoints of one journey come to so far. */
final class Journey implements BookedJourney {

  final long startedAt;
  final Long firstSequence;
  final UTF8String firstId;
  long endedAt;
  UTF8String conversionId;
  BigDecimal revenue = BigDecimal.ZERO;
  BigDecimal refunded = BigDecimal.ZERO;
  long touchpoints;
  long sessions;
  long stageRank;
  boolean hadContactCentre;
  boolean hadComplaint;
  final Set<UTF8String> channels = new LinkedHashSet<>(4);
  final StepNames steps;

  private final boolean isStepPerSession;
  private final Set<Order> orders = new TreeSet<>(Order.SORTED);
  private final List<Refund> refunds = new ArrayList<>(0);
  private Set<UTF8String> sessionIds = new HashSet<>(4);
  private Order convertedOrder;
  private Long convertedAt;
  private long lastConvertedAt;

  /** A journey that {@code touch} begins. */
  static Journey begunBy(JourneyTouch touch, JourneyRules rules) {
    Journey journey = new Journey(touch.at(), touch.sequence(), touch.id(), rules);
    journey.add(touch);
    return journey;
  }

  /** A journey that an earlier night left without a conversion: a row of {@link Journeys}. */
  static Journey goingOn(StoredJourney stored, JourneyRules rules) {
    KeptRow row = stored.row();
    Journey journey =
        new Journey(
            row.number(Journeys.STARTED_AT),
            row.number(Journeys.FIRST_SEQUENCE),
            row.text(Journeys.FIRST_TOUCHPOINT_ID),
            rules);
    journey.endedAt = row.number(Journeys.ENDED_AT);
    journey.revenue = row.amount(Journeys.REVENUE);
    journey.touchpoints = row.number(Journeys.TOUCHPOINTS_COUNT);
    journey.sessions = row.number(Journeys.SESSIONS_COUNT);
    journey.stageRank = stored.stageRank();
    journey.hadContactCentre = row.flag(Journeys.HAD_CONTACT_CENTRE);
    journey.hadComplaint = row.flag(Journeys.HAD_COMPLAINT);
    journey.channels.addAll(row.texts(Journeys.CHANNELS));
    journey.orders.addAll(stored.orders());
    journey.refunds.addAll(stored.refunds());
    List<UTF8String> path = row.texts(Journeys.PATH);
    List<Long> instants = row.instants(Journeys.PATH_AT);
    for (int i = 0; i < path.size(); i++) {
      journey.steps.add(path.get(i), instants.get(i));
    }
    return journey;
  }

  private Journey(long startedAt, Long firstSequence, UTF8String firstId, JourneyRules rules) {
    this.startedAt = startedAt;
    this.firstSequence = firstSequence;
    this.firstId = firstId;
    this.isStepPerSession = rules.stepUnit() == JourneyRules.StepUnit.SESSION;
    this.steps = new StepNames(rules.repeats());
  }

  /** Takes the next touch. */
  void add(JourneyTouch touch) {
    count(touch);
    boolean isFirstOfSession = sessionIds.add(touch.session());
    if (isFirstOfSession) {
      sessions++;
      channels.add(touch.channel());
    }
    if (isFirstOfSession || !isStepPerSession) {
      steps.add(touch.step(), touch.at());
    }
    endedAt = Math.max(endedAt, touch.at());
    stageRank = Math.max(stageRank, touch.stageRank());
    hadContactCentre |= touch.isWithContactCentre();
    hadComplaint |= touch.isComplaint();
    if (touch.isConversion()) {
      conversionId = conversionId == null ? touch.id() : conversionId;
      convertedOrder = touch.sourcesOrder();
      convertedAt = convertedAt == null ? (Long) touch.at() : convertedAt;
      lastConvertedAt = touch.at();
    }
  }

  /** Takes a further line of an order that was bought in it, which is no touch of its own. */
  void addLine(JourneyTouch line) {
    count(line);
  }

  /** The same while no other touch has come since. */
  void endWithLine(JourneyTouch line) {
    count(line);
    endedAt = Math.max(endedAt, line.at());
  }

  private void count(JourneyTouch touch) {
    touchpoints++;
    if (touch.isBought()) {
      revenue = revenue.add(touch.value());
    }
    if (touch.buysOrder()) {
      orders.add(touch.sourcesOrder());
    }
    if (touch.isGivenBack()) {
      refunds.add(new Refund(touch.sourcesOrder(), touch.value().negate()));
    }
  }

  /** Nothing but lines of its orders comes any more. */
  void close() {
    sessionIds = Set.of();
  }

  /** Whether {@code touch} is one more conversion by the order and at the instant of its own. */
  boolean isConvertedAgainBy(JourneyTouch touch) {
    return touch.isConversion()
        && touch.order() != null
        && touch.sourcesOrder().equals(convertedOrder)
        && touch.at() == lastConvertedAt;
  }

  /** When it converted, in microseconds since 1970; null if it did not. */
  Long convertedAt() {
    return convertedAt;
  }

  /** Its refunds as tables hold them. */
  List<Refund> sortedRefunds() {
    return refunds.stream().sorted(Refund.SORTED).toList();
  }

  @Override
  public boolean isConverted() {
    return conversionId != null;
  }

  @Override
  public Set<Order> orders() {
    return orders;
  }

  @Override
  public List<Refund> refunds() {
    return refunds;
  }

  @Override
  public void book(BigDecimal amount) {
    refunded = amount;
  }
}
