package io.itinera.core.churn;

import static io.itinera.core.churn.Behaviour.ACTIVE_DAYS;
import static io.itinera.core.churn.Behaviour.APP_SHARE;
import static io.itinera.core.churn.Behaviour.CARTS;
import static io.itinera.core.churn.Behaviour.COMPLAINTS;
import static io.itinera.core.churn.Behaviour.DAYS_SINCE_FIRST_ORDER;
import static io.itinera.core.churn.Behaviour.DAYS_SINCE_ORDER;
import static io.itinera.core.churn.Behaviour.EARLIER_ACTIVE_DAYS;
import static io.itinera.core.churn.Behaviour.MAILS_READ;
import static io.itinera.core.churn.Behaviour.ORDERS;
import static io.itinera.core.churn.Behaviour.PRODUCT_VIEWS;
import static io.itinera.core.churn.Behaviour.RECENT_ORDERS;
import static io.itinera.core.churn.Behaviour.RETURNS;
import static io.itinera.core.churn.Behaviour.SERVICE_CONTACTS;
import static io.itinera.core.churn.Behaviour.SPEND_PER_ORDER;
import static io.itinera.core.churn.Behaviour.STORE_SHARE;
import static io.itinera.core.churn.Behaviour.WEB_SHARE;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A side of what customers do, with all numbers that tell of it: they change together. */
enum Trigger {
  SILENCE {
    @Override
    String text(double[] customer) {
      double repeats = ORDERS.of(customer) - 1;
      double last = DAYS_SINCE_FIRST_ORDER.of(customer) - DAYS_SINCE_ORDER.of(customer);
      return say("no order for %.0f days", DAYS_SINCE_ORDER.of(customer))
          + (repeats > 0 ? say(", usually every %.0f", last / repeats) : "");
    }
  },
  ORDERING {
    @Override
    String text(double[] customer) {
      return ORDERS.of(customer) == 1
          ? "a single order"
          : say(
              "%.0f orders, %.0f of them in the last 90 days",
              ORDERS.of(customer), RECENT_ORDERS.of(customer));
    }
  },
  SPEND {
    @Override
    String text(double[] customer) {
      return say("%.2f spent per order", SPEND_PER_ORDER.of(customer));
    }
  },
  RETURN {
    @Override
    String text(double[] customer) {
      return counted(RETURNS.of(customer), "return") + " in the last 90 days";
    }
  },
  COMPLAINT {
    @Override
    String text(double[] customer) {
      return counted(COMPLAINTS.of(customer), "complaint") + " in the last 90 days";
    }
  },
  SERVICE {
    @Override
    String text(double[] customer) {
      return counted(SERVICE_CONTACTS.of(customer), "call or chat", "calls and chats")
          + " in the last 90 days";
    }
  },
  ACTIVITY {
    @Override
    String text(double[] customer) {
      return say(
          "%.0f days with contact in the last 28, %.1f in as many before",
          ACTIVE_DAYS.of(customer), EARLIER_ACTIVE_DAYS.of(customer));
    }
  },
  INTEREST {
    @Override
    String text(double[] customer) {
      return "%s and %s in the last 28 days"
          .formatted(
              counted(PRODUCT_VIEWS.of(customer), "product view"),
              counted(CARTS.of(customer), "cart"));
    }
  },
  MAIL {
    @Override
    String text(double[] customer) {
      return counted(MAILS_READ.of(customer), "mail") + " read in the last 90 days";
    }
  },
  CHANNELS {
    @Override
    String text(double[] customer) {
      return say(
          "%.0f %% of contacts on the web, %.0f %% in the app, %.0f %% in stores",
          100 * WEB_SHARE.of(customer),
          100 * APP_SHARE.of(customer),
          100 * STORE_SHARE.of(customer));
    }
  };

  /** What a marketer reads of a customer. */
  abstract String text(double[] customer);

  /** As in {@code model_reports}. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The numbers that tell of it; the first stands for all. */
  List<Behaviour> told() {
    return Arrays.stream(Behaviour.values()).filter(each -> each.trigger() == this).toList();
  }

  /** The same customer, had they been as usual in this. */
  double[] asUsual(double[] customer, List<Double> usual) {
    double[] other = customer.clone();
    for (Behaviour each : Behaviour.values()) {
      if (each.trigger() == this) {
        other[each.place()] = usual.get(each.place());
      }
    }
    return other;
  }

  private static String say(String text, Object... figures) {
    return String.format(Locale.ROOT, text, figures);
  }

  private static String counted(double count, String one) {
    return counted(count, one, one + "s");
  }

  private static String counted(double count, String one, String many) {
    if (count == 0) {
      return "no " + one;
    }
    return say("%.0f %s", count, count == 1 ? one : many);
  }
}
