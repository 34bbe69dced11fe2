package io.itinera.core.value;

import java.io.Serializable;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How it is told in one language why somebody may order nothing.
 *
 * @param phrases turns of phrase; one that is missing is English
 */
public record ReasonWords(Map<Phrase, String> phrases) implements Serializable {

  /** English. */
  public static final ReasonWords ENGLISH = new ReasonWords(Map.of());

  private static final long serialVersionUID = 1;

  /**
   * A turn of phrase; {@code {0}}, {@code {1}} stand for what it is about. Those of none and of one
   * are told as those of many where a language does not have them.
   */
  public enum Phrase {
    SILENCE("no order for {0} days"),
    SILENCE_OF_MANY("no order for {0} days, usually every {1}"),
    ORDERING("{0} orders, {1} of them in the last 90 days"),
    ORDERING_ONE("a single order"),
    FEW_ORDERS("only {0} orders, {1} are usual of those who come back"),
    FEW_ORDERS_ONE("a single order, {1} are usual of those who come back"),
    SPEND("{0} spent per order"),
    RETURN("{0} returns in the last 90 days"),
    RETURN_ONE("1 return in the last 90 days"),
    RETURN_NONE("no return in the last 90 days"),
    COMPLAINT("{0} complaints in the last 90 days"),
    COMPLAINT_ONE("1 complaint in the last 90 days"),
    COMPLAINT_NONE("no complaint in the last 90 days"),
    SERVICE("{0} calls and chats in the last 90 days"),
    SERVICE_ONE("1 call or chat in the last 90 days"),
    SERVICE_NONE("no call or chat in the last 90 days"),
    ACTIVITY("{0} days with contact in the last 28, {1} in as many before"),
    INTEREST("{0} and {1} in the last 28 days"),
    VIEWS("{0} product views"),
    VIEWS_ONE("1 product view"),
    VIEWS_NONE("no product view"),
    CARTS("{0} carts"),
    CARTS_ONE("1 cart"),
    CARTS_NONE("no cart"),
    MAIL("{0} mails read in the last 90 days"),
    MAIL_ONE("1 mail read in the last 90 days"),
    MAIL_NONE("no mail read in the last 90 days"),
    CHANNELS("{0} % of contacts on the web, {1} % in the app, {2} % in stores");

    private final String english;

    Phrase(String english) {
      this.english = english;
    }

    /** As in settings. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public ReasonWords {
    phrases = Collections.unmodifiableMap(new TreeMap<>(phrases));
  }

  /** A phrase about whole numbers. */
  public String say(Phrase phrase, double... numbers) {
    String[] told = new String[numbers.length];
    for (int i = 0; i < told.length; i++) {
      told[i] = String.format(Locale.ROOT, "%.0f", numbers[i]);
    }
    return tell(phrase, told);
  }

  /** A phrase about {@code values}. */
  public String tell(Phrase phrase, String... values) {
    String said = phrases.getOrDefault(phrase, phrase.english);
    for (int i = 0; i < values.length; i++) {
      said = said.replace("{" + i + "}", values[i]);
    }
    return said;
  }

  /** A phrase about so many. */
  public String count(double count, Phrase many) {
    Phrase form = many;
    if (count == 0) {
      form = Phrase.valueOf(many.name() + "_NONE");
    } else if (count == 1) {
      form = Phrase.valueOf(many.name() + "_ONE");
    }
    boolean isOnlyOfMany = !phrases.containsKey(form) && phrases.containsKey(many);
    return say(isOnlyOfMany ? many : form, count);
  }
}
