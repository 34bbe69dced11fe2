package io.itinera.jobs.config;

import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What was found wrong so far; reading goes on, so that one run shows everything. */
final class Problems {

  /** Keys whose values are never shown. */
  static final Set<String> SECRETS = Set.of("id-key", "password", "token");

  private static final int SHOWN_LENGTH = 80;

  private final List<String> found = new ArrayList<>();

  /** A problem that no value stands for. */
  void add(String problem) {
    found.add(problem);
  }

  /** {@code file:line: key = value: what is allowed}. */
  void wrong(ConfigValue value, String key, String allowed) {
    add("%s: %s%s: %s".formatted(place(value.origin()), key, shown(value, key), allowed));
  }

  /** A setting that the object at {@code origin} lacks. */
  void missing(ConfigOrigin origin, String key, String allowed) {
    add("%s: %s is missing: %s".formatted(place(origin), key, allowed));
  }

  /** A problem of a whole section rather than of one of its values. */
  void section(ConfigOrigin origin, String key, String problem) {
    add("%s: %s: %s".formatted(place(origin), key, problem));
  }

  int count() {
    return found.size();
  }

  /** Fails with all problems, if there are any. */
  void throwIfAny() {
    if (!found.isEmpty()) {
      throw new ConfigProblemsException(found.stream().distinct().toList());
    }
  }

  private static String place(ConfigOrigin origin) {
    String name = origin.filename() == null ? origin.resource() : origin.filename();
    if (name != null && origin.lineNumber() > 0) {
      return name + ":" + origin.lineNumber();
    }
    // An object that several files make: the strongest of them comes first.
    String description = origin.description().replaceFirst("^merge of ", "");
    int comma = description.indexOf(',');
    String first = comma < 0 ? description : description.substring(0, comma);
    return first.replaceFirst(": ([0-9]+)$", ":$1");
  }

  private static String shown(ConfigValue value, String key) {
    // Whom somebody decided about stands in no log.
    boolean isPersonal = key.matches("itinera[.]identity[.](always|never|ignore)\\b.*");
    if (isPersonal || SECRETS.contains(key.substring(key.lastIndexOf('.') + 1))) {
      return " = (hidden)";
    }
    if (value.valueType() == ConfigValueType.OBJECT) {
      return "";
    }
    String text =
        value.valueType() == ConfigValueType.LIST
            ? value.render(ConfigRenderOptions.concise())
            : String.valueOf(value.unwrapped());
    String line = text.strip().replaceAll("\\s+", " ");
    return " = "
        + (line.length() <= SHOWN_LENGTH ? line : line.substring(0, SHOWN_LENGTH - 1) + "…");
  }
}
