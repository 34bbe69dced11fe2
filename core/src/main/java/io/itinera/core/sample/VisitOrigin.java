package io.itinera.core.sample;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Where a visit to the web shop comes from, as Google Analytics names it.
 *
 * @param campaign null where there is none
 * @param referrer null where there is none
 * @param gclid click id of Google Ads, null elsewhere
 */
record VisitOrigin(String source, String medium, String campaign, String referrer, String gclid) {

  private static final String GOOGLE = "https://www.google.com/";

  private static final VisitOrigin DIRECT = new VisitOrigin("(direct)", "(none)", null, null, null);
  private static final VisitOrigin SEARCH =
      new VisitOrigin("google", "organic", null, GOOGLE, null);
  private static final VisitOrigin BLOG =
      new VisitOrigin("testblog.example", "referral", null, "https://testblog.example/best", null);

  static VisitOrigin newsletter(String campaign) {
    return new VisitOrigin("newsletter", "email", campaign, null, null);
  }

  static VisitOrigin pick(PlantedKind kind, LocalDate day, Dice dice) {
    Optional<String> sale = Season.sale(day);
    boolean hunts = kind == PlantedKind.BARGAIN_HUNTER;
    double share = dice.share();
    if (sale.isPresent() && share < (hunts ? 0.75 : 0.3)) {
      return advert(sale.get(), hunts, dice);
    }
    if (hunts && share < 0.4) {
      return new VisitOrigin(
          "dealfinder", "affiliate", "coupons", "https://dealfinder.example/", null);
    }
    if (share < 0.45) {
      return SEARCH;
    }
    if (share < 0.55) {
      return kind == PlantedKind.ONLINE_RESEARCHER ? BLOG : advert("brand", false, dice);
    }
    return kind == PlantedKind.ONLINE_RESEARCHER && dice.chance(0.4) ? SEARCH : DIRECT;
  }

  private static VisitOrigin advert(String campaign, boolean hunts, Dice dice) {
    if (dice.chance(hunts ? 0.3 : 0.6)) {
      String gclid = "Cj0KCQ" + Long.toString(dice.bits() >>> 4, 36);
      return new VisitOrigin("google", "cpc", campaign, GOOGLE, gclid);
    }
    return hunts && dice.chance(0.6)
        ? new VisitOrigin("dealfinder", "affiliate", campaign, "https://dealfinder.example/", null)
        : new VisitOrigin("instagram", "paid_social", campaign, "https://l.instagram.com/", null);
  }

  boolean isTagged() {
    return !medium.equals("(none)");
  }

  /** The query of the landing page's address. */
  String query() {
    if (campaign == null) {
      return "";
    }
    String tags =
        "?utm_source=%s&utm_medium=%s&utm_campaign=%s".formatted(source, medium, campaign);
    return gclid == null ? tags : tags + "&gclid=" + gclid;
  }
}
