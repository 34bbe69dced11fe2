package io.itinera.core.identity;

import io.itinera.core.identity.EvidenceGraph.Step;
import io.itinera.core.rule.Identifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Counts what a customer's edges make: a function that Spark calls for each customer. */
final class GroupShape implements UDF1<Seq<Row>, Row> {

  private static final long serialVersionUID = 1L;

  /**
   * Identifiers, edges, and bridges among them.
   *
   * @param edges type and value of the left identifier, then of the right one
   */
  @Override
  public Row call(Seq<Row> edges) {
    List<Step> steps = new ArrayList<>();
    Set<Identifier> identifiers = new HashSet<>();
    for (Row edge : CollectionConverters.asJava(edges)) {
      Step step =
          new Step(
              new Identifier(edge.getString(0), edge.getString(1)),
              new Identifier(edge.getString(2), edge.getString(3)));
      steps.add(step);
      identifiers.add(step.from());
      identifiers.add(step.to());
    }
    return RowFactory.create(
        (long) identifiers.size(),
        (long) steps.size(),
        (long) new EvidenceGraph(steps).bridges().size());
  }
}
