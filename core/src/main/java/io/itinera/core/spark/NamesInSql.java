package io.itinera.core.spark;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.LambdaFunction;
import org.apache.spark.sql.catalyst.expressions.UnresolvedNamedLambdaVariable;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Names of columns in the text of a Spark SQL expression, and where they stand: not the parameters
 * of functions of functions, not fields of a struct, not words inside quotes.
 */
public final class NamesInSql {

  /** Offsets, counted in code points as the parser does, to names in small letters. */
  private final TreeMap<Integer, String> places = new TreeMap<>();

  private NamesInSql() {}

  /**
   * The names of columns in {@code text}, in small letters.
   *
   * @throws IllegalArgumentException if {@code text} is no expression
   */
  public static Set<String> of(String text) {
    return new TreeSet<>(found(text).places.values());
  }

  /**
   * The expression {@code text} with others in place of names.
   *
   * @param values name in small letters to the expression in its place
   */
  public static String replaced(String text, Map<String, String> values) {
    if (values.isEmpty()) {
      return text;
    }
    StringBuilder replaced = new StringBuilder(text);
    found(text)
        .places
        .descendingMap()
        .forEach(
            (place, name) -> {
              if (values.containsKey(name)) {
                replace(replaced, place, name, values.get(name));
              }
            });
    return replaced.toString();
  }

  private static NamesInSql found(String text) {
    NamesInSql names = new NamesInSql();
    names.collect(Expressions.parse(text), Set.of());
    return names;
  }

  private static void replace(StringBuilder text, int place, String name, String value) {
    int start = text.offsetByCodePoints(0, place);
    String quoted = "`" + name + "`";
    // Of (name).field the parser tells where the parenthesis opens.
    while (text.charAt(start) == '(' || Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    String written = text.charAt(start) == '`' ? quoted : name;
    int end = Math.min(text.length(), start + written.length());
    if (!text.substring(start, end).equalsIgnoreCase(written)) {
      throw new IllegalArgumentException(
          "uses the name %s where no value can stand; write its expression there".formatted(name));
    }
    // A comment at the value's end must not swallow what follows.
    text.replace(start, end, "(" + value + (value.contains("--") ? "\n)" : ")"));
  }

  private void collect(Expression part, Set<String> bound) {
    if (part instanceof LambdaFunction lambda) {
      Set<String> inner = new HashSet<>(bound);
      list(lambda.arguments()).forEach(argument -> inner.add(lower(argument.name())));
      collect(lambda.function(), inner);
      return;
    }
    if (part instanceof UnresolvedAttribute column) {
      add(part, column.nameParts().head(), bound);
    } else if (part instanceof UnresolvedNamedLambdaVariable variable) {
      // Inside a function of a function the parser takes every name for a parameter.
      add(part, variable.nameParts().head(), bound);
    }
    list(part.children()).forEach(child -> collect(child, bound));
  }

  private void add(Expression part, String name, Set<String> bound) {
    if (!bound.contains(lower(name)) && part.origin().startIndex().isDefined()) {
      places.put((Integer) part.origin().startIndex().get(), lower(name));
    }
  }

  private static <T> List<T> list(Seq<T> items) {
    return List.copyOf(CollectionConverters.asJava(items));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
