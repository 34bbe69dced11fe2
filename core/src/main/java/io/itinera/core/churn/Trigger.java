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

import io.itinera.core.value.ReasonWords;
import io.itinera.core.value.ReasonWords.Phrase;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A side of what customers do, with all numbers that tell of it: they change together. */
enum Trigger {
  SILENCE {
    @Override
    String text(double[] customer, ReasonWords words) {
      double days = DAYS_SINCE_ORDER.of(customer);
      double repeats = ORDERS.of(customer) - 1;
      double last = DAYS_SINCE_FIRST_ORDER.of(customer) - days;
      return repeats > 0
          ? words.say(Phrase.SILENCE_OF_MANY, days, last / repeats)
          : words.say(Phrase.SILENCE, days);
    }
  },
  ORDERING {
    @Override
    String text(double[] customer, ReasonWords words) {
      return ORDERS.of(customer) == 1
          ? words.say(Phrase.ORDERING_ONE)
          : words.say(Phrase.ORDERING, ORDERS.of(customer), RECENT_ORDERS.of(customer));
    }
  },
  SPEND {
    @Override
    String text(double[] customer, ReasonWords words) {
      return words.tell(Phrase.SPEND, figure("%.2f", SPEND_PER_ORDER.of(customer)));
    }
  },
  RETURN {
    @Override
    String text(double[] customer, ReasonWords words) {
      return words.count(RETURNS.of(customer), Phrase.RETURN);
    }
  },
  COMPLAINT {
    @Override
    String text(double[] customer, ReasonWords words) {
      return words.count(COMPLAINTS.of(customer), Phrase.COMPLAINT);
    }
  },
  SERVICE {
    @Override
    String text(double[] customer, ReasonWords words) {
      return words.count(SERVICE_CONTACTS.of(customer), Phrase.SERVICE);
    }
  },
  ACTIVITY {
    @Override
    String text(double[] customer, ReasonWords words) {
      return words.tell(
          Phrase.ACTIVITY,
          figure("%.0f", ACTIVE_DAYS.of(customer)),
          figure("%.1f", EARLIER_ACTIVE_DAYS.of(customer)));
    }
  },
  INTEREST {
    @Override
    String text(double[] customer, ReasonWords words) {
      return words.tell(
          Phrase.INTEREST,
          words.count(PRODUCT_VIEWS.of(customer), Phrase.VIEWS),
          words.count(CARTS.of(customer), Phrase.CARTS));
    }
  },
  MAIL {
    @Override
    String text(double[] customer, ReasonWords words) {
      return words.count(MAILS_READ.of(customer), Phrase.MAIL);
    }
  },
  CHANNELS {
    @Override
    String text(double[] customer, ReasonWords words) {
      return words.say(
          Phrase.CHANNELS,
          100 * WEB_SHARE.of(customer),
          100 * APP_SHARE.of(customer),
          100 * STORE_SHARE.of(customer));
    }
  };

  /** What a marketer reads of a customer. */
  abstract String text(double[] customer, ReasonWords words);

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

  private static String figure(String format, double figure) {
    return String.format(Locale.ROOT, format, figure);
  }
}
