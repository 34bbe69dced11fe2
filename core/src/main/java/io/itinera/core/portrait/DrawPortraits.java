package io.itinera.core.portrait;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import io.itinera.core.table.CustomerPersonas;
import io.itinera.core.table.PersonaTraits;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Counts what the customers of each persona are like, beside everybody who has a persona.
 *
 * <p>A share is of the customers of whom the aspect is known: a persona of whom few told their age
 * is not thereby an ageless one. The traits of an aspect that is compared are ordered by how far
 * the share is above everybody's, in standard errors of a share as large as everybody's; the others
 * by how common they are. Equal ones are ordered by name.
 */
public final class DrawPortraits {

  private static final String COUNTS = "counts";
  private static final String CUSTOMERS = TallyTraits.CUSTOMERS;

  private static final Set<String> COMPARED =
      Arrays.stream(Aspect.values())
          .filter(Aspect::isCompared)
          .map(Aspect::text)
          .collect(Collectors.toUnmodifiableSet());

  private static final Comparator<Trait> ORDER =
      comparing(Trait::weight).reversed().thenComparing(trait -> trait.count().trait());

  private DrawPortraits() {}

  /**
   * What is known of customers.
   *
   * @param cards rows of {@code customers}
   * @param days rows of {@code customer_days}
   * @param journeys rows of {@code journeys}
   * @param personas rows of {@code customer_personas} of one night
   */
  public record Sources(
      Dataset<Row> cards, Dataset<Row> days, Dataset<Row> journeys, Dataset<Row> personas) {}

  /** Rows of {@link PersonaTraits}, in order of its key. */
  public static List<Row> traits(Sources sources, LocalDate asOf, PortraitRules rules) {
    TypeBits types = new TypeBits(rules);
    List<Row> kept =
        KnownCustomers.of(sources, asOf, rules)
            .mapPartitions(new TallyTraits(rules, types), Encoders.row(TallyTraits.SCHEMA))
            .groupBy(TallyTraits.ASPECT, TallyTraits.TRAIT, CustomerPersonas.PERSONA_ID)
            .agg(sum(TallyTraits.CUSTOMERS).as(CUSTOMERS))
            .groupBy(TallyTraits.ASPECT, TallyTraits.TRAIT)
            .agg(collect_list(struct(col(CustomerPersonas.PERSONA_ID), col(CUSTOMERS))).as(COUNTS))
            .mapPartitions(new KeepCommonest(rules.most()), Encoders.row(Count.SCHEMA))
            .collectAsList();
    return told(kept.stream().map(Count::of).toList(), asOf, rules.most());
  }

  private static List<Row> told(List<Count> counts, LocalDate asOf, int most) {
    Map<String, Long> everybody =
        counts.stream()
            .filter(Count::isBase)
            .collect(groupingBy(Count::aspect, summingLong(Count::customers)));
    Map<String, Map<String, List<Count>>> byPersona =
        counts.stream()
            .collect(
                groupingBy(
                    Count::personaId,
                    TreeMap::new,
                    groupingBy(Count::aspect, TreeMap::new, Collectors.toList())));
    List<Row> rows = new ArrayList<>();
    byPersona.forEach(
        (persona, aspects) ->
            aspects.forEach(
                (aspect, ofAspect) -> {
                  long base =
                      ofAspect.stream().filter(Count::isBase).findFirst().orElseThrow().customers();
                  List<Trait> traits =
                      ofAspect.stream()
                          .filter(count -> !count.isBase())
                          .map(count -> new Trait(count, base, everybody.get(aspect)))
                          .sorted(ORDER)
                          .limit(most)
                          .toList();
                  for (int i = 0; i < traits.size(); i++) {
                    rows.add(traits.get(i).row(asOf, i + 1));
                  }
                }));
    return rows;
  }

  /**
   * How many customers have a trait.
   *
   * @param trait null: of how many the aspect is known
   * @param customers of the persona
   * @param everybody of all personas
   */
  record Count(String personaId, String aspect, String trait, long customers, long everybody) {

    static final StructType SCHEMA =
        new StructType()
            .add(CustomerPersonas.PERSONA_ID, DataTypes.StringType)
            .add(TallyTraits.ASPECT, DataTypes.StringType)
            .add(TallyTraits.TRAIT, DataTypes.StringType)
            .add(CUSTOMERS, DataTypes.LongType)
            .add("everybody", DataTypes.LongType);

    static List<Count> each(Row trait) {
      List<Row> personas = trait.getList(2);
      long everybody = personas.stream().mapToLong(persona -> persona.getLong(1)).sum();
      return personas.stream()
          .map(
              persona ->
                  new Count(
                      persona.getString(0),
                      trait.getString(0),
                      trait.getString(1),
                      persona.getLong(1),
                      everybody))
          .toList();
    }

    static Count of(Row row) {
      return new Count(
          row.getString(0), row.getString(1), row.getString(2), row.getLong(3), row.getLong(4));
    }

    Row row() {
      return RowFactory.create(personaId, aspect, trait, customers, everybody);
    }

    boolean isBase() {
      return trait == null;
    }

    boolean isCompared() {
      return COMPARED.contains(aspect);
    }
  }

  /**
   * A trait beside the customers of whom its aspect is known.
   *
   * @param known of the persona
   * @param everybodyKnown of all personas
   */
  private record Trait(Count count, long known, long everybodyKnown) {

    private double share() {
      return (double) count.customers() / known;
    }

    private double everybodyShare() {
      return (double) count.everybody() / everybodyKnown;
    }

    private double weight() {
      double everybody = everybodyShare();
      if (!count.isCompared()) {
        return count.customers();
      }
      // Where everybody has it, nobody is above.
      return everybody == 1
          ? 0
          : (share() - everybody) / Math.sqrt(everybody * (1 - everybody) / known);
    }

    private Row row(LocalDate asOf, int rank) {
      return RowFactory.create(
          Date.valueOf(asOf),
          count.personaId(),
          count.aspect(),
          rank,
          count.trait(),
          count.customers(),
          known,
          share(),
          everybodyShare());
    }
  }
}
