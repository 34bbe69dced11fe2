package io.itinera.core.map;

import io.itinera.core.pattern.SafePattern;
import io.itinera.core.pattern.TooHardException;
import io.itinera.core.rule.Identifier;
import io.itinera.core.rule.Texts;
import io.itinera.core.table.RejectionReason;
import java.io.Serializable;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Brings identifiers into one spelling, and leaves out those that name nobody.
 *
 * @param nobody values, in small letters, that name nobody
 * @param region ISO 3166 country in which telephone numbers without a country code are read
 */
record NormaliseIdentifiers(Set<String> nobody, String region) implements Serializable {

  static final String EMAIL = "email";
  static final String PHONE = "phone";

  private static final int LONGEST = 1000;

  /** Every two identifiers of a record are an edge: a list of thousands would be millions. */
  private static final int MOST = 100;

  // Possessive, because a text of thousands of dots would else overflow the stack of its task.
  private static final SafePattern PLAUSIBLE_EMAIL =
      SafePattern.of("^[^@\\s\"<>(),;:]{1,64}@[^@\\s\"<>(),;:.]+(\\.[^@\\s\"<>(),;:.]++)++$");

  private static final Set<String> ALWAYS_PLACEHOLDERS = Set.of("test@test.com");
  private static final String ZEROS = "0.,:/+_-";

  static NormaliseIdentifiers of(Set<String> placeholders, String region) {
    Set<String> nobody = new HashSet<>(placeholders);
    nobody.addAll(ALWAYS_PLACEHOLDERS);
    return new NormaliseIdentifiers(nobody, region);
  }

  /** All identifiers of {@code block}, sorted by type and value, each once. */
  List<Identifier> identifiers(BlockValues block) {
    return sorted(block.identifierTypes(), block::identifier);
  }

  /** Those that the vendor says are the same person's, in the same form. */
  List<Identifier> merged(BlockValues block) {
    return sorted(block.mergedTypes(), block::merged);
  }

  /** Whether a value is longer than any identifier: cutting it short would link strangers. */
  static boolean isAnyTooLong(BlockValues block) {
    for (String type : block.identifierTypes()) {
      // Several values in one text are as long as all of them.
      if (block.identifier(type) instanceof String text && Texts.length(text) > LONGEST) {
        return true;
      }
    }
    return false;
  }

  /** A fault where a record names more identifiers than any person has; else null. */
  static Fault tooMany(List<Identifier> identifiers) {
    return identifiers.size() <= MOST
        ? null
        : new Fault(
            RejectionReason.MANY_IDENTIFIERS,
            "It names more than %d identifiers, which no person has.".formatted(MOST));
  }

  private List<Identifier> sorted(Set<String> types, Function<String, Object> values) {
    TreeSet<Identifier> all = new TreeSet<>();
    for (String type : types) {
      Object value = values.apply(type);
      if (value instanceof Collection<?> several) {
        several.forEach(item -> add(type, (String) item, all));
      } else {
        add(type, (String) value, all);
      }
    }
    return List.copyOf(all);
  }

  private void add(String type, String text, Set<Identifier> all) {
    if (text == null) {
      return;
    }
    String clean = clean(text);
    if (namesNobody(clean)) {
      return;
    }
    String value =
        switch (type) {
          case EMAIL -> plausible(clean.toLowerCase(Locale.ROOT));
          case PHONE -> PhoneNumbers.e164(clean, region);
          default -> clean;
        };
    if (value != null && (value.equals(clean) || !namesNobody(value))) {
      all.add(new Identifier(type, value));
    }
  }

  /** A telephone number in E.164, null if it is none. */
  String phone(String text) {
    return text == null ? null : PhoneNumbers.e164(clean(text), region);
  }

  /** An e-mail address in lower case, null if it cannot be one. */
  static String email(String text) {
    return text == null ? null : plausible(clean(text).toLowerCase(Locale.ROOT));
  }

  private static String plausible(String address) {
    try {
      return PLAUSIBLE_EMAIL.isIn(address) ? address : null;
    } catch (TooHardException e) {
      // Then nobody's mail goes there.
      return null;
    }
  }

  /** Composed, without signs that nobody sees, and without blanks around it. */
  static String clean(String text) {
    return Texts.stripped(withoutControls(composed(text)));
  }

  private static String composed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7F) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
      }
    }
    return text;
  }

  private static String withoutControls(String text) {
    StringBuilder kept = null;
    for (int i = 0; i < text.length(); i++) {
      char sign = text.charAt(i);
      boolean isControl = sign < ' ' || sign == 0x7F;
      if (isControl && kept == null) {
        kept = new StringBuilder(text.length()).append(text, 0, i);
      } else if (!isControl && kept != null) {
        kept.append(sign);
      }
    }
    return kept == null ? text : kept.toString();
  }

  private boolean namesNobody(String value) {
    int length = Texts.length(value);
    return length < 1
        || length > LONGEST
        || isOnlyZeros(value)
        || nobody.contains(value.toLowerCase(Locale.ROOT));
  }

  private static boolean isOnlyZeros(String value) {
    for (int i = 0; i < value.length(); i++) {
      char sign = value.charAt(i);
      boolean isSpace = sign == ' ' || (sign >= '\t' && sign <= '\r');
      if (!isSpace && ZEROS.indexOf(sign) < 0) {
        return false;
      }
    }
    return true;
  }
}
