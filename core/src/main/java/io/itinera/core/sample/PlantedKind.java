package io.itinera.core.sample;

import java.util.Locale;

/** The planted kinds of people; all numbers are means over 90 days. */
enum PlantedKind {
  /** Buys often and little in the store, with a loyalty card. */
  STORE_REGULAR,
  /** Looks at much on the web and buys seldom, but at high value. */
  ONLINE_RESEARCHER,
  /** Comes with campaigns, buys cheap things and returns some. */
  BARGAIN_HUNTER,
  /** Opens every newsletter and buys from it. */
  NEWSLETTER_FAN,
  /** Calls, complains, returns and leaves. */
  COMPLAINER,
  /** Looks around and never says who it is. */
  VISITOR;

  /**
   * Visits and orders.
   *
   * @param visits visits to the web shop that do not buy
   * @param webOrders orders in the web shop
   * @param webBasket mean value of one, EUR
   * @param storeOrders receipts in a store
   * @param storeBasket mean value of one, EUR
   * @param subscribed share with the newsletter
   */
  record Habits(
      double visits,
      double webOrders,
      double webBasket,
      double storeOrders,
      double storeBasket,
      double subscribed) {}

  /**
   * How they answer.
   *
   * @param opens share of newsletters opened
   * @param clicks share of opened newsletters clicked
   * @param calls calls without a complaint
   * @param complaints complaints
   * @param refunds share of orders given back
   */
  record Manners(double opens, double clicks, double calls, double complaints, double refunds) {}

  Habits habits() {
    return switch (this) {
      case STORE_REGULAR -> new Habits(0.8, 0.1, 60, 9.0, 38, 0.1);
      case ONLINE_RESEARCHER -> new Habits(3.6, 1.1, 240, 0.2, 60, 0.25);
      case BARGAIN_HUNTER -> new Habits(0.7, 2.0, 24, 0.6, 18, 0.5);
      case NEWSLETTER_FAN -> new Habits(0.3, 0.3, 75, 0.5, 50, 1.0);
      case COMPLAINER -> new Habits(0.7, 1.1, 85, 0.6, 60, 0.25);
      case VISITOR -> new Habits(1.0, 0.0, 0, 0.0, 0, 0.0);
    };
  }

  Manners manners() {
    return switch (this) {
      case STORE_REGULAR -> new Manners(0.2, 0.03, 0.15, 0.0, 0.02);
      case ONLINE_RESEARCHER -> new Manners(0.3, 0.04, 0.15, 0.0, 0.05);
      case BARGAIN_HUNTER -> new Manners(0.4, 0.06, 0.1, 0.0, 0.18);
      case NEWSLETTER_FAN -> new Manners(0.93, 0.38, 0.1, 0.0, 0.04);
      case COMPLAINER -> new Manners(0.2, 0.02, 1.8, 2.4, 0.5);
      case VISITOR -> new Manners(0.0, 0.0, 0.0, 0.0, 0.0);
    };
  }

  boolean isKnown() {
    return this != VISITOR;
  }

  /** The name as the truth has it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind at {@code share}, from 0 to 1, of a company of which a third is visitors. */
  static PlantedKind at(double share) {
    if (share < 0.167) {
      return STORE_REGULAR;
    }
    if (share < 0.300) {
      return ONLINE_RESEARCHER;
    }
    if (share < 0.434) {
      return BARGAIN_HUNTER;
    }
    if (share < 0.567) {
      return NEWSLETTER_FAN;
    }
    return share < 0.667 ? COMPLAINER : VISITOR;
  }
}
