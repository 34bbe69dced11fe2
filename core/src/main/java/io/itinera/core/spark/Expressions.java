package io.itinera.core.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.source.MappingRules;
import io.itinera.core.source.RawRecords;
import io.itinera.core.source.SourceRules;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedExtractValue;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.LambdaFunction;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.TryEval;
import org.apache.spark.sql.catalyst.expressions.UnresolvedNamedLambdaVariable;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Spark SQL expressions of a source's configuration, and what they mean here. */
public final class Expressions {

  private Expressions() {}

  /**
   * The columns that the expressions of {@code source} name, each as a path into nested fields,
   * such as {@code [context, page, url]}. Indices into arrays are left out.
   */
  public static Set<List<String>> inputs(SourceRules source) {
    Set<List<String>> paths = new LinkedHashSet<>();
    texts(source).forEach(text -> paths.addAll(inputs(text)));
    return paths;
  }

  private static Stream<String> texts(SourceRules source) {
    Stream<String> own =
        Stream.of(
                source.where(),
                source.deliveries().versionAt(),
                source.deliveries().rank(),
                source.files().explode())
            .flatMap(o -> o.stream());
    return Stream.concat(own, source.blocks().flatMap(Expressions::texts));
  }

  private static Stream<String> texts(MappingRules mapping) {
    return Stream.of(
            Stream.of(mapping.where(), mapping.recordId()).flatMap(o -> o.stream()),
            mapping.columns().values().stream(),
            mapping.identifiers().values().stream(),
            mapping.always().values().stream())
        .flatMap(texts -> texts);
  }

  /** Name of the first field that {@code text} looks at. */
  static Optional<String> firstField(String text) {
    return inputs(text).stream().findFirst().map(path -> path.get(path.size() - 1));
  }

  static Set<List<String>> inputs(String text) {
    return inputs(parse(text));
  }

  static Set<List<String>> inputs(Expression expression) {
    Set<List<String>> paths = new LinkedHashSet<>();
    collectPaths(expression, Set.of(), paths);
    return paths;
  }

  /**
   * The value of {@code text} for a record, null where it cannot be computed.
   *
   * <p>The condition around it is there for more than unreadable records: Spark moves what several
   * columns have in common out of them, and so out of their guards, but never out of a condition.
   */
  public static Column guarded(String text) {
    return guarded(parse(text), col(RawRecords.PROBLEM).isNull());
  }

  private static Column guarded(Expression expression, Column condition) {
    return when(condition, unguarded(expression));
  }

  /** The value of {@code text} over a row of a table, null where it cannot be computed. */
  public static Column over(String text) {
    return unguarded(parse(text));
  }

  /** The value of {@code expression}, null where it cannot be computed. */
  static Column unguarded(Expression expression) {
    return tried(PatternFunctions.madeSafe(expression));
  }

  /** The same of one that is safe already. */
  static Column tried(Expression safe) {
    return ExpressionUtils.column(new TryEval(safe));
  }

  /** Type of the column at {@code path}; that of text where nobody knows. */
  static DataType typeAt(StructType schema, List<String> path) {
    DataType type = schema;
    for (String name : path) {
      if (type instanceof ArrayType array) {
        // A field of each element: an array again.
        return array;
      }
      Optional<StructField> field =
          type instanceof StructType struct
              ? Stream.of(struct.fields()).filter(f -> f.name().equalsIgnoreCase(name)).findFirst()
              : Optional.empty();
      if (field.isEmpty()) {
        return DataTypes.StringType;
      }
      type = field.get().dataType();
    }
    return type;
  }

  /** The column at {@code path}. */
  static Column at(List<String> path) {
    return col(
        path.stream()
            .map(part -> "`" + part.replace("`", "``") + "`")
            .collect(Collectors.joining(".")));
  }

  /**
   * Lets {@code selection} take times that name no zone as times in {@code zone}, and values that
   * do not fit their type as null, as Spark does without ANSI mode.
   */
  static <T> T inZone(ZoneId zone, Supplier<T> selection) {
    SQLConf settings = SQLConf.get().clone();
    settings.setConfString(SQLConf.SESSION_LOCAL_TIMEZONE().key(), zone.getId());
    settings.setConfString(SQLConf.ANSI_ENABLED().key(), "false");
    return SQLConf.withExistingConf(settings, selection::get);
  }

  static Expression parse(String text) {
    return PatternFunctions.parse(text);
  }

  /**
   * What {@code parsed} says, with columns where a function of a function names some; the parser
   * takes every name there for one of its parameters.
   */
  static Expression withColumns(Expression parsed) {
    return withColumns(parsed, Set.of());
  }

  private static Expression withColumns(Expression part, Set<String> bound) {
    if (part instanceof LambdaFunction lambda) {
      return new LambdaFunction(
          withColumns(lambda.function(), with(lambda, bound)), lambda.arguments(), lambda.hidden());
    }
    if (part instanceof UnresolvedNamedLambdaVariable variable && !isBound(variable, bound)) {
      return new UnresolvedAttribute(variable.nameParts());
    }
    return part.mapChildren(child -> withColumns(child, bound));
  }

  /**
   * Whether {@code part}, of an expression {@link #withColumns with columns}, looks at a parameter
   * of a function around it.
   */
  static boolean looksAtAnElement(Expression part) {
    return looksAtAnElement(part, Set.of());
  }

  private static boolean looksAtAnElement(Expression part, Set<String> bound) {
    if (part instanceof LambdaFunction lambda) {
      return looksAtAnElement(lambda.function(), with(lambda, bound));
    }
    return part instanceof UnresolvedNamedLambdaVariable variable
        ? !isBound(variable, bound)
        : list(part.children()).stream().anyMatch(child -> looksAtAnElement(child, bound));
  }

  private static boolean isBound(UnresolvedNamedLambdaVariable variable, Set<String> bound) {
    return bound.contains(lower(variable.nameParts().head()));
  }

  private static Set<String> with(LambdaFunction lambda, Set<String> bound) {
    Set<String> inner = new HashSet<>(bound);
    list(lambda.arguments()).forEach(argument -> inner.add(lower(argument.name())));
    return inner;
  }

  private static void collectPaths(Expression part, Set<String> bound, Set<List<String>> paths) {
    if (part instanceof LambdaFunction lambda) {
      collectPaths(lambda.function(), with(lambda, bound), paths);
      return;
    }
    List<String> path = pathOf(part);
    if (path.isEmpty()) {
      list(part.children()).forEach(child -> collectPaths(child, bound, paths));
    } else if (!bound.contains(lower(path.get(0)))) {
      paths.add(path);
    }
  }

  private static List<String> pathOf(Expression part) {
    if (part instanceof UnresolvedAttribute attribute) {
      return list(attribute.nameParts());
    }
    // Inside a lambda function the parser takes every name for one of its variables.
    if (part instanceof UnresolvedNamedLambdaVariable variable) {
      return list(variable.nameParts());
    }
    if (part instanceof UnresolvedExtractValue extract) {
      List<String> outer = pathOf(extract.child());
      boolean isField =
          extract.extraction() instanceof Literal literal && literal.value() instanceof UTF8String;
      return outer.isEmpty() || !isField
          ? outer
          : Stream.concat(outer.stream(), Stream.of(extract.extraction().toString())).toList();
    }
    return List.of();
  }

  private static <T> List<T> list(Seq<T> items) {
    return List.copyOf(CollectionConverters.asJava(items));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
