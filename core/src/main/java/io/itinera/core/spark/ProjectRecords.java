package io.itinera.core.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.MutableProjection;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.execution.LogicalRDD;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.types.DataType;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Evaluates projections that follow each other over records as they are cut from their files.
 * Spark's own operator writes all columns of a record, nested ones too, into bytes for each of the
 * projections; here a column that is only passed on costs nothing.
 *
 * @param steps the projections, the innermost first
 */
public record ProjectRecords(List<Step> steps) implements Serializable {

  /**
   * One projection.
   *
   * @param input columns that it looks at
   * @param passed places of what is only passed on among these; -1 for each that is computed
   * @param computed the other expressions, in their order
   * @param parts the same, with what they make of single texts
   */
  private record Step(
      Seq<Attribute> input, List<Integer> passed, List<Expression> computed, TextParts parts)
      implements Serializable {

    static Step of(Project projection) {
      List<Attribute> input = list(projection.child().output());
      List<Integer> passed = new ArrayList<>();
      List<Expression> computed = new ArrayList<>();
      for (NamedExpression column : list(projection.projectList())) {
        int place = placeOf(column, input);
        passed.add(place);
        if (place < 0) {
          computed.add(column instanceof Alias named ? named.child() : (Expression) column);
        }
      }
      return new Step(
          projection.child().output(),
          List.copyOf(passed),
          List.copyOf(computed),
          quick(TextParts.of(computed, input)));
    }

    private static TextParts quick(TextParts parts) {
      return new TextParts(
          parts.groups(), parts.expressions().stream().map(WrittenMaps::in).toList());
    }

    private static int placeOf(NamedExpression column, List<Attribute> input) {
      Expression value = column instanceof Alias named ? named.child() : (Expression) column;
      if (value instanceof AttributeReference passed) {
        for (int i = 0; i < input.size(); i++) {
          if (input.get(i).exprId().equals(passed.exprId())) {
            return i;
          }
        }
      }
      return -1;
    }
  }

  /**
   * The rows of {@code rows}, of which none may be kept; none if they are not made from rows in
   * memory by projections alone.
   */
  public static Optional<JavaRDD<InternalRow>> of(Dataset<Row> rows) {
    QueryExecution query = ((org.apache.spark.sql.classic.Dataset<Row>) rows).queryExecution();
    List<Step> steps = new ArrayList<>();
    LogicalPlan plan = query.optimizedPlan();
    while (plan instanceof Project projection) {
      if (list(projection.projectList()).stream()
          .anyMatch(column -> SubqueryExpression.hasSubquery((Expression) column))) {
        return Optional.empty();
      }
      steps.add(0, Step.of(projection));
      plan = projection.child();
    }
    if (steps.isEmpty() || !(plan instanceof LogicalRDD records)) {
      return Optional.empty();
    }
    ProjectRecords projections = new ProjectRecords(List.copyOf(steps));
    RDD<InternalRow> projected =
        records.rdd().toJavaRDD().mapPartitions(part -> projections.over(part)).rdd();
    // Whoever computes them outside of a query needs its settings all the same.
    return Optional.of(
        new org.apache.spark.sql.execution.SQLExecutionRDD(
                projected, query.sparkSession().sessionState().conf())
            .toJavaRDD());
  }

  private Iterator<InternalRow> over(Iterator<InternalRow> records) {
    List<Running> running = steps.stream().map(Running::new).toList();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return records.hasNext();
      }

      @Override
      public InternalRow next() {
        InternalRow row = records.next();
        for (Running step : running) {
          row = step.of(row);
        }
        return row;
      }
    };
  }

  /** A step in the task that takes it. */
  private static final class Running {

    private final int[] passed;
    private final DataType[] types;
    private final Object[] results;
    private final Step step;
    private final List<TextParts.Running> groups;
    private final Object[] parts;
    private final JoinedRow withParts = new JoinedRow();
    private final MutableProjection projection;

    /** Of the expressions as they were; made when it is needed. */
    private MutableProjection whole;

    private Running(Step step) {
      this.step = step;
      passed = step.passed().stream().mapToInt(Integer::intValue).toArray();
      List<Attribute> input = list(step.input());
      types = input.stream().map(Attribute::dataType).toArray(DataType[]::new);
      results = new Object[step.computed().size()];
      groups = step.parts().groups().stream().map(TextParts.Running::new).toList();
      List<Attribute> columns = step.parts().columns();
      parts = new Object[columns.size()];
      List<Attribute> all = new ArrayList<>(input);
      all.addAll(columns);
      projection = projection(step.parts().expressions(), SparkValues.seq(all));
    }

    private MutableProjection projection(List<Expression> expressions, Seq<Attribute> columns) {
      MutableProjection made = MutableProjection.create(SparkValues.seq(expressions), columns);
      made.initialize(TaskContext.getPartitionId());
      return made.target(new GenericInternalRow(results));
    }

    private void compute(InternalRow row) {
      int place = 0;
      for (TextParts.Running group : groups) {
        if (!group.put(row, parts, place)) {
          computeWhole(row);
          return;
        }
        place += group.size();
      }
      var unused =
          projection.apply(
              parts.length == 0 ? row : withParts.apply(row, new GenericInternalRow(parts)));
    }

    private void computeWhole(InternalRow row) {
      if (whole == null) {
        whole = projection(step.computed(), step.input());
      }
      var unused = whole.apply(row);
    }

    private InternalRow of(InternalRow row) {
      if (results.length > 0) {
        compute(row);
      }
      Object[] values = new Object[passed.length];
      int computed = 0;
      for (int i = 0; i < passed.length; i++) {
        int place = passed[i];
        if (place < 0) {
          values[i] = results[computed++];
        } else if (!row.isNullAt(place)) {
          values[i] = row.get(place, types[place]);
        }
      }
      return new GenericInternalRow(values);
    }
  }

  private static <T> List<T> list(Seq<T> items) {
    return CollectionConverters.asJava(items);
  }
}
