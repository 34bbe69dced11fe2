package io.itinera.jobs.explain;

import io.itinera.core.identity.EvidenceGraph.Step;
import io.itinera.core.rule.Identifier;
import io.itinera.core.table.IdentityEdges;
import io.itinera.jobs.lake.Lake;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Why two are one customer's, or why they are not.
 *
 * @param verdict what there is to say, in sentences
 * @param edges rows of {@link #COLUMNS}: the way from one to the other, or the edges that were not
 *     used
 * @param weighed the edges among them that were found by comparing profiles
 */
public record Explanation(List<String> verdict, List<Row> edges, List<Weighed> weighed) {

  private static final String FROM = "from";
  private static final String TO = "to";
  private static final String RECORD = "record";
  private static final List<String> OF_EDGE =
      List.of(
          IdentityEdges.RULE,
          IdentityEdges.STATUS,
          IdentityEdges.STATUS_REASON,
          IdentityEdges.PROBABILITY,
          IdentityEdges.OBSERVATIONS,
          IdentityEdges.SOURCES,
          IdentityEdges.FIRST_SEEN_AT,
          IdentityEdges.LAST_SEEN_AT);

  /**
   * An edge from one identifier to the next, as type:value, with columns of {@link IdentityEdges},
   * and the first record that named both.
   */
  public static final StructType COLUMNS =
      new StructType(
          Stream.of(
                  Stream.of(DataTypes.createStructField(FROM, DataTypes.StringType, false)),
                  Stream.of(DataTypes.createStructField(TO, DataTypes.StringType, false)),
                  OF_EDGE.stream().map(name -> IdentityEdges.TABLE.schema().apply(name)),
                  Stream.of(DataTypes.createStructField(RECORD, DataTypes.StringType, true)))
              .flatMap(each -> each)
              .toArray(org.apache.spark.sql.types.StructField[]::new));

  /**
   * An edge that was found by comparing profiles.
   *
   * @param from an identifier, as type:value
   * @param to another one
   * @param weights what the edge is made of, in bits, as {@link IdentityEdges#WEIGHTS} has it
   */
  public record Weighed(String from, String to, Map<String, Double> weights) {}

  /** Explains what {@code lake} knows about {@code one} and {@code other}. */
  public static Explanation of(Lake lake, ZoneId zone, Subject one, Subject other) {
    TreeSet<String> customers = new TreeSet<>(one.customers());
    customers.addAll(other.customers());
    Edges edges = Edges.among(lake, customers);
    FindRecord records = new FindRecord(lake, zone);
    return one.sharesCustomerWith(other)
        ? together(one, other, edges, records)
        : apart(one, other, edges, records);
  }

  private static Explanation together(Subject one, Subject other, Edges edges, FindRecord records) {
    List<String> verdict = new ArrayList<>();
    TreeSet<String> shared = new TreeSet<>(one.customers());
    shared.retainAll(other.customers());
    verdict.add(
        "'%s' and '%s' are one customer's: %s."
            .formatted(one.text(), other.text(), String.join(", ", shared)));
    Optional<List<Step>> path = edges.used().path(one.identifiers(), other.identifiers());
    if (path.isEmpty()) {
      verdict.add(
          "No edge joins them: a device is the customer's who was signed in on it."
              + " 'itinera identity show CUSTOMER' tells when it was whose.");
      return refused(
          verdict, edges.refusedBetween(one.identifiers(), other.identifiers()), records);
    }
    List<Step> way = path.get();
    return new Explanation(
        verdict,
        way.stream().map(step -> row(step, edges.of(step), records)).toList(),
        weighed(way.stream().map(edges::of).toList()));
  }

  private static Explanation apart(Subject one, Subject other, Edges edges, FindRecord records) {
    List<String> verdict = new ArrayList<>();
    verdict.add("'%s' and '%s' are different customers'.".formatted(one.text(), other.text()));
    for (Subject each : List.of(one, other)) {
      verdict.add("'%s' is %s's.".formatted(each.text(), String.join("'s and ", each.customers())));
    }
    List<Row> refused = edges.refusedBetween(one.identifiers(), other.identifiers());
    List<Row> further =
        edges.refusedBetween(edges.of(one.customers()), edges.of(other.customers()));
    if (!refused.isEmpty()) {
      verdict.add("These edges between them were not used:");
      return refused(verdict, refused, records);
    }
    verdict.add(
        further.isEmpty()
            ? "No record names identifiers of both, and nobody decided about them."
            : "No record names both, and these edges between their customers were not used:");
    return refused(verdict, further, records);
  }

  private static Explanation refused(List<String> verdict, List<Row> edges, FindRecord records) {
    return new Explanation(
        verdict,
        edges.stream().map(edge -> row(Edges.step(edge), edge, records)).toList(),
        weighed(edges));
  }

  private static List<Weighed> weighed(List<Row> edges) {
    return edges.stream()
        .filter(edge -> !edge.isNullAt(edge.fieldIndex(IdentityEdges.WEIGHTS)))
        .map(
            edge ->
                new Weighed(
                    text(Edges.step(edge).left()),
                    text(Edges.step(edge).right()),
                    edge.getJavaMap(edge.fieldIndex(IdentityEdges.WEIGHTS))))
        .toList();
  }

  private static Row row(Step step, Row edge, FindRecord records) {
    return RowFactory.create(
        Stream.of(
                Stream.of(text(step.from()), text(step.to())),
                OF_EDGE.stream().map(name -> edge.getAs(name)),
                Stream.of(records.of(edge).orElse(null)))
            .flatMap(each -> each)
            .toArray());
  }

  /** An identifier as commands take it. */
  static String text(Identifier identifier) {
    return identifier.type() + ":" + identifier.value();
  }
}
