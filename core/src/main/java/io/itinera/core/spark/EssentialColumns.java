package io.itinera.core.spark;

import io.itinera.core.source.MappingRules;
import io.itinera.core.source.RawRecords;
import io.itinera.core.source.SourceRules;
import io.itinera.core.table.CampaignCosts;
import io.itinera.core.table.Touchpoints;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.Concat;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Columns of which a file must have at least one, or nothing in it can be used.
 *
 * @param purpose the setting that needs them, such as {@code identifiers}
 * @param columns as the source's expressions spell them
 */
public record EssentialColumns(String purpose, Set<String> columns) implements Serializable {

  private static final long serialVersionUID = 1;
  private static final String ITEM = "_item";
  private static final int SHOWN = 12;

  public EssentialColumns {
    columns = Collections.unmodifiableSet(new LinkedHashSet<>(columns));
  }

  /**
   * The columns behind record ids, times, costs and, where a record that names nobody is rejected,
   * identifiers. Columns that are made on the way, by lookups and the like, are always there.
   */
  public static List<EssentialColumns> of(SourceRules source) {
    Map<Set<String>, Set<String>> purposes = new LinkedHashMap<>();
    source.files().explode().ifPresent(text -> add("explode", List.of(text), purposes));
    source
        .blocks()
        .forEach(
            block -> {
              block.recordId().ifPresent(text -> add("record-id", List.of(text), purposes));
              for (String column :
                  List.of(Touchpoints.OCCURRED_AT, CampaignCosts.DATE, CampaignCosts.COST)) {
                boolean isCosts = source.cost().stream().anyMatch(block::equals);
                boolean isTime = column.equals(Touchpoints.OCCURRED_AT);
                if (block.columns().containsKey(column) && isCosts != isTime) {
                  add(column.replace('_', '-'), alternatives(block, column, isTime), purposes);
                }
              }
              if (source.unidentified() == SourceRules.Unidentified.REJECT
                  && !block.identifiers().isEmpty()) {
                add("identifiers", new TreeMap<>(block.identifiers()).values(), purposes);
              }
            });
    Set<String> made = made(source);
    return purposes.entrySet().stream()
        .filter(entry -> entry.getKey().stream().noneMatch(made::contains))
        .map(entry -> new EssentialColumns(String.join(" and ", entry.getValue()), entry.getKey()))
        .toList();
  }

  /** Whether {@code present} names one of the columns, in any spelling. */
  public boolean areIn(Collection<String> present) {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(present);
    return columns.stream().anyMatch(names::contains);
  }

  /** What is missing, for a person. */
  public String describe() {
    String shown = columns.stream().limit(SHOWN).collect(Collectors.joining(", "));
    String more = columns.size() > SHOWN ? " or %d others".formatted(columns.size() - SHOWN) : "";
    return columns.size() == 1
        ? "%s (needed for %s)".formatted(shown, purpose)
        : "one of %s%s (needed for %s)".formatted(shown, more, purpose);
  }

  /** Expressions of which any will do; the server's clock stands in for the others. */
  private static List<String> alternatives(MappingRules block, String column, boolean isTime) {
    return Stream.of(column, isTime ? MappingRules.RECEIVED_AT : column)
        .distinct()
        .map(block.columns()::get)
        .filter(Objects::nonNull)
        .toList();
  }

  private static void add(
      String purpose, Collection<String> texts, Map<Set<String>, Set<String>> purposes) {
    List<Set<String>> needs = new ArrayList<>();
    if (texts.size() == 1) {
      needs.addAll(needs(Expressions.parse(texts.iterator().next())));
    } else {
      // Any of them is enough.
      List<List<Set<String>>> all =
          texts.stream().map(text -> needs(Expressions.parse(text))).toList();
      if (all.stream().noneMatch(List::isEmpty)) {
        needs.add(
            all.stream()
                .flatMap(List::stream)
                .flatMap(Set::stream)
                .collect(Collectors.toCollection(LinkedHashSet::new)));
      }
    }
    needs.forEach(
        columns -> purposes.computeIfAbsent(columns, c -> new LinkedHashSet<>()).add(purpose));
  }

  private static Set<String> made(SourceRules source) {
    Set<String> made = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    made.addAll(RawRecords.COLUMNS);
    made.add(ITEM);
    source.files().lookups().forEach(lookup -> made.add(lookup.name()));
    return made;
  }

  /** Of each set the expression needs one column, to be anything but null; none for a constant. */
  private static List<Set<String>> needs(Expression part) {
    if (part instanceof Concat) {
      return children(part).stream().flatMap(child -> needs(child).stream()).toList();
    }
    if (part instanceof CaseWhen branches) {
      List<Expression> values = new ArrayList<>();
      CollectionConverters.asJava(branches.branches()).forEach(branch -> values.add(branch._2()));
      branches.elseValue().foreach(values::add);
      return anyOf(values.stream());
    }
    if (part instanceof UnresolvedFunction call) {
      List<Expression> arguments = CollectionConverters.asJava(call.arguments());
      switch (call.nameParts().last().toLowerCase(Locale.ROOT)) {
        case "concat" -> {
          return arguments.stream().flatMap(child -> needs(child).stream()).toList();
        }
        case "coalesce", "nvl", "ifnull" -> {
          return anyOf(arguments.stream());
        }
        case "if" -> {
          return anyOf(arguments.stream().skip(1));
        }
        case "nullif" -> {
          return needs(arguments.get(0));
        }
        default -> {
          // Below.
        }
      }
    }
    Set<String> columns =
        Expressions.inputs(part).stream()
            .map(path -> path.get(0))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return columns.isEmpty() ? List.of() : List.of(columns);
  }

  private static List<Set<String>> anyOf(Stream<Expression> values) {
    Set<String> columns = new LinkedHashSet<>();
    for (Expression value : values.toList()) {
      boolean isNull = value instanceof Literal literal && literal.value() == null;
      List<Set<String>> needs = needs(value);
      if (needs.isEmpty() && !isNull) {
        return List.of();
      }
      needs.forEach(columns::addAll);
    }
    return columns.isEmpty() ? List.of() : List.of(columns);
  }

  private static List<Expression> children(Expression part) {
    return CollectionConverters.asJava(part.children());
  }
}
