package io.itinera.jobs.config;

import io.itinera.core.spark.BusinessTime;
import io.itinera.core.spark.OwnFunctions;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.RLike;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** Spark SQL in settings, checked without a session: syntax, functions, columns, patterns. */
final class SqlInSettings {

  /** The columns of a record as Spark DDL. */
  static final SettingKind<String> SCHEMA =
      new SettingKind<>(
          "columns and types, such as id STRING, amount DECIMAL(18,2)",
          "",
          value -> {
            String ddl = SettingKind.FILLED.convert().apply(value);
            columnsOf(ddl);
            return ddl;
          });

  /** A regular expression. */
  static final SettingKind<String> PATTERN =
      new SettingKind<>(
          "a regular expression",
          ".",
          value -> {
            String text = SettingKind.FILLED.convert().apply(value);
            requirePattern(text);
            return text;
          });

  /** A regular expression; an empty one matches nothing. */
  static final SettingKind<String> PATTERN_OR_NONE =
      new SettingKind<>(
          "a regular expression, or an empty text",
          "",
          value -> {
            String text = SettingKind.TEXT.convert().apply(value);
            requirePattern(text);
            return text;
          });

  /** A pattern of dates and times as Spark reads them. */
  static final SettingKind<String> TIME_FORMAT =
      new SettingKind<>(
          "a pattern of Spark's, such as dd.MM.yyyy HH:mm",
          "yyyy",
          value -> {
            String text = SettingKind.FILLED.convert().apply(value);
            try {
              var unused = DateTimeFormatter.ofPattern(text, Locale.ROOT);
            } catch (IllegalArgumentException e) {
              throw new IllegalArgumentException("is not a pattern: " + e.getMessage(), e);
            }
            return text;
          });

  private static final Set<String> PATTERN_FUNCTIONS =
      Set.of(
          "regexp_extract",
          "regexp_extract_all",
          "regexp_replace",
          "regexp_like",
          "regexp_count",
          "regexp_instr",
          "regexp_substr",
          "regexp",
          "rlike",
          "split");

  /** Functions whose arguments from this one on are regular expressions that no bounds hold. */
  private static final Map<String, Integer> UNBOUNDED =
      Map.of("str_to_map", 1, "parse_url", 2, "try_parse_url", 2);

  private static final Pattern PLAIN = Pattern.compile("[^.$|(){^?*+\\\\]*|\\\\[^0-9a-zA-Z]");

  private static final Pattern NOISE =
      Pattern.compile("^\\[[A-Z0-9_.]+] |\\s*SQLSTATE: [0-9A-Z]{5}.*$", Pattern.DOTALL);

  // Place, text and the like of any record.
  private static final String ENGINES_OWN = "_";

  private SqlInSettings() {}

  /**
   * An expression over columns of these names.
   *
   * @param columns the names there are; empty where only the files tell
   */
  static SettingKind<String> over(Optional<? extends Collection<String>> columns) {
    return new SettingKind<>(
        "a Spark SQL expression",
        "null",
        value -> {
          String text = SettingKind.FILLED.convert().apply(value);
          check(parse(text), columns);
          return text;
        });
  }

  /** An expression over columns of these names that may ask how many business hours passed. */
  static SettingKind<String> inBusinessHours(Collection<String> columns) {
    return new SettingKind<>(
        "a Spark SQL expression",
        "null",
        value -> {
          String text = SettingKind.FILLED.convert().apply(value);
          check(parse(text), Optional.of(columns), Set.of(BusinessTime.NAME));
          return text;
        });
  }

  /** A condition over columns of a row, of these names. */
  static SettingKind<String> predicateOver(Collection<String> columns) {
    return new SettingKind<>(
        "a Spark SQL predicate over a touchpoint, such as \"location = '/login'\"",
        "false",
        value -> {
          String text = over(Optional.of(columns)).convert().apply(value);
          Expression predicate = parse(text);
          if (aggregates(predicate)) {
            throw new IllegalArgumentException("must be about one touchpoint, not about many");
          }
          return text;
        });
  }

  /** An expression over columns of these names that makes one value of many rows. */
  static SettingKind<String> aggregateOver(Collection<String> columns) {
    return new SettingKind<>(
        "a Spark SQL aggregate, such as sum(orders_count)",
        "count(*)",
        value -> {
          String text = SettingKind.FILLED.convert().apply(value);
          Expression expression = parse(text);
          check(expression, Optional.of(columns));
          if (!aggregates(expression)) {
            throw new IllegalArgumentException("must be an aggregate, such as sum(orders_count)");
          }
          return text;
        });
  }

  /** An expression over columns of these names of the one row that a customer has in a table. */
  static SettingKind<String> plainOver(String table, Collection<String> columns) {
    return new SettingKind<>(
        "a Spark SQL expression over a customer's row of " + table,
        "null",
        value -> {
          String text = over(Optional.of(columns)).convert().apply(value);
          if (aggregates(parse(text))) {
            throw new IllegalArgumentException(
                "must not be an aggregate: %s has one row per customer".formatted(table));
          }
          return text;
        });
  }

  /** Names of the columns that {@code ddl} describes. */
  static Set<String> columnsOf(String ddl) {
    try {
      return new TreeSet<>(List.of(StructType.fromDDL(ddl).fieldNames()));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw mistake("a valid schema", e);
    }
  }

  private static Expression parse(String text) {
    try {
      return new CatalystSqlParser().parseExpression(text);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      // Scala does not declare that it throws ParseException.
      throw mistake("valid Spark SQL", e);
    }
  }

  private static IllegalArgumentException mistake(String what, Exception e) {
    if (e instanceof ParseException parse) {
      String plain = NOISE.matcher(parse.getSimpleMessage()).replaceAll("");
      return new IllegalArgumentException(
          "is not %s at line %s, position %s: %s"
              .formatted(
                  what, number(parse.line(), 0), number(parse.startPosition(), 1), plain.strip()),
          e);
    }
    return new IllegalArgumentException("is not " + what + ": " + e.getMessage(), e);
  }

  private static int number(Option<Object> found, int offset) {
    return found.isDefined() ? (Integer) found.get() + offset : 1;
  }

  private static void check(Expression node, Optional<? extends Collection<String>> columns) {
    check(node, columns, Set.of());
  }

  /**
   * @param others names of functions that are known here, but not everywhere
   */
  private static void check(
      Expression node, Optional<? extends Collection<String>> columns, Set<String> others) {
    if (node instanceof UnresolvedFunction call && others.contains(nameOf(call))) {
      BusinessTime.requireTwo(List.copyOf(CollectionConverters.asJava(call.arguments())));
    } else if (node instanceof UnresolvedFunction call) {
      requireKnown(call);
    } else if (node instanceof UnresolvedAttribute attribute) {
      columns.ifPresent(names -> requireColumn(attribute.nameParts().head(), names));
    } else if (node instanceof RLike like) {
      requirePattern(like.right());
    }
    CollectionConverters.asJava(node.children()).forEach(child -> check(child, columns, others));
  }

  private static void requireKnown(UnresolvedFunction call) {
    String name = nameOf(call);
    boolean isQualified = call.nameParts().size() > 1;
    boolean isOwn = OwnFunctions.NAMES.contains(name);
    boolean isKnown =
        isOwn || FunctionRegistry.builtin().functionExists(new FunctionIdentifier(name));
    if (isQualified || !isKnown) {
      throw new IllegalArgumentException(
          "unknown function "
              + call.nameParts().mkString(".")
              + NearestName.hint(name, functions()));
    }
    List<Expression> arguments = List.copyOf(CollectionConverters.asJava(call.arguments()));
    if (isOwn) {
      var unused = OwnFunctions.of(name, arguments);
    }
    requireBounded(name, arguments);
    if (PATTERN_FUNCTIONS.contains(name) && call.arguments().size() > 1) {
      requirePattern(call.arguments().apply(1));
    }
  }

  private static void requireBounded(String function, List<Expression> arguments) {
    int first = UNBOUNDED.getOrDefault(function, arguments.size());
    for (Expression argument :
        arguments.subList(Math.min(first, arguments.size()), arguments.size())) {
      boolean isPlain =
          argument instanceof Literal literal
              && PLAIN.matcher(String.valueOf(literal.value())).matches();
      if (!isPlain) {
        throw new IllegalArgumentException(
            ("%s takes %s for a regular expression and may never end on some texts; give it plain"
                    + " text in quotes, or use split or regexp_extract")
                .formatted(function, argument.sql()));
      }
    }
  }

  private static void requireColumn(String name, Collection<String> columns) {
    if (!name.startsWith(ENGINES_OWN) && columns.stream().noneMatch(name::equalsIgnoreCase)) {
      throw new IllegalArgumentException(
          "unknown column " + name + NearestName.hint(name, columns));
    }
  }

  private static void requirePattern(Expression pattern) {
    if (pattern instanceof Literal literal && literal.value() != null) {
      requirePattern(literal.value().toString());
    }
  }

  private static void requirePattern(String text) {
    try {
      Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "has a wrong regular expression %s: %s at position %d"
              .formatted(text, e.getDescription(), e.getIndex() + 1),
          e);
    }
  }

  private static boolean aggregates(Expression node) {
    return (node instanceof UnresolvedFunction call && isAggregate(nameOf(call)))
        || CollectionConverters.asJava(node.children()).stream()
            .anyMatch(SqlInSettings::aggregates);
  }

  private static boolean isAggregate(String function) {
    return FunctionRegistry.expressions()
        .get(function)
        .exists(entry -> "agg_funcs".equals(entry._1().getGroup()));
  }

  private static String nameOf(UnresolvedFunction call) {
    return call.nameParts().last().toLowerCase(Locale.ROOT);
  }

  private static Set<String> functions() {
    // The casts are syntax to Spark, but look like functions.
    Set<String> names = new TreeSet<>(Set.of("cast", "try_cast"));
    names.addAll(OwnFunctions.NAMES);
    CollectionConverters.asJava(FunctionRegistry.functionSet())
        .forEach(function -> names.add(function.funcName()));
    return names;
  }
}
