package io.itinera.core.sample;

import io.itinera.core.sample.Catalogue.Product;
import io.itinera.core.sample.Device.Model;
import io.itinera.core.sample.Visit.Identity;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** One line of Google Analytics' export to BigQuery; 64-bit numbers are strings there. */
record WebLine(Person person, Visit visit, Web.Event event) {

  private static final String SHOP = "https://shop.example";

  String text() {
    Instant at = event.batch().at();
    JsonObject line = new JsonObject();
    addEvent(line, at);
    addVisitor(line, at);
    if (opensSession() && visit.origin().isTagged()) {
      line.object("collected_traffic_source", source());
    }
    return line.text("stream_id", "2100450278")
        .text("platform", "WEB")
        .object("ecommerce", ecommerce())
        .array("items", items())
        .text("batch_event_index", Integer.toString(event.index()))
        .text("batch_page_id", Long.toString(at.toEpochMilli()))
        .text("batch_ordering_id", Integer.toString(event.index()))
        .end();
  }

  private void addEvent(JsonObject line, Instant at) {
    LocalDate day = at.atZone(SampleRules.ZONE).toLocalDate();
    line.text("event_date", DateTimeFormatter.BASIC_ISO_DATE.format(day))
        .text("event_timestamp", Long.toString(Web.micros(at)))
        .text("event_name", event.name())
        .array("event_params", parameters())
        .text("event_bundle_sequence_id", Long.toString(event.batch().bundle()));
  }

  private void addVisitor(JsonObject line, Instant at) {
    Device device = visit.device();
    line.text("user_id", event.signedIn() ? person.ids().account() : null)
        .text("user_pseudo_id", isRefused() ? null : device.cookie())
        .object("privacy_info", consent())
        .text("user_first_touch_timestamp", isRefused() ? null : device.firstTouch() + "000000")
        .object("device", device(at))
        .object("geo", geo())
        .object("traffic_source", firstSource());
  }

  private boolean isRefused() {
    return visit.identity() == Identity.REFUSED;
  }

  private boolean opensSession() {
    return event.name().equals("session_start") || event.name().equals("page_view");
  }

  private boolean isServerSide() {
    return event.name().equals("refund");
  }

  private List<JsonObject> parameters() {
    List<JsonObject> parameters = new ArrayList<>();
    parameters.add(
        text("page_location", SHOP + path() + (opensSession() ? visit.origin().query() : "")));
    if (opensSession() && visit.origin().referrer() != null) {
      parameters.add(text("page_referrer", visit.origin().referrer()));
    }
    if (!isRefused() && !isServerSide()) {
      parameters.add(number("ga_session_id", visit.sessionId()));
      parameters.add(number("ga_session_number", visit.number()));
      parameters.add(number("engagement_time_msec", event.batch().bundle() % 9_000));
    }
    if (event.name().equals("add_to_cart") || event.name().equals("begin_checkout")) {
      long bundle = event.batch().bundle();
      parameters.add(number("load_milliseconds", CartSpeed.milliseconds(visit, bundle)));
    }
    if (event.order() != null) {
      parameters.add(text("transaction_id", event.order().id()));
      parameters.add(text("currency", "EUR"));
      JsonObject value =
          new JsonObject().literal("double_value", Catalogue.amount(event.order().cents()));
      parameters.add(new JsonObject().text("key", "value").object("value", value));
    }
    return parameters;
  }

  private String path() {
    return switch (event.name()) {
      case "view_item", "add_to_cart" -> "/p/" + event.product().sku();
      case "begin_checkout" -> "/checkout";
      case "purchase", "refund" -> "/checkout/done";
      case "login" -> "/account/login";
      default -> visit.origin().campaign() == null ? "/" : "/sale";
    };
  }

  private static JsonObject text(String key, String value) {
    return new JsonObject()
        .text("key", key)
        .object("value", new JsonObject().text("string_value", value));
  }

  private static JsonObject number(String key, long value) {
    JsonObject number = new JsonObject().text("int_value", Long.toString(value));
    return new JsonObject().text("key", key).object("value", number);
  }

  private JsonObject consent() {
    String given = isRefused() ? "No" : "Yes";
    return new JsonObject()
        .text("analytics_storage", given)
        .text("ads_storage", given)
        .text("uses_transient_token", isRefused() ? "Yes" : "No");
  }

  private JsonObject device(Instant at) {
    Model model = visit.device().model();
    ZoneId zone = ZoneId.of(person.address().city().zone());
    int offset = zone.getRules().getOffset(at).getTotalSeconds();
    return new JsonObject()
        .text("category", model.category())
        .text("mobile_brand_name", model.brand())
        .text("operating_system", model.system())
        .text("operating_system_version", model.version())
        .text("language", "de-de")
        .text("is_limited_ad_tracking", "No")
        .text("time_zone_offset_seconds", Integer.toString(offset))
        .object("web_info", new JsonObject().text("browser", model.browser()));
  }

  private JsonObject geo() {
    City city = person.address().city();
    return new JsonObject()
        .text("continent", "Europe")
        .text("country", city.country())
        .text("region", isRefused() ? null : city.region())
        .text("city", isRefused() ? null : city.name());
  }

  private JsonObject firstSource() {
    boolean searched = visit.device().firstTouch() % 3 == 0;
    return new JsonObject()
        .text("name", searched ? "(organic)" : "(direct)")
        .text("medium", searched ? "organic" : "(none)")
        .text("source", searched ? "google" : "(direct)");
  }

  private JsonObject source() {
    return new JsonObject()
        .text("manual_campaign_name", visit.origin().campaign())
        .text("manual_source", visit.origin().source())
        .text("manual_medium", visit.origin().medium())
        .text("gclid", visit.origin().gclid());
  }

  private JsonObject ecommerce() {
    JsonObject ecommerce = new JsonObject();
    Web.Order order = event.order();
    if (order == null) {
      return ecommerce;
    }
    String amount = Catalogue.amount(order.cents());
    return ecommerce
        .text("total_item_quantity", Integer.toString(order.quantity()))
        .text("unique_items", "1")
        .literal(isServerSide() ? "refund_value" : "purchase_revenue", amount)
        .text("transaction_id", order.id());
  }

  private List<JsonObject> items() {
    Product product = event.product();
    if (product == null) {
      return List.of();
    }
    JsonObject item =
        new JsonObject()
            .text("item_id", product.sku())
            .text("item_name", product.name())
            .text("item_category", product.category());
    if (event.order() != null) {
      long quantity = event.order().quantity();
      item.literal("price", Catalogue.amount(event.order().cents() / quantity))
          .text("quantity", Long.toString(quantity));
    }
    return List.of(item);
  }
}
