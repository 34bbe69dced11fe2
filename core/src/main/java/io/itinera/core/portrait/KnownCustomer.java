package io.itinera.core.portrait;

import io.itinera.core.table.CustomerPersonas;
import io.itinera.core.table.Customers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Row;

/** Puts the rows of one customer together. */
final class KnownCustomer {

  private static final int HOURS_OF_DAY = 24;
  private static final int TWO_DIGITS = 10;
  private static final int DECADE = 10;
  private static final int ADULT = 18;

  private final String customerId;
  private final Set<String> paths = new TreeSet<>();
  private final Set<String> breakOffs = new TreeSet<>();
  private String persona;
  private Row card;
  private Long types;
  private long hours;

  /** Something of one aspect; without a text, that the aspect is known at all. */
  record Trait(Aspect aspect, String text) {}

  KnownCustomer(String customerId) {
    this.customerId = customerId;
  }

  boolean is(String id) {
    return customerId.equals(id);
  }

  /** Null for somebody without one. */
  String persona() {
    return persona;
  }

  /** Adds a row of {@link KnownCustomers}. */
  void add(Row row) {
    String named = row.getAs(CustomerPersonas.PERSONA_ID);
    Long seen = row.getAs(KnownCustomers.TYPES);
    String path = row.getAs(KnownCustomers.PATH);
    if (named != null) {
      persona = named;
    } else if (seen != null) {
      types = types == null ? seen : types | seen;
      Integer hour = row.getAs(KnownCustomers.HOUR);
      hours |= hour == null ? 0 : 1L << hour;
    } else if (path != null) {
      paths.add(path);
      String last = row.getAs(KnownCustomers.BREAK_OFF);
      if (last != null) {
        breakOffs.add(last);
      }
    } else {
      card = row;
    }
  }

  List<Trait> traits(PortraitRules rules, TypeBits bits) {
    List<Trait> traits = new ArrayList<>();
    if (card != null) {
      ofCard(traits);
    }
    if (types != null) {
      all(traits, Aspect.GOAL, bits.among(rules.goals(), types));
      all(traits, Aspect.FRUSTRATION, bits.among(rules.frustrations(), types));
    }
    some(traits, Aspect.HOUR, hours());
    some(traits, Aspect.JOURNEY, paths);
    some(traits, Aspect.BREAK_OFF, breakOffs);
    return traits;
  }

  private void ofCard(List<Trait> traits) {
    one(traits, Aspect.CHANNEL, card.getAs(Customers.FAVOURITE_CHANNEL));
    one(traits, Aspect.DEVICE, card.getAs(Customers.FAVOURITE_DEVICE));
    one(traits, Aspect.CATEGORY, card.getAs(Customers.FAVOURITE_CATEGORY));
    one(traits, Aspect.PRODUCT, card.getAs(Customers.FAVOURITE_PRODUCT_ID));
    one(traits, Aspect.WEEKDAY, card.getAs(Customers.FAVOURITE_WEEKDAY));
    one(traits, Aspect.MONTH, card.getAs(Customers.FAVOURITE_MONTH));
    one(traits, Aspect.STAGE, card.getAs(Customers.STAGE));
    Integer years = card.getAs(Customers.AGE_YEARS);
    one(traits, Aspect.AGE, years == null ? null : decade(years));
    one(traits, Aspect.GENDER, card.getAs(Customers.GENDER));
    one(traits, Aspect.CITY, card.getAs(Customers.CITY));
    one(traits, Aspect.COUNTRY, card.getAs(Customers.COUNTRY));
  }

  /** Ten years of life; those under age are told apart from those of age. */
  private static String decade(int years) {
    if (years < ADULT) {
      return "0-" + (ADULT - 1);
    }
    int from = years / DECADE * DECADE;
    return Math.max(from, ADULT) + "-" + (from + DECADE - 1);
  }

  private List<String> hours() {
    List<String> told = new ArrayList<>();
    for (int hour = 0; hour < HOURS_OF_DAY; hour++) {
      if ((hours >> hour & 1) == 1) {
        told.add((hour < TWO_DIGITS ? "0" : "") + hour);
      }
    }
    return told;
  }

  private static void one(List<Trait> traits, Aspect aspect, Object trait) {
    if (trait != null) {
      all(traits, aspect, List.of(trait.toString()));
    }
  }

  private static void some(List<Trait> traits, Aspect aspect, Collection<String> texts) {
    if (!texts.isEmpty()) {
      all(traits, aspect, texts);
    }
  }

  /** The customer has these traits, and none other of this aspect. */
  private static void all(List<Trait> traits, Aspect aspect, Collection<String> texts) {
    traits.add(new Trait(aspect, null));
    texts.forEach(text -> traits.add(new Trait(aspect, text)));
  }
}
