package io.itinera.core.persona;

import io.itinera.core.spark.HeldRows;
import io.itinera.core.spark.HoldRows;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/** Has somebody's own class find the groups, and sees that nights can assign by what it found. */
final class AskTrainer {

  private AskTrainer() {}

  /**
   * What the class of {@code own} learns; none without customers.
   *
   * @param customers as {@link PersonaTrainer} gets them
   * @throws IllegalStateException if the class fails or what it returns is of no use; says which
   */
  static Optional<OwnModel> train(Dataset<Row> customers, OwnModel own, PersonaRules rules) {
    HeldRows held = HoldRows.counted(customers);
    try {
      return held.areNone() ? Optional.empty() : Optional.of(own.with(asked(held, own, rules)));
    } finally {
      held.rows().unpersist();
    }
  }

  private static PipelineModel asked(HeldRows held, OwnModel own, PersonaRules rules) {
    PipelineModel model;
    try {
      model = own.trainer().orElseThrow().train(held.rows(), rules.clustered(), rules.seed());
    } catch (Exception | LinkageError e) { // Scala's code throws checked ones undeclared.
      throw failed(own, "failed on %d customers: %s".formatted(held.count(), e), e);
    }
    if (model == null) {
      throw failed(own, "returned null instead of a PipelineModel", null);
    }
    requireGroups(model, held.rows(), own);
    return model;
  }

  private static void requireGroups(PipelineModel model, Dataset<Row> rows, OwnModel own) {
    StructType columns;
    try {
      columns = model.transform(rows.limit(0)).schema();
      // Whether each stage can be saved; nothing is yet.
      model.write();
    } catch (Exception e) {
      throw failed(own, "returned a model that cannot be used: " + e, e);
    }
    if (!columns.getFieldIndex(OwnModel.PREDICTION).isDefined()) {
      throw failed(
          own, "returned a model that adds no column %s".formatted(OwnModel.PREDICTION), null);
    }
    if (!(columns.apply(OwnModel.PREDICTION).dataType() instanceof NumericType)) {
      throw failed(
          own,
          "returned a model whose column %s is no number but %s"
              .formatted(
                  OwnModel.PREDICTION,
                  columns.apply(OwnModel.PREDICTION).dataType().simpleString()),
          null);
    }
    Arrays.stream(rows.columns())
        .filter(name -> !columns.getFieldIndex(name).isDefined())
        .findFirst()
        .ifPresent(
            name -> {
              throw failed(own, "returned a model that drops the column " + name, null);
            });
  }

  /** Tells what is wrong with the class, and what to do. */
  static IllegalStateException failed(OwnModel own, String problem, Throwable cause) {
    return new IllegalStateException(
        "Class %s of itinera.personas.model-class %s. No persona was written; correct the class, or set the key to none, and run the night again."
            .formatted(own.name(), problem),
        cause);
  }
}
