package io.itinera.core.process;

import io.itinera.core.process.ProcessRules.Part;
import io.itinera.core.process.WatchProcess.Counted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What is told of a process, as rows of small tables: each with its own columns. */
public final class ProcessView {

  /** How many variants there are. */
  static final String VARIANTS = "variants";

  /** The most frequent first; of those that are so alike, by name. */
  static final Comparator<Map.Entry<Counted, Figures>> MOST_FREQUENT =
      Comparator.<Map.Entry<Counted, Figures>>comparingLong(each -> -each.getValue().count())
          .thenComparing(each -> each.getKey().from())
          .thenComparing(each -> each.getKey().to());

  private final Map<Counted, Figures> figures;
  private final ProcessRules rules;

  ProcessView(Map<Counted, Figures> figures, ProcessRules rules) {
    this.figures = Map.copyOf(figures);
    this.rules = rules;
  }

  /**
   * A table of what was found.
   *
   * @param rows of {@code schema}
   */
  public record Told(StructType schema, List<Row> rows) {}

  /** By name, all tables that have something to tell, in the order in which they are read. */
  public Map<String, Told> tables() {
    Map<String, Told> tables = new LinkedHashMap<>();
    tables.put("process", process());
    tables.put("events", events());
    tables.put("graph", graph());
    if (rules.parts().contains(Part.REWORK)) {
      tables.put("rework", rework());
    }
    if (rules.parts().contains(Part.FOLLOWS)) {
      tables.put("follows", follows());
    }
    if (rules.parts().contains(Part.VARIANTS)) {
      tables.put(VARIANTS, variants());
    }
    if (!rules.intended().isEmpty()) {
      tables.put("deviations", deviations());
    }
    return tables;
  }

  private List<Map.Entry<Counted, Figures>> of(String kind) {
    return figures.entrySet().stream()
        .filter(each -> each.getKey().kind().equals(kind))
        .sorted(MOST_FREQUENT)
        .toList();
  }

  private Figures one(String kind) {
    return at(new Counted(kind, "", ""));
  }

  private Figures at(Counted key) {
    return figures.getOrDefault(key, new Figures());
  }

  private long cases() {
    return one(TallyProcess.CASE).count();
  }

  private double ofCases(long count) {
    return (double) count / cases();
  }

  private Told process() {
    Figures cases = one(TallyProcess.CASE);
    Figures fitness = one(TallyProcess.FITNESS);
    long deviating = one(TallyProcess.DEVIATING).count();
    long events =
        of(TallyProcess.EVENT).stream().mapToLong(event -> event.getValue().count()).sum();
    return new Told(
        counts("cases", "events")
            .add("mean_seconds", DataTypes.DoubleType)
            .add("most_seconds", DataTypes.LongType)
            .add("variants", DataTypes.LongType)
            .add("fitness", DataTypes.DoubleType)
            .add("deviating_cases", DataTypes.LongType)
            .add("deviating_share", DataTypes.DoubleType),
        List.of(
            RowFactory.create(
                cases.count(),
                events,
                cases.mean(),
                cases.most(),
                rules.parts().contains(Part.VARIANTS) ? one(VARIANTS).count() : null,
                fitness.mean() == null ? null : (Double) (fitness.mean() / TallyProcess.MILLIONTHS),
                fitness.mean() == null ? null : (Long) deviating,
                fitness.mean() == null ? null : (Double) ofCases(deviating))));
  }

  private static StructType counts(String... names) {
    StructType schema = new StructType();
    for (String name : names) {
      schema = schema.add(name, DataTypes.LongType);
    }
    return schema;
  }

  private static StructType named(String... names) {
    StructType schema = new StructType();
    for (String name : names) {
      schema = schema.add(name, DataTypes.StringType);
    }
    return schema;
  }

  private Told events() {
    List<Row> rows = new ArrayList<>();
    for (Map.Entry<Counted, Figures> event : of(TallyProcess.EVENT)) {
      Figures it = event.getValue();
      rows.add(
          RowFactory.create(
              event.getKey().from(), it.count(), it.cases(), ofCases(it.cases()), it.mean()));
    }
    return new Told(
        named("event")
            .add("events", DataTypes.LongType)
            .add("cases", DataTypes.LongType)
            .add("share_of_cases", DataTypes.DoubleType)
            .add("mean_service_seconds", DataTypes.DoubleType),
        rows);
  }

  private Told graph() {
    List<Row> rows = new ArrayList<>();
    for (Map.Entry<Counted, Figures> edge : of(TallyProcess.EDGE)) {
      Counted key = edge.getKey();
      Figures it = edge.getValue();
      rows.add(
          RowFactory.create(
              key.from(),
              key.to(),
              it.count(),
              it.cases(),
              it.mean(),
              it.deviation(),
              it.least(),
              it.most(),
              at(new Counted(TallyProcess.WAITING, key.from(), key.to())).mean()));
    }
    return new Told(
        times(named("from", "to")).add("mean_waiting_seconds", DataTypes.DoubleType), rows);
  }

  private static StructType times(StructType schema) {
    return schema
        .add("times", DataTypes.LongType)
        .add("cases", DataTypes.LongType)
        .add("mean_seconds", DataTypes.DoubleType)
        .add("deviation_seconds", DataTypes.DoubleType)
        .add("least_seconds", DataTypes.LongType)
        .add("most_seconds", DataTypes.LongType);
  }

  private Told rework() {
    List<Row> rows = new ArrayList<>();
    for (Map.Entry<Counted, Figures> again : of(TallyProcess.REWORK)) {
      String event = again.getKey().from();
      Figures it = again.getValue();
      Figures distance = at(new Counted(TallyProcess.SELF, event, ""));
      rows.add(
          RowFactory.create(
              event,
              it.count(),
              it.cases(),
              ofCases(it.cases()),
              at(new Counted(TallyProcess.EDGE, event, event)).count(),
              distance.least(),
              distance.mean()));
    }
    return new Told(
        named("event")
            .add("repeats", DataTypes.LongType)
            .add("cases", DataTypes.LongType)
            .add("share_of_cases", DataTypes.DoubleType)
            .add("loops", DataTypes.LongType)
            .add("least_self_distance", DataTypes.LongType)
            .add("mean_self_distance", DataTypes.DoubleType),
        rows);
  }

  private Told follows() {
    List<Row> rows = new ArrayList<>();
    for (Map.Entry<Counted, Figures> pair : of(TallyProcess.FOLLOWS)) {
      Figures it = pair.getValue();
      Figures first = at(new Counted(TallyProcess.EVENT, pair.getKey().from(), ""));
      rows.add(
          RowFactory.create(
              pair.getKey().from(),
              pair.getKey().to(),
              it.cases(),
              (double) it.cases() / first.cases(),
              it.mean(),
              it.deviation(),
              it.least(),
              it.most()));
    }
    return new Told(
        named("from", "to")
            .add("cases", DataTypes.LongType)
            .add("share", DataTypes.DoubleType)
            .add("mean_seconds", DataTypes.DoubleType)
            .add("deviation_seconds", DataTypes.DoubleType)
            .add("least_seconds", DataTypes.LongType)
            .add("most_seconds", DataTypes.LongType),
        rows);
  }

  private Told variants() {
    List<Row> rows = new ArrayList<>();
    of(TallyProcess.VARIANT).stream()
        .limit(rules.mostVariants())
        .forEach(
            variant ->
                rows.add(
                    RowFactory.create(
                        variant.getKey().from(),
                        variant.getKey().to().isEmpty() ? null : variant.getKey().to(),
                        variant.getValue().count(),
                        ofCases(variant.getValue().count()))));
    return new Told(
        named("path", "end").add("cases", DataTypes.LongType).add("share", DataTypes.DoubleType),
        rows);
  }

  private Told deviations() {
    List<Map.Entry<Counted, Figures>> all = new ArrayList<>(of(TallyProcess.MISSING));
    all.addAll(of(TallyProcess.UNPLACED));
    all.sort(
        Comparator.<Map.Entry<Counted, Figures>>comparingLong(each -> -each.getValue().cases())
            .thenComparing(each -> each.getKey().kind())
            .thenComparing(each -> each.getKey().from())
            .thenComparing(each -> each.getKey().to()));
    List<Row> rows = new ArrayList<>();
    for (Map.Entry<Counted, Figures> each : all) {
      boolean isMissing = each.getKey().kind().equals(TallyProcess.MISSING);
      rows.add(
          RowFactory.create(
              isMissing ? "step missing" : "event out of place",
              each.getKey().from(),
              isMissing ? null : each.getKey().to(),
              each.getValue().count(),
              each.getValue().cases(),
              ofCases(each.getValue().cases())));
    }
    return new Told(
        named("deviation", "step", "event")
            .add("times", DataTypes.LongType)
            .add("cases", DataTypes.LongType)
            .add("share_of_cases", DataTypes.DoubleType),
        rows);
  }
}
