package io.itinera.jobs.explain;

import io.itinera.core.identity.Decision;
import io.itinera.core.identity.IdentityRules;
import io.itinera.core.map.SpellIdentifiers;
import io.itinera.core.rule.Identifier;
import io.itinera.core.table.IdentityOverrides;
import io.itinera.core.table.Ruling;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.process.MisuseException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Notes in {@link IdentityOverrides} what somebody decided; the next night acts on it. */
public final class DecidePairs {

  private static final String LABEL = "decision";
  private static final int DECISION =
      IdentityOverrides.TABLE.schema().fieldIndex(IdentityOverrides.DECISION);

  private final Lake lake;
  private final Author author;
  private final IdentityRules rules;
  private final List<Decision> configured;

  /**
   * Who decides.
   *
   * @param name as it will stand in the table
   * @param reason why
   * @param at when
   */
  public record Author(String name, String reason, Instant at) {}

  /**
   * Decisions of {@code author} in {@code lake}.
   *
   * @param rules what customers may have
   * @param configured what is decided elsewhere
   */
  public DecidePairs(Lake lake, Author author, IdentityRules rules, List<Decision> configured) {
    this.lake = lake;
    this.author = author;
    this.rules = rules;
    this.configured = List.copyOf(configured);
  }

  /**
   * Keeps the two apart from the next night on: every identifier of the one from every identifier
   * of the other. What was decided before about any of these pairs holds no more. Devices that
   * others use, too, are left out: they go on being whose that signs in on them.
   *
   * @return what was done, in a sentence
   * @throws MisuseException if both are the same
   */
  public String deny(Subject one, Subject other) {
    requireTwo(one, other);
    List<Decision> decisions = pairs(one.own(), other.own(), Ruling.NEVER);
    List<Row> rows = without(rows(), decisions);
    decisions.forEach(decision -> rows.add(row(decision)));
    store(rows);
    return "From the next night on, '%s' and '%s' are different customers' (%,d pairs)."
        .formatted(one.text(), other.text(), decisions.size());
  }

  /**
   * Takes back what was decided against the two; where nothing was, joins them whatever evidence
   * says: of each type of which a customer has one or a few, theirs count as one from then on.
   *
   * @return what was done, in a sentence
   * @throws MisuseException if both are the same
   */
  public String allow(Subject one, Subject other) {
    requireTwo(one, other);
    List<Decision> denied = pairs(one.identifiers(), other.identifiers(), Ruling.NEVER);
    List<Row> before = rows();
    List<Row> others = without(before, denied);
    long takenBack = denials(before) - denials(others);
    if (takenBack > 0) {
      store(others);
      return ("%,d earlier decisions against '%s' and '%s' are taken back: from the next night on"
              + " evidence alone tells whether they are one customer's.")
          .formatted(takenBack, one.text(), other.text());
    }
    joins(one, other).forEach(decision -> others.add(row(decision)));
    store(others);
    return "From the next night on, '%s' and '%s' are one customer's."
        .formatted(one.text(), other.text());
  }

  private static void requireTwo(Subject one, Subject other) {
    Set<Identifier> both = new TreeSet<>(one.own());
    both.retainAll(other.own());
    if (!both.isEmpty()) {
      throw new MisuseException(
          ("'%s' and '%s' have an identifier in common. Name two identifiers of that customer, as"
                  + " type:value.")
              .formatted(one.text(), other.text()));
    }
    for (Subject each : List.of(one, other)) {
      if (each.own().isEmpty()) {
        throw new MisuseException(
            "All that '%s' has are devices that others use, too. Name one of them as type:value."
                .formatted(each.text()));
      }
    }
  }

  private List<Decision> pairs(Set<Identifier> some, Set<Identifier> others, Ruling ruling) {
    List<Decision> decisions = new ArrayList<>();
    for (Identifier one : some) {
      for (Identifier other : others) {
        if (!one.equals(other)) {
          decisions.add(
              new Decision(one, Optional.of(other), ruling, author.reason(), author.at()));
        }
      }
    }
    return decisions;
  }

  /** The pairs that are one customer's whatever limits or configuration say; else the strongest. */
  private List<Decision> joins(Subject one, Subject other) {
    List<Decision> needed =
        pairs(one.own(), other.own(), Ruling.ALWAYS).stream()
            .filter(pair -> isLimited(pair) || isConfiguredApart(pair))
            .toList();
    return needed.isEmpty()
        ? pairs(Set.of(strongest(one)), Set.of(strongest(other)), Ruling.ALWAYS)
        : needed;
  }

  private boolean isLimited(Decision pair) {
    String type = pair.left().type();
    return type.equals(pair.right().orElseThrow().type())
        && rules.types().containsKey(type)
        && rules.types().get(type).maxPerCustomer().isPresent();
  }

  private boolean isConfiguredApart(Decision pair) {
    return configured.stream()
        .anyMatch(
            decision ->
                decision.ruling() == Ruling.NEVER
                    && decision.left().equals(pair.left())
                    && decision.right().equals(pair.right()));
  }

  private Identifier strongest(Subject subject) {
    return subject.own().stream()
        .min(
            Comparator.<Identifier>comparingInt(
                    each ->
                        rules.personTypes().contains(each.type())
                            ? rules.types().get(each.type()).priority()
                            : Integer.MAX_VALUE)
                .thenComparing(Comparator.naturalOrder()))
        .orElseThrow();
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
    rows.removeIf(row -> pair(row).filter(pairs::contains).isPresent());
    return rows;
  }

  /** Nothing where a row, which a steward may have written, is not about two. */
  private static Optional<List<Identifier>> pair(Row row) {
    return IntStream.range(0, DECISION).anyMatch(row::isNullAt)
        ? Optional.empty()
        : Optional.of(List.of(identifier(row, 0), identifier(row, 2)));
  }

  private static Identifier identifier(Row row, int at) {
    Identifier written = new Identifier(row.getString(at).strip(), row.getString(at + 1).strip());
    return SpellIdentifiers.asStored(written).orElse(written);
  }

  private static long denials(List<Row> rows) {
    return rows.stream()
        .filter(row -> !row.isNullAt(DECISION))
        .map(row -> row.getString(DECISION).strip().toLowerCase(Locale.ROOT))
        .filter(Ruling.NEVER.text()::equals)
        .count();
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
