package io.itinera.core.match;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What two records must have in common to be compared at all.
 *
 * <p>Written as parts with commas between them, all of which must agree: {@code last_name} (the
 * whole value), {@code last_name/3} (its first letters), {@code last_name/sound} (its consonants;
 * of an e-mail address what stands before the @), {@code first_name~last_name} (two values in
 * either order). A record that lacks one of them is in no block of the rule.
 *
 * @param text the rule as it is written
 * @param parts its parts
 */
public record BlockRule(String text, List<Part> parts) implements Serializable {

  private static final String SOUND = "sound";

  /**
   * One part.
   *
   * @param first place of the field
   * @param second place of the other, or -1
   * @param isSound whether only the consonants count
   * @param letters how many letters count
   */
  record Part(int first, int second, boolean isSound, int letters) implements Serializable {

    /** What of a record counts, or null if it lacks it. */
    String of(Term[] record) {
      String one = cut(record[first]);
      if (second < 0 || one == null) {
        return one;
      }
      String other = cut(record[second]);
      if (other == null) {
        return null;
      }
      return one.compareTo(other) < 0 ? one + '~' + other : other + '~' + one;
    }

    private String cut(Term term) {
      if (term == null) {
        return null;
      }
      String whole = isSound ? term.skeleton() : term.text();
      if (whole.isEmpty()) {
        return null;
      }
      return letters < whole.length() ? whole.substring(0, letters) : whole;
    }
  }

  /**
   * Reads a rule.
   *
   * @param names of all fields, by their place
   */
  public static BlockRule parse(String text, List<String> names) {
    List<Part> parts = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String[] words = part.strip().split("/", -1);
      String[] either = words[0].split("~", -1);
      boolean isSound = words.length > 1 && words[1].equals(SOUND);
      int letters = Integer.MAX_VALUE;
      if (words.length > 1 && !words[words.length - 1].equals(SOUND)) {
        letters = letters(words[words.length - 1], text);
      }
      int second = either.length > 1 ? place(either[1], names, text) : -1;
      parts.add(new Part(place(either[0], names, text), second, isSound, letters));
    }
    return new BlockRule(text, parts);
  }

  private static int letters(String word, String text) {
    if (!word.matches("[1-9][0-9]?")) {
      throw new IllegalArgumentException(
          "block '%s' has /%s, but only /sound or a number of letters from 1 to 99 may follow a field"
              .formatted(text, word));
    }
    return Integer.parseInt(word);
  }

  private static int place(String name, List<String> names, String text) {
    int place = names.indexOf(name.strip());
    if (place < 0) {
      throw new IllegalArgumentException(
          "block '%s' names '%s', which is no field; fields are %s".formatted(text, name, names));
    }
    return place;
  }

  /** Places of the fields that two records of a block agree in, or nearly. */
  Set<Integer> fields() {
    Set<Integer> fields = new TreeSet<>();
    for (Part part : parts) {
      fields.add(part.first());
      if (part.second() >= 0) {
        fields.add(part.second());
      }
    }
    return fields;
  }

  /** Number of the block that a record is in, or 0 if it is in none. */
  long key(Term[] record) {
    long key = text.hashCode() * 0x9E3779B97F4A7C15L;
    for (Part part : parts) {
      String value = part.of(record);
      if (value == null) {
        return 0;
      }
      for (int i = 0; i < value.length(); i++) {
        key = (key ^ value.charAt(i)) * 0x100000001B3L;
        key ^= key >>> 29;
      }
      key = (key ^ 0x1F) * 0x9E3779B97F4A7C15L;
      key ^= key >>> 32;
    }
    return key == 0 ? 1 : key;
  }
}
