package io.itinera.core.spark;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.expressions.Expression;

/** All functions of our own: {@link RecordFunctions} and {@link TextFunctions}. */
public final class OwnFunctions {

  /** Their names. */
  public static final Set<String> NAMES = names();

  private OwnFunctions() {}

  /**
   * The function of that name.
   *
   * @throws IllegalArgumentException if it takes other arguments
   */
  public static Expression of(String name, List<Expression> arguments) {
    return TextFunctions.has(name)
        ? TextFunctions.of(name, arguments)
        : RecordFunctions.of(name, arguments);
  }

  private static Set<String> names() {
    Set<String> names = new TreeSet<>(RecordFunctions.NAMES);
    TextFunctions.names().forEach(names::add);
    return Set.copyOf(names);
  }
}
