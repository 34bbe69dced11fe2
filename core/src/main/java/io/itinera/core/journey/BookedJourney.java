package io.itinera.core.journey;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.unsafe.types.UTF8String;

/** A journey as refunds see it. */
interface BookedJourney {

  boolean isConverted();

  /** Orders that were bought in it. */
  Collection<Order> orders();

  /** Refunds that happened in it. */
  Collection<Refund> refunds();

  /** Is told what came back of it. */
  void book(BigDecimal amount);

  /**
   * An order as one source numbers it; another may give another order the same number.
   *
   * @param id null where a refund names none
   * @param source who told it; may be null
   */
  record Order(UTF8String id, UTF8String source) {

    private static final Comparator<UTF8String> TEXT =
        Comparator.nullsFirst(Comparator.naturalOrder());

    /** As Spark sorts them: null first. */
    static final Comparator<Order> SORTED =
        Comparator.comparing(Order::id, TEXT).thenComparing(Order::source, TEXT);
  }

  /**
   * Money that came back.
   *
   * @param order that it names
   * @param amount positive
   */
  record Refund(Order order, BigDecimal amount) {

    static final Comparator<Refund> SORTED =
        Comparator.comparing(Refund::order, Order.SORTED).thenComparing(Refund::amount);
  }

  /**
   * Books each refund to the journey of which it is.
   *
   * <p>A refund is of the journey in which its order was bought, the first if lines of the order
   * were bought in several, whether that was before or after it: that of its own source, else one
   * that another source numbers so, since the till may give back what the web shop sold. One that
   * names no order, or none of the customer's, is of the last converted journey before the one in
   * which it happened; where there is none, of the one in which it happened. So each refund is of
   * exactly one journey of its customer, and sums over journeys and over customers are the same.
   *
   * @param journeys all that a customer has, in their order
   */
  static void bookAll(List<? extends BookedJourney> journeys) {
    Map<Order, BookedJourney> sales = new HashMap<>();
    Map<UTF8String, BookedJourney> ofAnySource = new HashMap<>();
    for (BookedJourney journey : journeys) {
      for (Order order : journey.orders()) {
        sales.putIfAbsent(order, journey);
        ofAnySource.putIfAbsent(order.id(), journey);
      }
    }
    Map<BookedJourney, BigDecimal> booked = new HashMap<>();
    BookedJourney converted = null;
    for (BookedJourney journey : journeys) {
      BookedJourney otherwise = converted == null ? journey : converted;
      for (Refund refund : journey.refunds()) {
        Order order = refund.order();
        BookedJourney elsewhere = ofAnySource.getOrDefault(order.id(), otherwise);
        booked.merge(sales.getOrDefault(order, elsewhere), refund.amount(), BigDecimal::add);
      }
      converted = journey.isConverted() ? journey : converted;
    }
    journeys.forEach(journey -> journey.book(booked.getOrDefault(journey, BigDecimal.ZERO)));
  }
}
