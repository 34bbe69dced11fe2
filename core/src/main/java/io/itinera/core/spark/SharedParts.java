package io.itinera.core.spark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.LambdaFunction;
import org.apache.spark.sql.catalyst.expressions.LeafExpression;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What several expressions of a source have in common, so that it is computed once for each record:
 * the value of a parameter that is looked up in a list, the path of an address. So is what a
 * function of a function would compute for each element, but the same for all of them.
 *
 * @param levels names to expressions; those of a level look at columns of the record and at the
 *     levels before
 * @param expressions the expressions, which look at these
 */
record SharedParts(List<Map<String, Expression>> levels, Map<String, Expression> expressions) {

  private static final String PREFIX = "s_part_";

  /** Elements of a list: nobody knows how many. */
  private static final int MANY = 2;

  /** Finds the parts of {@code expressions} over records of {@code schema}. */
  static SharedParts of(Map<String, Expression> expressions, StructType schema) {
    Search search = new Search(schema);
    Map<String, Expression> wholes = new LinkedHashMap<>();
    expressions.forEach((name, whole) -> wholes.put(name, Expressions.withColumns(whole)));
    wholes.values().forEach(search::addRoot);
    Map<String, Expression> rewritten = new LinkedHashMap<>();
    wholes.forEach((name, whole) -> rewritten.put(name, search.rewritten(whole)));
    return new SharedParts(search.levels, rewritten);
  }

  private static final class Search {

    private final StructType schema;
    private final Map<Expression, Integer> contexts = new HashMap<>();
    private final Set<Expression> seen = new HashSet<>();
    private final Map<Expression, String> names = new HashMap<>();
    private final Map<String, Integer> levelOf = new HashMap<>();
    private final List<Map<String, Expression>> levels = new ArrayList<>();

    private Search(StructType schema) {
      this.schema = schema;
    }

    private void addRoot(Expression whole) {
      contexts.merge(whole, 1, Integer::sum);
      add(whole, 1);
    }

    /**
     * Counts by how many different expressions each part is used.
     *
     * @param times how often at least {@code part} is computed for a record
     */
    private void add(Expression part, int times) {
      if (!seen.add(part)) {
        return;
      }
      if (part instanceof LambdaFunction lambda) {
        count(lambda.function(), MANY);
        return;
      }
      children(part).forEach(child -> count(child, times));
    }

    private void count(Expression child, int times) {
      contexts.merge(child, times, Integer::sum);
      // What is the same for all elements is a part, and what it is made of is computed once.
      add(child, Expressions.looksAtAnElement(child) ? times : 1);
    }

    private boolean isShared(Expression part) {
      return contexts.getOrDefault(part, 0) > 1
          && isWorthIt(part)
          && !Expressions.looksAtAnElement(part);
    }

    /** A column is there already, unless it is collected from the elements of a list. */
    private boolean isWorthIt(Expression part) {
      if (part instanceof UnresolvedAttribute column) {
        List<String> path = List.copyOf(CollectionConverters.asJava(column.nameParts()));
        return path.size() > 1
            && Expressions.typeAt(schema, path.subList(0, path.size() - 1)) instanceof ArrayType;
      }
      return !(part instanceof LeafExpression)
          && !(part instanceof LambdaFunction)
          && !Expressions.inputs(part).isEmpty();
    }

    private Expression rewritten(Expression part) {
      if (part instanceof LambdaFunction lambda) {
        Expression body = rewritten(lambda.function());
        return body.equals(lambda.function())
            ? part
            : new LambdaFunction(body, lambda.arguments(), lambda.hidden());
      }
      if (isShared(part)) {
        return UnresolvedAttribute.quoted(nameOf(part));
      }
      List<Expression> before = children(part);
      List<Expression> after = new ArrayList<>();
      before.forEach(child -> after.add(rewritten(child)));
      return after.equals(before) ? part : part.withNewChildren(SparkValues.seq(after));
    }

    private String nameOf(Expression part) {
      String known = names.get(part);
      if (known != null) {
        return known;
      }
      List<Expression> inner = new ArrayList<>();
      children(part).forEach(child -> inner.add(rewritten(child)));
      Expression own = inner.isEmpty() ? part : part.withNewChildren(SparkValues.seq(inner));
      int level = 0;
      for (List<String> path : Expressions.inputs(own)) {
        level = Math.max(level, 1 + levelOf.getOrDefault(path.get(0), -1));
      }
      String name = PREFIX + names.size();
      names.put(part, name);
      levelOf.put(name, level);
      while (levels.size() <= level) {
        levels.add(new LinkedHashMap<>());
      }
      levels.get(level).put(name, own);
      return name;
    }

    private static List<Expression> children(Expression part) {
      return List.copyOf(CollectionConverters.asJava(part.children()));
    }
  }
}
