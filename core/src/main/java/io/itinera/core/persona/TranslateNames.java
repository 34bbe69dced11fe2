package io.itinera.core.persona;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts names of personas, as the tables have them, into another language. */
public final class TranslateNames {

  private static final List<Phrase> TRAITS =
      List.of(Phrase.MANY, Phrase.FEW, Phrase.HIGH, Phrase.LOW, Phrase.NONE);

  /** Of several personas of one name, those behind the first. */
  private static final Pattern NUMBERED = Pattern.compile("(.*?)( \\(\\d+\\))?");

  private final Map<String, String> known = new TreeMap<>();
  private final PersonaWords from;
  private final PersonaWords into;

  /**
   * @param features all that there are
   */
  public TranslateNames(PersonaWords from, PersonaWords into, Set<String> features) {
    this.from = from;
    this.into = into;
    known.put(key(from.say(Phrase.AVERAGE_NAME)), into.say(Phrase.AVERAGE_NAME));
    for (String feature : features) {
      for (Phrase trait : TRAITS) {
        known.put(
            key(from.say(trait, from.feature(feature))), into.say(trait, into.feature(feature)));
      }
    }
    from.names()
        .forEach(
            (feature, name) -> {
              if (into.names().containsKey(feature)) {
                known.put(key(name), into.names().get(feature));
              }
            });
  }

  /** The name in the other language; empty where it is none that the words make. */
  public Optional<String> of(String name) {
    Matcher numbered = NUMBERED.matcher(name);
    if (!numbered.matches() || numbered.group(1).isEmpty()) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>();
    for (String part : parts(numbered.group(1))) {
      if (!known.containsKey(key(part))) {
        return Optional.empty();
      }
      parts.add(known.get(key(part)));
    }
    String number = numbered.group(2) == null ? "" : numbered.group(2);
    return Optional.of(PersonaWords.capitalised(String.join(into.say(Phrase.AND), parts)) + number);
  }

  private List<String> parts(String name) {
    return known.containsKey(key(name))
        ? List.of(name)
        : List.of(name.split(Pattern.quote(from.say(Phrase.AND)), -1));
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
