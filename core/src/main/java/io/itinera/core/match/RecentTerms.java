package io.itinera.core.match;

/** Terms that were made of texts lately: some thousands of each field, however many there are. */
final class RecentTerms {

  private static final int SLOTS = 1 << 14;

  private final Known[][] slots;

  /** What a text became; null if it says nothing. */
  record Known(String text, Term term) {}

  RecentTerms(int fields) {
    slots = new Known[fields][SLOTS];
  }

  /** What {@code text} became, or null if that is not known any more. */
  Known find(int field, String text) {
    Known known = slots[field][place(text)];
    return known != null && known.text().equals(text) ? known : null;
  }

  Term keep(int field, String text, Term term) {
    slots[field][place(text)] = new Known(text, term);
    return term;
  }

  private static int place(String text) {
    int hash = text.hashCode() * 0x9E3779B9;
    return hash >>> 18;
  }
}
