package io.itinera.jobs.explain;

import io.itinera.core.identity.Decision;
import io.itinera.core.rule.Identifier;
import io.itinera.core.table.IdentityOverrides;
import io.itinera.core.table.Ruling;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.process.MisuseException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Notes in {@link IdentityOverrides} what somebody decided; the next night acts on it. */
public final class DecidePairs {

  private static final String LABEL = "decision";
  private static final int DECISION =
      IdentityOverrides.TABLE.schema().fieldIndex(IdentityOverrides.DECISION);

  private final Lake lake;
  private final Author author;

  /**
   * Who decides.
   *
   * @param name as it will stand in the table
   * @param reason why
   * @param at when
   */
  public record Author(String name, String reason, Instant at) {}

  /** Decisions of {@code author} in {@code lake}. */
  public DecidePairs(Lake lake, Author author) {
    this.lake = lake;
    this.author = author;
  }

  /**
   * Keeps the two apart from the next night on: every identifier of the one from every identifier
   * of the other. What was decided before about any of these pairs holds no more.
   *
   * @return what was done, in a sentence
   * @throws MisuseException if both are the same
   */
  public String deny(Subject one, Subject other) {
    List<Decision> decisions = decisions(one, other, Ruling.NEVER);
    List<Row> rows = without(rows(), decisions);
    decisions.forEach(decision -> rows.add(row(decision)));
    store(rows);
    return "From the next night on, '%s' and '%s' are different customers' (%,d pairs)."
        .formatted(one.text(), other.text(), decisions.size());
  }

  /**
   * Takes back what was decided against the two; where nothing was, joins them whatever evidence
   * says.
   *
   * @return what was done, in a sentence
   * @throws MisuseException if both are the same
   */
  public String allow(Subject one, Subject other) {
    List<Decision> denied = decisions(one, other, Ruling.NEVER);
    List<Row> before = rows();
    List<Row> others = without(before, denied);
    long takenBack = denials(before) - denials(others);
    if (takenBack > 0) {
      store(others);
      return ("%,d earlier decisions against '%s' and '%s' are taken back: from the next night on"
              + " evidence alone tells whether they are one customer's.")
          .formatted(takenBack, one.text(), other.text());
    }
    others.add(
        row(
            new Decision(
                first(one),
                Optional.of(first(other)),
                Ruling.ALWAYS,
                author.reason(),
                author.at())));
    store(others);
    return "From the next night on, '%s' and '%s' are one customer's."
        .formatted(one.text(), other.text());
  }

  private List<Decision> decisions(Subject one, Subject other, Ruling ruling) {
    Set<Identifier> both = new TreeSet<>(one.identifiers());
    both.retainAll(other.identifiers());
    if (!both.isEmpty()) {
      throw new MisuseException(
          ("'%s' and '%s' have an identifier in common. Name two identifiers of that customer, as"
                  + " type:value.")
              .formatted(one.text(), other.text()));
    }
    List<Decision> decisions = new ArrayList<>();
    for (Identifier left : one.identifiers()) {
      for (Identifier right : other.identifiers()) {
        decisions.add(new Decision(left, Optional.of(right), ruling, author.reason(), author.at()));
      }
    }
    return decisions;
  }

  private static Identifier first(Subject subject) {
    return new TreeSet<>(subject.identifiers()).first();
  }

  private List<Row> rows() {
    lake.begin(LABEL);
    return lake.rows(IdentityOverrides.TABLE);
  }

  /** Those of {@code all} rows that say nothing about the pairs of {@code decisions}. */
  private static List<Row> without(List<Row> all, List<Decision> decisions) {
    Set<List<Identifier>> pairs = new HashSet<>();
    decisions.forEach(
        decision -> {
          pairs.add(List.of(decision.left(), decision.right().orElseThrow()));
          pairs.add(List.of(decision.right().orElseThrow(), decision.left()));
        });
    List<Row> rows = new ArrayList<>(all);
    rows.removeIf(row -> row.getString(2) != null && pairs.contains(pair(row)));
    return rows;
  }

  private static List<Identifier> pair(Row row) {
    return List.of(
        new Identifier(row.getString(0), row.getString(1)),
        new Identifier(row.getString(2), row.getString(3)));
  }

  private static long denials(List<Row> rows) {
    return rows.stream().filter(row -> Ruling.NEVER.text().equals(row.getString(DECISION))).count();
  }

  private void store(List<Row> rows) {
    lake.overwrite(IdentityOverrides.TABLE, rows);
  }

  private Row row(Decision decision) {
    Identifier right = decision.right().orElseThrow();
    return RowFactory.create(
        decision.left().type(),
        decision.left().value(),
        right.type(),
        right.value(),
        decision.ruling().text(),
        decision.reason(),
        author.name(),
        Timestamp.from(decision.at()));
  }
}
