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
  Collection<UTF8String> orders();

  /** Refunds that happened in it. */
  Collection<Refund> refunds();

  /** Is told what came back of it. */
  void book(BigDecimal amount);

  /**
   * Money that came back.
   *
   * @param order that it names; may be null
   * @param amount positive
   */
  record Refund(UTF8String order, BigDecimal amount) {

    /** As Spark sorts them: null first. */
    static final Comparator<Refund> ORDER =
        Comparator.comparing(
                Refund::order, Comparator.<UTF8String>nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Refund::amount);
  }

  /**
   * Books each refund to the journey of which it is.
   *
   * <p>A refund is of the journey in which its order was bought, the first if lines of the order
   * were bought in several, whether that was before or after it. One that names no order, or none
   * of the customer's, is of the last converted journey before the one in which it happened; where
   * there is none, of the one in which it happened. So each refund is of exactly one journey of its
   * customer, and sums over journeys and over customers are the same.
   *
   * @param journeys all that a customer has, in their order
   */
  static void bookAll(List<? extends BookedJourney> journeys) {
    Map<UTF8String, BookedJourney> sales = new HashMap<>();
    for (BookedJourney journey : journeys) {
      journey.orders().forEach(order -> sales.putIfAbsent(order, journey));
    }
    Map<BookedJourney, BigDecimal> booked = new HashMap<>();
    BookedJourney converted = null;
    for (BookedJourney journey : journeys) {
      BookedJourney otherwise = converted == null ? journey : converted;
      for (Refund refund : journey.refunds()) {
        booked.merge(
            sales.getOrDefault(refund.order(), otherwise), refund.amount(), BigDecimal::add);
      }
      converted = journey.isConverted() ? journey : converted;
    }
    journeys.forEach(journey -> journey.book(booked.getOrDefault(journey, BigDecimal.ZERO)));
  }
}
