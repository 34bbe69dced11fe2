package io.itinera.jobs.report;

import io.itinera.core.persona.PersonaRules;
import io.itinera.core.persona.PersonaVocabulary;
import io.itinera.core.persona.Unit;
import io.itinera.core.table.Runs;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.config.ReportRules;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.process.MisuseException;
import java.io.IOException;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Everything that the tables say of one night, as a folder of pages. */
public final class Report {

  private final ItineraConfig config;
  private final ReportRules rules;
  private final Lake lake;

  /** Of the warehouse that {@code config} names. */
  public Report(SparkSession spark, ItineraConfig config) {
    this(spark, config, config.report());
  }

  private Report(SparkSession spark, ItineraConfig config, ReportRules rules) {
    this.config = config;
    this.rules = rules;
    // Names of tables mean something of their own in it.
    this.lake = new Lake(spark.newSession(), config.warehouse());
  }

  /** The same report, with a short form. */
  public Report withShortForm() {
    return new Report(lake.spark(), config, rules.withShortForm());
  }

  /**
   * The night that a report is about when nobody names one: the last that has succeeded.
   *
   * @throws MisuseException if there is none
   */
  public LocalDate lastNight() {
    List<Row> runs =
        lake.exists(Runs.TABLE) ? lake.rows(Runs.TABLE, Runs.AS_OF, Runs.STATUS) : List.of();
    return runs.stream()
        .filter(run -> "succeeded".equals(run.getString(1)) && !run.isNullAt(0))
        .map(run -> ((Date) run.get(0)).toLocalDate())
        .max(Comparator.naturalOrder())
        .orElseThrow(
            () ->
                new MisuseException(
                    "No night has run on %s yet; run itinera nightly first."
                        .formatted(lake.warehouse())));
  }

  /**
   * Writes the pages of the night {@code asOf} into {@code folder}, over those that lie there.
   *
   * @return the page to open first, and the short form in each language, if there is one
   */
  public List<Path> write(LocalDate asOf, String folder) throws IOException {
    Scope scope = new Scope(asOf, rules, config.paths().windowDays(), units());
    Findings findings =
        new AskTables(lake, config.tables(), config.timeZone()).ask(Pages.ALL, scope);
    PersonaRules personas = config.personas();
    PersonaVocabulary vocabulary = personas.use().units().vocabulary();
    List<Language> languages =
        rules.languages().stream()
            .map(code -> Language.of(code, config.currency()))
            .map(language -> language.with(vocabulary, personas.features().keySet()))
            .toList();
    PageFiles files = new PageFiles(new Path(folder), lake.spark().sessionState().newHadoopConf());
    Sheets sheets = new Sheets(scope, findings, languages);
    List<Path> written = new ArrayList<>(List.of(files.write(sheets)));
    if (rules.shortForm()) {
      written.addAll(files.writeShort(sheets));
    }
    return written;
  }

  /** What each feature of the configuration counts in. */
  private Map<String, Unit> units() {
    PersonaRules personas = config.personas();
    return personas.features().keySet().stream()
        .collect(Collectors.toMap(Function.identity(), personas.use().units()::of));
  }
}
