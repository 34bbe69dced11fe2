package io.itinera.jobs.query;

import io.itinera.jobs.process.MisuseException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry$;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTable;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableOrView;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableValuedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import scala.Product;
import scala.collection.Iterable;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Lets through what only asks. A list of what may be there, not of what may not: whatever else
 * Spark's SQL has or will have is refused.
 */
final class SqlGuard {

  /** What tells about tables and functions, or explains a query. */
  private static final Set<String> TELLING =
      Set.of(
          "DescribeColumn",
          "DescribeDeltaDetailCommand",
          "DescribeDeltaHistory",
          "DescribeFunction",
          "DescribeFunctionCommand",
          "DescribeNamespace",
          "DescribeQueryCommand",
          "DescribeRelation",
          "DescribeTableCommand",
          "ExplainCommand",
          "ShowCatalogsCommand",
          "ShowColumns",
          "ShowCreateTable",
          "ShowCurrentNamespaceCommand",
          "ShowFunctions",
          "ShowNamespaces",
          "ShowNamespacesCommand",
          "ShowPartitions",
          "ShowTableProperties",
          "ShowTables",
          "ShowTablesExtended",
          "ShowViews");

  /** What a query is made of, as it leaves the parser. */
  private static final Set<String> ASKING =
      Set.of(
          "Aggregate",
          "CTERelationDef",
          "Deduplicate",
          "Distinct",
          "Except",
          "Expand",
          "Filter",
          "Generate",
          "GlobalLimit",
          "Intersect",
          "Join",
          "LateralJoin",
          "LocalLimit",
          "LocalRelation",
          "Offset",
          "OneRowRelation",
          "PipeOperator",
          "Pivot",
          "Project",
          "Range",
          "RelationTimeTravel",
          "Repartition",
          "RepartitionByExpression",
          "ResolvedInlineTable",
          "Sample",
          "Sort",
          "SubqueryAlias",
          "Union",
          "UnresolvedFunctionName",
          "UnresolvedHaving",
          "UnresolvedHint",
          "UnresolvedInlineTable",
          "UnresolvedNamespace",
          "CurrentNamespace$",
          "UnresolvedQualify",
          "UnresolvedRelation",
          "UnresolvedSubqueryColumnAliases",
          "UnresolvedTVFAliases",
          "UnresolvedTable",
          "UnresolvedTableOrView",
          "UnresolvedTableValuedFunction",
          "UnresolvedWith",
          "Unpivot",
          "WithWindowDefinition");

  /** Functions of Spark's that reach Java, or read a file that an argument names. */
  private static final Set<String> REACHING_OUT =
      Set.of("java_method", "reflect", "try_reflect", "from_protobuf", "to_protobuf");

  /** Table functions that make rows of their arguments, or tell of a table. */
  private static final Set<String> TABLE_FUNCTIONS =
      Set.of(
          "collations",
          "explode",
          "explode_outer",
          "inline",
          "inline_outer",
          "json_tuple",
          "posexplode",
          "posexplode_outer",
          "range",
          "sql_keywords",
          "stack",
          "table_changes",
          "variant_explode",
          "variant_explode_outer");

  /** Commands that tell, as they leave the analyser. */
  private static final Pattern TOLD =
      Pattern.compile("(Show|Describe|Explain|SetCatalogAndNamespace|SetNamespace).*");

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_]+");

  /** What a tool says when it connects. */
  private static final Set<String> CHOOSING = Set.of("SetCatalogAndNamespace");

  private final String database;

  /**
   * @param database the only one whose tables may be named
   */
  SqlGuard(String database) {
    this.database = database;
  }

  /**
   * Looks at a query as a client's session sent it, which may choose the database, too.
   *
   * @throws MisuseException if it is more than a question, or reads something else than the tables
   */
  void requireQuestionOfClient(LogicalPlan parsed) {
    if (!CHOOSING.contains(parsed.getClass().getSimpleName())) {
      look(parsed);
    }
  }

  /**
   * Looks at what a client's program asks without SQL: it reads files of the warehouse and writes
   * nothing.
   */
  static void requireReading(LogicalPlan analysed, Path warehouse) {
    String name = analysed.getClass().getSimpleName();
    if (analysed instanceof Command && !TOLD.matcher(name).matches()) {
      throw refusedChange();
    }
    requireWithin(analysed, warehouse);
    for (Expression expression : CollectionConverters.asJava(analysed.expressions())) {
      requireNoProgram(expression);
    }
    for (LogicalPlan child : CollectionConverters.asJava(analysed.children())) {
      requireReading(child, warehouse);
    }
  }

  /**
   * Looks at a query as it was parsed.
   *
   * @throws MisuseException if it is more than a question, or reads something else than the tables
   */
  void requireQuestion(LogicalPlan parsed) {
    look(parsed);
  }

  /**
   * Looks at a query as it was understood: its rows come from the tables, and it still only asks.
   */
  void requireTables(LogicalPlan analysed, Path warehouse) {
    requireWithin(analysed, warehouse);
    for (Expression expression : CollectionConverters.asJava(analysed.expressions())) {
      requireTables(expression, warehouse);
    }
    for (LogicalPlan child : CollectionConverters.asJava(analysed.children())) {
      requireTables(child, warehouse);
    }
  }

  /** What a client has written in Python would run here, with what this process may. */
  private static void requireNoProgram(Expression expression) {
    if (expression.getClass().getSimpleName().startsWith("Python")) {
      throw refusedFunction(expression.prettyName());
    }
    for (Expression child : CollectionConverters.asJava(expression.children())) {
      requireNoProgram(child);
    }
  }

  private static void requireWithin(LogicalPlan analysed, Path warehouse) {
    if (analysed instanceof LogicalRelation relation
        && relation.relation() instanceof HadoopFsRelation files) {
      for (Path root : CollectionConverters.asJava(files.location().rootPaths())) {
        if (!isWithin(root, warehouse)) {
          throw refusedFile(root.toString());
        }
      }
    }
  }

  /**
   * Looks at a part of the query and at all parts of it: plans and expressions, also those that
   * Spark does not count among its children, such as the query of an EXPLAIN.
   */
  private void look(Object part) {
    if (part instanceof LogicalPlan plan) {
      requireAllowed(plan);
    } else if (part instanceof Expression expression) {
      requireAllowed(expression);
    }
    if (part instanceof Iterable<?> many) {
      many.iterator().foreach(each -> walk(each));
    } else if (part instanceof Product whole) {
      whole.productIterator().foreach(each -> walk(each));
    }
  }

  private Object walk(Object part) {
    look(part);
    return part;
  }

  private void requireAllowed(LogicalPlan plan) {
    String name = plan.getClass().getSimpleName();
    if (!ASKING.contains(name) && !TELLING.contains(name)) {
      throw refusedChange();
    }
    lookAtName(plan);
  }

  private void lookAtName(LogicalPlan plan) {
    if (plan instanceof UnresolvedRelation relation) {
      requireTable(relation.multipartIdentifier());
    } else if (plan instanceof UnresolvedTable table) {
      requireTable(table.multipartIdentifier());
    } else if (plan instanceof UnresolvedTableOrView table) {
      requireTable(table.multipartIdentifier());
    } else if (plan instanceof UnresolvedTableValuedFunction function) {
      requireTableFunction(function);
    }
  }

  private void requireTableFunction(UnresolvedTableValuedFunction function) {
    String name = String.join(".", CollectionConverters.asJava(function.name()));
    if (!TABLE_FUNCTIONS.contains(name.toLowerCase(Locale.ROOT))) {
      throw refusedFunction(name);
    }
    if (name.equalsIgnoreCase("table_changes")) {
      Expression table = function.functionArgs().head();
      String named = table instanceof Literal literal ? String.valueOf(literal.value()) : "";
      requireTable(List.of(named.split("\\.", -1)));
    }
  }

  private void requireTable(Seq<String> parts) {
    requireTable(CollectionConverters.asJava(parts));
  }

  /** A table's own name, alone or with that of the database. */
  private void requireTable(List<String> parts) {
    int last = parts.size() - 1;
    boolean isPlain = last >= 0 && PLAIN.matcher(parts.get(last)).matches();
    boolean isHere =
        last < 1
            || (last == 1 && parts.get(0).equalsIgnoreCase(database))
            || (last == 2
                && parts.get(0).equalsIgnoreCase("spark_catalog")
                && parts.get(1).equalsIgnoreCase(database));
    if (!isPlain || !isHere) {
      throw refusedFile(String.join(".", parts));
    }
  }

  private static void requireAllowed(Expression expression) {
    if (expression instanceof UnresolvedFunction function) {
      requireBuiltIn(CollectionConverters.asJava(function.nameParts()));
    }
    if (expression.getClass().getSimpleName().equals("ExpressionWithUnresolvedIdentifier")) {
      throw new MisuseException("Names are written out here, not made by IDENTIFIER().");
    }
  }

  private static void requireBuiltIn(List<String> parts) {
    String name = parts.get(parts.size() - 1).toLowerCase(Locale.ROOT);
    boolean isBuiltIn =
        FunctionRegistry$.MODULE$.builtin().functionExists(new FunctionIdentifier(name));
    if (parts.size() > 1 || !isBuiltIn || REACHING_OUT.contains(name)) {
      throw isBuiltIn || parts.size() > 1
          ? refusedFunction(String.join(".", parts))
          : new MisuseException("SQL: There is no function %s.".formatted(name));
    }
  }

  private void requireTables(Expression expression, Path warehouse) {
    String name = expression.getClass().getSimpleName();
    if (name.contains("Reflect") || name.endsWith("UDF") || name.contains("Protobuf")) {
      throw refusedFunction(expression.prettyName());
    }
    if (expression instanceof PlanExpression<?> query && query.plan() instanceof LogicalPlan plan) {
      requireTables(plan, warehouse);
    }
    for (Expression child : CollectionConverters.asJava(expression.children())) {
      requireTables(child, warehouse);
    }
  }

  private static boolean isWithin(Path file, Path warehouse) {
    String root = Path.getPathWithoutSchemeAndAuthority(warehouse).toString();
    String path = Path.getPathWithoutSchemeAndAuthority(file).toString();
    return path.equals(root) || path.startsWith(root + "/");
  }

  private static MisuseException refusedChange() {
    return new MisuseException(
        "Only questions are answered here (SELECT, WITH, VALUES, DESCRIBE, SHOW, EXPLAIN);"
            + " nothing was changed.");
  }

  private static MisuseException refusedFile(String name) {
    return new MisuseException(
        "Only the tables of the warehouse are read here, by their names, not %s. itinera tables lists them."
            .formatted(name));
  }

  private static MisuseException refusedFunction(String name) {
    return new MisuseException(
        "The function %s is not answered here: it reaches beyond the tables.".formatted(name));
  }
}
