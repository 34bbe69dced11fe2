package io.itinera.jobs.explain;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import io.itinera.core.identity.EvidenceGraph;
import io.itinera.core.identity.EvidenceGraph.Step;
import io.itinera.core.rule.Identifier;
import io.itinera.core.table.EdgeStatus;
import io.itinera.core.table.Identities;
import io.itinera.core.table.IdentityEdges;
import io.itinera.jobs.lake.Lake;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The edges between identifiers of some customers, which their limit on identifiers keeps few.
 *
 * @param rows of {@link IdentityEdges} by their ends, from the smaller to the greater
 * @param identifiers of each customer
 */
record Edges(Map<Step, Row> rows, Map<String, Set<Identifier>> identifiers) {

  /** All edges, used or not, of which both ends are, or were at some time, these customers'. */
  static Edges among(Lake lake, Set<String> customers) {
    Dataset<Row> owned =
        lake.read(Identities.TABLE)
            .where(col(Identities.CUSTOMER_ID).isin(customers.toArray()))
            .select(
                col(Identities.TYPE).as("their_type"),
                col(Identities.VALUE).as("their"),
                col(Identities.CUSTOMER_ID));
    Map<String, Set<Identifier>> identifiers = new TreeMap<>();
    for (Row row : owned.collectAsList()) {
      identifiers
          .computeIfAbsent(row.getString(2), customer -> new TreeSet<>())
          .add(new Identifier(row.getString(0), row.getString(1)));
    }
    Dataset<Row> theirs = broadcast(owned.drop(Identities.CUSTOMER_ID).distinct());
    Dataset<Row> edges =
        lake.read(IdentityEdges.TABLE)
            .join(theirs, isTheirs(IdentityEdges.LEFT_TYPE, IdentityEdges.LEFT_VALUE), "left_semi")
            .join(
                theirs, isTheirs(IdentityEdges.RIGHT_TYPE, IdentityEdges.RIGHT_VALUE), "left_semi")
            .orderBy(
                IdentityEdges.LEFT_TYPE,
                IdentityEdges.LEFT_VALUE,
                IdentityEdges.RIGHT_TYPE,
                IdentityEdges.RIGHT_VALUE);
    Map<Step, Row> rows = new LinkedHashMap<>();
    edges.collectAsList().forEach(row -> rows.put(step(row), row));
    return new Edges(rows, identifiers);
  }

  /** All that the customers have, or had at some time. */
  Set<Identifier> of(Set<String> customers) {
    Set<Identifier> all = new TreeSet<>();
    customers.forEach(customer -> all.addAll(identifiers.getOrDefault(customer, Set.of())));
    return all;
  }

  private static Column isTheirs(String type, String value) {
    return col(type).equalTo(col("their_type")).and(col(value).equalTo(col("their")));
  }

  /** The edges that join identifiers, as a graph. */
  EvidenceGraph used() {
    return new EvidenceGraph(
        rows.entrySet().stream()
            .filter(edge -> isUsed(edge.getValue()))
            .map(Map.Entry::getKey)
            .toList());
  }

  /** The edges that were not used, with one end among each of the given identifiers. */
  List<Row> refusedBetween(Set<Identifier> some, Set<Identifier> others) {
    return rows.entrySet().stream()
        .filter(edge -> !isUsed(edge.getValue()))
        .filter(
            edge ->
                isBetween(edge.getKey(), some, others) || isBetween(edge.getKey(), others, some))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** The row of the edge that a step goes along. */
  Row of(Step step) {
    return rows.get(new Step(step.left(), step.right()));
  }

  static Step step(Row edge) {
    return new Step(
        new Identifier(edge.getAs(IdentityEdges.LEFT_TYPE), edge.getAs(IdentityEdges.LEFT_VALUE)),
        new Identifier(
            edge.getAs(IdentityEdges.RIGHT_TYPE), edge.getAs(IdentityEdges.RIGHT_VALUE)));
  }

  private static boolean isBetween(Step step, Set<Identifier> left, Set<Identifier> right) {
    return left.contains(step.left()) && right.contains(step.right());
  }

  private static boolean isUsed(Row edge) {
    return EdgeStatus.USED.text().equals(edge.getAs(IdentityEdges.STATUS));
  }
}
