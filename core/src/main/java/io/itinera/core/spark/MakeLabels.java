package io.itinera.core.spark;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.source.LabelRules;
import io.itinera.core.source.LoadingRules;
import io.itinera.core.source.SourceRules;
import io.itinera.core.table.Touchpoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetMapValue;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.unsafe.types.UTF8String;
import scala.reflect.ClassTag;
import scala.runtime.AbstractPartialFunction;

/** Makes rules in Spark SQL into {@link Label}s, which need no plan of Spark. */
public final class MakeLabels {

  private MakeLabels() {}

  /**
   * The labels of a source's touchpoints.
   *
   * @param channel marketing channel; null where the source gives it
   * @param stage lifecycle stage, whose rules may look at the marketing channel; likewise
   */
  public record Labels(Label channel, Label stage) {}

  /** The labels that {@code rules} give the touchpoints of {@code source}. */
  public static Labels of(SparkSession spark, SourceRules source, LoadingRules rules) {
    return new Labels(
        label(spark, source, Touchpoints.MARKETING_CHANNEL, rules.marketingChannels()),
        label(spark, source, Touchpoints.STAGE, rules.stages()));
  }

  private static Label label(
      SparkSession spark, SourceRules source, String column, LabelRules rules) {
    boolean isMapped =
        source.touchpoint().stream().anyMatch(block -> block.columns().containsKey(column));
    if (isMapped || source.touchpoint().isEmpty()) {
      return null;
    }
    List<Label.Input> inputs = new ArrayList<>();
    Expression resolved = resolved(spark, label(rules));
    return new Label(inputs, resolved.transformDown(new Bind(inputs)));
  }

  private static Column label(LabelRules rules) {
    Column otherwise = lit(rules.otherwise()).cast("string");
    Column label = null;
    for (LabelRules.Rule rule : rules.rules()) {
      Column holds = Expressions.unguarded(Expressions.parse(rule.predicate()));
      label = label == null ? when(holds, rule.label()) : label.when(holds, rule.label());
    }
    return label == null ? otherwise : label.otherwise(otherwise);
  }

  /** As Spark would compute it for touchpoints, none of which is looked at. */
  private static Expression resolved(SparkSession spark, Column label) {
    ClassTag<InternalRow> rows = ClassTag.apply(InternalRow.class);
    RDD<InternalRow> none = spark.sparkContext().emptyRDD(rows);
    Project plan =
        (Project)
            spark
                .internalCreateDataFrame(none, Touchpoints.TABLE.schema(), false)
                .select(label.as("label"))
                .queryExecution()
                .optimizedPlan();
    return ((Alias) plan.projectList().head()).child();
  }

  /** Lets an expression look at a row of just those values that it names. */
  private static final class Bind extends AbstractPartialFunction<Expression, Expression> {

    private final List<Label.Input> inputs;

    private Bind(List<Label.Input> inputs) {
      this.inputs = inputs;
    }

    @Override
    public boolean isDefinedAt(Expression node) {
      return input(node).isPresent();
    }

    @Override
    @SuppressWarnings("unchecked")
    public <A extends Expression, B> B applyOrElse(A node, scala.Function1<A, B> otherwise) {
      Optional<Label.Input> input = input(node);
      if (input.isEmpty()) {
        return otherwise.apply(node);
      }
      if (!inputs.contains(input.get())) {
        inputs.add(input.get());
      }
      return (B) new BoundReference(inputs.indexOf(input.get()), input.get().type(), true);
    }

    private static Optional<Label.Input> input(Expression node) {
      if (node instanceof AttributeReference column) {
        return Optional.of(new Label.Input(column.name(), null, column.dataType()));
      }
      return Stream.of(node)
          .filter(GetMapValue.class::isInstance)
          .map(GetMapValue.class::cast)
          .filter(value -> value.child() instanceof AttributeReference)
          .filter(value -> value.key() instanceof Literal key && key.value() instanceof UTF8String)
          .map(
              value ->
                  new Label.Input(
                      ((AttributeReference) value.child()).name(),
                      ((Literal) value.key()).value().toString(),
                      value.dataType()))
          .findFirst();
    }
  }
}
