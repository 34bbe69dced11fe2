package io.itinera.core.spark;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** An expression of several clocks, whose times stand side by side until one is taken. */
public final class SeveralClocks {

  private static final String CLOCKS = "named_struct(";

  private SeveralClocks() {}

  /**
   * One expression for the times of several clocks, the best first, each named after the first
   * field that it looks at.
   */
  public static String expression(List<String> expressions) {
    List<String> fields = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String text : expressions) {
      String name = Expressions.firstField(text).orElse("clock");
      String own = names.add(name) ? name : name + "_" + (fields.size() + 1);
      fields.add("'%s', (%s\n)".formatted(own.replaceAll("['\\\\]", ""), text));
    }
    return fields.size() == 1
        ? expressions.get(0)
        : CLOCKS + "%s)".formatted(String.join(", ", fields));
  }

  /** Whether {@code expression} is what {@link #expression} made of several. */
  static boolean areIn(String expression) {
    return expression.startsWith(CLOCKS);
  }
}
