package io.itinera.core.match;

import java.util.List;

/** Compares two records field by field. */
final class Compare {

  private static final double CLOSE = 0.92;
  private static final double NEAR = 0.8;

  /** A surname in an address has so many letters more, at most: mueller, shchukin. */
  private static final int OTHER_SPELLING = 2;

  private final MatchField.Kind[] kinds;
  private final int[] partners;
  private final int email;
  private final int given;
  private final int family;

  Compare(List<MatchField> fields) {
    List<String> names = fields.stream().map(MatchField::name).toList();
    kinds = fields.stream().map(MatchField::kind).toArray(MatchField.Kind[]::new);
    partners = fields.stream().mapToInt(field -> names.indexOf(field.partner())).toArray();
    email = first(MatchField.Kind.EMAIL);
    given = first(MatchField.Kind.GIVEN_NAME);
    family = first(MatchField.Kind.NAME);
  }

  private int first(MatchField.Kind kind) {
    return java.util.Arrays.asList(kinds).indexOf(kind);
  }

  /** The level of every field, {@link Level#BITS} each, the first field in the lowest. */
  long pattern(Term[] left, Term[] right) {
    long pattern = 0;
    for (int field = 0; field < kinds.length; field++) {
      pattern |= (long) level(pattern, left, right, field).code() << (Level.BITS * field);
    }
    return withoutRepetition(pattern, left, right);
  }

  /**
   * An address made from the name agrees because the name does. So where the names agree, the same
   * name at another provider says nothing more, and the same address, or nearly, says less: it has
   * levels of its own. Of an address that has no more than an initial beside the surname that holds
   * whatever the first names are, unless it is the very same.
   */
  private long withoutRepetition(long pattern, Term[] left, Term[] right) {
    Level level = email < 0 ? Level.MISSING : Level.in(pattern, email);
    if (level.code() < Level.NEAR.code() || !isRepetition(pattern, left, right)) {
      return pattern;
    }
    Level less =
        switch (level) {
          case EXACT -> Level.SAME_AS_NAMED;
          case CLOSE -> Level.CLOSE_AS_NAMED;
          default -> Level.MISSING;
        };
    long others = pattern & ~((long) (Level.COUNT - 1) << (Level.BITS * email));
    return others | ((long) less.code() << (Level.BITS * email));
  }

  private boolean isRepetition(long pattern, Term[] left, Term[] right) {
    if ((given < 0 && family < 0) || !agree(pattern, family)) {
      return false;
    }
    boolean isSame = Level.in(pattern, email) == Level.EXACT;
    return agree(pattern, given)
        ? isMadeFromName(left) && isMadeFromName(right)
        : !isSame && isMadeFromSurname(left) && isMadeFromSurname(right);
  }

  /** Whether nothing but an initial, or a number, stands beside the surname, however spelt. */
  private boolean isMadeFromSurname(Term[] record) {
    String local = record[email].skeleton();
    if (!contains(local, family, record)) {
      return false;
    }
    String surname = record[family].text();
    long letters = Fold.folded(local).chars().filter(Character::isLetter).count();
    int others = local.contains(surname) ? 1 : 1 + OTHER_SPELLING;
    return letters <= surname.length() + others;
  }

  private static boolean agree(long pattern, int field) {
    return field < 0 || Level.at(pattern, field) >= Level.CLOSE.code();
  }

  private boolean isMadeFromName(Term[] record) {
    String local = record[email].skeleton();
    return contains(local, family, record) || contains(local, given, record);
  }

  /** As it is written, or by its consonants: mueller is made from Müller, yuriy from Юрий. */
  private static boolean contains(String local, int field, Term[] record) {
    if (field < 0 || record[field] == null || record[field].text().length() <= 2) {
      return false;
    }
    if (local.contains(record[field].text())) {
      return true;
    }
    String consonants = record[field].skeleton();
    String folded = Fold.folded(local);
    return folded != null && consonants.length() > 2 && Fold.skeleton(folded).contains(consonants);
  }

  private Level level(long before, Term[] left, Term[] right, int field) {
    Level level = level(kinds[field], left[field], right[field]);
    int partner = partners[field];
    if (partner < 0 || level.code() > Level.NEAR.code()) {
      return level;
    }
    // Of two fields that may be swapped, the second one is if the first one is.
    boolean areSwapped =
        partner < field
            ? Level.in(before, partner) == Level.SWAPPED
            : areSwapped(left, right, field, partner);
    return areSwapped ? Level.SWAPPED : level;
  }

  /** Each where the other should be, or one there and the other lost. */
  private boolean areSwapped(Term[] left, Term[] right, int field, int partner) {
    boolean isThere = areAlike(field, left[field], right[partner]);
    boolean isBack = areAlike(field, left[partner], right[field]);
    if (kinds[field] == MatchField.Kind.NUMBER) {
      // One number alone is soon met in another place.
      return isThere && isBack;
    }
    return (isThere && isBack)
        || (isThere && (left[partner] == null || right[field] == null))
        || (isBack && (left[field] == null || right[partner] == null));
  }

  private boolean areAlike(int field, Term one, Term other) {
    if (one == null || other == null) {
      return false;
    }
    if (kinds[field] == MatchField.Kind.NUMBER) {
      return one.text().equals(other.text());
    }
    return one.text().equals(other.text())
        || Similarity.of(one, other, CLOSE) >= CLOSE
        || (one.script() != other.script() && one.skeleton().equals(other.skeleton()));
  }

  private static Level level(MatchField.Kind kind, Term one, Term other) {
    if (one == null || other == null) {
      return Level.MISSING;
    }
    if (one.text().equals(other.text())) {
      return one.script() == other.script() ? Level.EXACT : Level.TRANSLITERATED;
    }
    return switch (kind) {
      case GIVEN_NAME -> givenName(one, other);
      case NAME -> name(one, other);
      case NUMBER -> number(one.text(), other.text());
      case CODE -> code(one, other);
      case EMAIL -> email(one, other);
      case TEXT, COMPANY -> similar(one, other);
    };
  }

  private static Level number(String one, String other) {
    int apart = Math.abs(number(one) - number(other));
    return apart <= 1 || Similarity.isOneSlip(one, other)
        ? Level.CLOSE
        : apart <= 3 ? Level.NEAR : Level.DIFFERENT;
  }

  private static int number(String text) {
    int number = 0;
    for (int i = 0; i < text.length(); i++) {
      number = 10 * number + text.charAt(i) - '0';
    }
    return number;
  }

  private static Level givenName(Term one, Term other) {
    Level level = name(one, other);
    if (level != Level.TRANSLITERATED && haveCommon(one.nicknames(), other.nicknames())) {
      return Level.NICKNAME;
    }
    if (level != Level.DIFFERENT) {
      return level;
    }
    boolean isInitial = one.text().length() == 1 || other.text().length() == 1;
    return isInitial && one.text().charAt(0) == other.text().charAt(0)
        ? Level.NEAR
        : Level.DIFFERENT;
  }

  private static Level name(Term one, Term other) {
    if (one.skeleton().equals(other.skeleton())
        && (one.script() != other.script() || one.text().charAt(0) == other.text().charAt(0))) {
      return one.script() != other.script() ? Level.TRANSLITERATED : Level.CLOSE;
    }
    return similar(one, other);
  }

  private static Level similar(Term one, Term other) {
    double similarity = Similarity.of(one, other, NEAR);
    if (similarity >= CLOSE
        || (similarity >= NEAR
            && Math.min(one.text().length(), other.text().length()) > 2
            && Similarity.isOneSlip(one.text(), other.text()))) {
      return Level.CLOSE;
    }
    return similarity >= NEAR ? Level.NEAR : Level.DIFFERENT;
  }

  private static Level code(Term one, Term other) {
    if (Similarity.isOneSlip(one.text(), other.text())) {
      return Level.CLOSE;
    }
    return Level.DIFFERENT;
  }

  /**
   * Close where both halves of the address are, near where only what stands before the @ is: the
   * same name at another provider.
   */
  private static Level email(Term one, Term other) {
    if (Similarity.isOneSlip(one.text(), other.text())) {
      return Level.CLOSE;
    }
    double names = Similarity.ofNames(one, other, NEAR);
    if (names < NEAR) {
      return Level.DIFFERENT;
    }
    if (isSameHost(domain(one.text()), domain(other.text()))) {
      return names >= CLOSE || Similarity.isOneSlip(one.skeleton(), other.skeleton())
          ? Level.CLOSE
          : Level.DIFFERENT;
    }
    return names == 1 ? Level.NEAR : Level.DIFFERENT;
  }

  private static boolean isSameHost(String one, String other) {
    return one.equals(other)
        || Similarity.isOneSlip(one, other)
        || (one.length() > 8 && Similarity.of(one, other) >= CLOSE);
  }

  private static String domain(String address) {
    return address.substring(address.indexOf('@') + 1);
  }

  private static boolean haveCommon(int[] one, int[] other) {
    int i = 0;
    int j = 0;
    while (i < one.length && j < other.length) {
      if (one[i] == other[j]) {
        return true;
      }
      if (one[i] < other[j]) {
        i++;
      } else {
        j++;
      }
    }
    return false;
  }
}
