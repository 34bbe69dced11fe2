package io.itinera.jobs.stage;

import io.itinera.core.persona.FindPersonas;
import io.itinera.core.persona.FindPersonas.Training;
import io.itinera.core.persona.ModelRows;
import io.itinera.core.persona.OwnModel;
import io.itinera.core.persona.PastTrainings;
import io.itinera.core.persona.PersonaModel;
import io.itinera.core.persona.PersonaRules;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.PersonaChanges;
import io.itinera.core.table.PersonaModels;
import io.itinera.core.table.Personas;
import io.itinera.jobs.lake.Slice;
import io.itinera.jobs.night.StageContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The trainings of the personas that are stored, and those of the night at work. */
final class PersonaTrainings {

  private final StageContext context;
  private final PersonaRules rules;
  private final SortedMap<LocalDate, PersonaModel> stored = new TreeMap<>();
  private final SortedMap<LocalDate, Training> made = new TreeMap<>();
  private final SortedMap<LocalDate, PersonaModel> superseded = new TreeMap<>();
  private final Set<LocalDate> gone = new TreeSet<>();
  // Of somebody's own class, by the day on which it learnt.
  private final SortedMap<LocalDate, PipelineModel> learnt = new TreeMap<>();

  private PersonaTrainings(StageContext context) {
    this.context = context;
    this.rules = withModel(context.config().personas(), context.lake().spark());
  }

  /** The same rules, with the model that somebody saved, if they name one. */
  private static PersonaRules withModel(PersonaRules rules, SparkSession spark) {
    Optional<OwnModel> named = rules.grouping().own().filter(own -> own.trainer().isEmpty());
    if (named.isEmpty()) {
      return rules;
    }
    SavedModel saved = SavedModel.load(spark, named.get().name());
    OwnModel loaded = named.get().with(saved.pipeline(), saved.content());
    return rules.with(rules.grouping().with(loaded));
  }

  /** The class of somebody's own that trains, if one is named. */
  private Optional<OwnModel> ownClass() {
    return rules.grouping().own().filter(own -> own.trainer().isPresent());
  }

  /** What personas are made of; what a class learns, {@link #rules(PersonaModel)} has. */
  PersonaRules rules() {
    return rules;
  }

  /** The same, with what a class of somebody's own learnt on the day of {@code model}. */
  PersonaRules rules(PersonaModel model) {
    return ownClass()
        .map(own -> rules.with(rules.grouping().with(own.with(learnt.get(model.asOf())))))
        .orElse(rules);
  }

  /** The night. */
  LocalDate asOf() {
    return context.asOf();
  }

  /** Whether a night before this one had the personas of {@code model}, as the log tells. */
  boolean wasUsed(PersonaModel model) {
    List<LocalDate> nights = model.asOf().datesUntil(context.asOf()).toList();
    return !nights.isEmpty()
        && !context.lake().hasNone(Personas.TABLE, Slice.of(Personas.TABLE, nights));
  }

  /** What is stored, but for what the same night made before: it decides anew. */
  static PersonaTrainings before(StageContext context) {
    PersonaTrainings trainings = new PersonaTrainings(context);
    ModelRows.models(context.lake().rows(PersonaModels.TABLE))
        .forEach(model -> trainings.stored.put(model.asOf(), model));
    PersonaModel ofTonight = trainings.stored.remove(context.asOf());
    if (ofTonight != null) {
      trainings.superseded.put(context.asOf(), ofTonight);
      trainings.gone.add(context.asOf());
    }
    return trainings;
  }

  /**
   * The model of that day, unless it was made by other rules, all is to be made anew, or days that
   * it learnt from have changed since.
   */
  Optional<PersonaModel> stored(LocalDate day) {
    return Optional.ofNullable(stored.get(day))
        .filter(model -> model.version().equals(rules.version()))
        .filter(model -> !context.night().fullRefresh())
        .filter(this::knowsItsDays)
        .filter(model -> ownClass().isEmpty() || isThere(day));
  }

  /** Whether what a class learnt on that day is still where it was saved; then it is loaded. */
  private boolean isThere(LocalDate day) {
    try {
      learnt.put(day, PipelineModel.load(path(day)));
      return true;
    } catch (Exception e) { // Scala's code throws checked ones undeclared.
      return false;
    }
  }

  /** Whether no day that {@code model} saw was written since. */
  private boolean knowsItsDays(PersonaModel model) {
    LocalDate before = model.asOf().minusDays(rules.windowDays());
    return LearntDays.areAsThen(
        context.lake(),
        model.daysVersion(),
        day -> day.isAfter(before) && !day.isAfter(model.asOf()));
  }

  /** The model that these customers teach; none without customers. */
  Optional<PersonaModel> train(Dataset<Row> features, LocalDate day) {
    PersonaModel known = stored.getOrDefault(day, superseded.get(day));
    PastTrainings past =
        new PastTrainings(List.copyOf(stored.headMap(day).values()), Optional.ofNullable(known));
    Optional<PersonaRules> ready = FindPersonas.learnt(features, rules);
    Optional<Training> training =
        ready.flatMap(each -> FindPersonas.train(features, day, each, past));
    ready
        .flatMap(each -> each.grouping().own())
        .flatMap(OwnModel::loaded)
        .ifPresent(pipeline -> learnt.put(day, pipeline));
    training.ifPresent(
        each -> {
          made.put(day, each);
          stored.put(day, each.model().learntFrom(context.lake().version(CustomerDays.TABLE)));
          gone.add(day);
        });
    return training.map(Training::model);
  }

  /**
   * Folder of the pipeline of that day, beside the tables, which another training replaces; or of
   * somebody's own.
   */
  String path(LocalDate day) {
    return rules
        .grouping()
        .own()
        .filter(own -> own.trainer().isEmpty())
        .map(OwnModel::name)
        .orElseGet(() -> context.lake().warehouse() + "/_models/personas/as_of=" + day);
  }

  /** What is to be written, if anything; each by itself. */
  List<Runnable> writes() {
    List<Runnable> writes = new ArrayList<>();
    if (!gone.isEmpty()) {
      List<Row> models = ModelRows.rows(List.copyOf(stored.values()));
      writes.add(() -> context.lake().overwrite(PersonaModels.TABLE, models));
      Slice days = Slice.of(PersonaChanges.TABLE, gone);
      List<Row> changes = changes();
      writes.add(() -> context.lake().replace(PersonaChanges.TABLE, days, changes));
      writes.add(this::report);
    }
    if (rules.grouping().own().isEmpty()) {
      made.forEach((day, each) -> writes.add(() -> save(each.model().pipeline(), path(day))));
    }
    if (ownClass().isPresent()) {
      made.keySet().forEach(day -> writes.add(() -> save(learnt.get(day), path(day))));
    }
    return writes;
  }

  private void report() {
    List<Row> reports = new ArrayList<>();
    made.values().forEach(each -> reports.addAll(each.reports()));
    StoreReports.replace(context.lake(), gone, FindPersonas.REPORTED::equals, reports);
  }

  private List<Row> changes() {
    List<Row> rows = new ArrayList<>();
    made.forEach((day, each) -> each.changes().forEach(change -> rows.add(change.row(day))));
    return rows;
  }

  private static void save(PipelineModel model, String path) {
    try {
      model.write().overwrite().save(path);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot save the persona model to %s: %s. No persona was written; see that the folder is writable and run the night again."
              .formatted(path, e.getMessage()),
          e);
    }
  }
}
