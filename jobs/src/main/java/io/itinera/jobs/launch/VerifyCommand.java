package io.itinera.jobs.launch;

import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.night.NightRunner;
import io.itinera.jobs.process.MisuseException;
import io.itinera.jobs.query.Warehouses;
import io.itinera.jobs.screen.Screen;
import io.itinera.jobs.screen.TextTable;
import io.itinera.jobs.screen.TextTable.Heading;
import io.itinera.jobs.stage.Draw;
import io.itinera.jobs.stage.Stages;
import io.itinera.jobs.stage.Verified;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes rows of some customers anew and compares them with what is stored. */
@Command(
    name = "verify",
    description = {
      "Makes sessions, journeys and totals of some customers anew, from nothing but their",
      "touchpoints, and compares the tables with them. Changes nothing but quality_checks.",
      "Ends with 1 if there is a difference, and shows which tables, keys and columns."
    })
final class VerifyCommand implements Callable<Integer> {

  private static final BigDecimal ALL = BigDecimal.valueOf(100);

  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Option(
      names = "--sample",
      paramLabel = "SHARE",
      description = "Share of all customers, default 1%%; 100%% verifies everybody.")
  private String sample;

  @Option(
      names = "--customers",
      paramLabel = "COUNT",
      description = "So many customers instead of a share.")
  private Integer customers;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = "Another number draws other customers, default 1.")
  private long seed;

  @Override
  public Integer call() throws Exception {
    Draw draw = draw();
    return Launcher.launch(
        spec, options, (spark, config, screen) -> verify(draw, spark, config, screen));
  }

  private int verify(Draw draw, SparkSession spark, ItineraConfig config, Screen screen) {
    Warehouses.require(config.warehouse(), spark.sessionState().newHadoopConf());
    NightRunner runner = new NightRunner(spark, config, screen);
    LocalDate asOf =
        config
            .asOf()
            .or(() -> runner.lastNight(Stages.verified()))
            .orElseThrow(
                () ->
                    new MisuseException(
                        "No night has run on %s yet, so there is nothing to verify; run itinera nightly first."
                            .formatted(config.warehouse())));
    List<Verified> outcome = new ArrayList<>();
    runner.run(spec.name(), asOf, false, List.of(Stages.verify(config, draw, outcome::add)));
    return tell(outcome.get(0), asOf);
  }

  private int tell(Verified found, LocalDate asOf) {
    PrintWriter out = spec.commandLine().getOut();
    if (found.areAlike()) {
      out.println("The tables are right: " + found.describe() + ".");
      return 0;
    }
    TextTable table =
        new TextTable(
            List.of(Heading.text("table"), Heading.text("column"), Heading.text("key")), 0);
    found
        .differences()
        .forEach(each -> table.add(List.of(each.table(), each.column(), each.key())));
    table.lines().forEach(out::println);
    long more = found.differencesCount() - found.differences().size();
    if (more > 0) {
      out.println("and %,d more".formatted(more));
    }
    PrintWriter err = spec.commandLine().getErr();
    err.println("The tables are not what their touchpoints make: %s.".formatted(found.describe()));
    err.println(
        "Who wrote a table last, itinera sql \"DESCRIBE HISTORY sessions\" tells. To make these"
            + " tables"
            + " anew: itinera sessionize --full-refresh --as-of %1$s, then itinera nightly --as-of %1$s."
                .formatted(asOf));
    return Failures.FAILED;
  }

  private Draw draw() {
    if (sample != null && customers != null) {
      throw new MisuseException("Give --sample or --customers, not both.");
    }
    if (customers != null && customers < 1) {
      throw new MisuseException("--customers must be at least 1.");
    }
    return new Draw(
        customers == null ? share() : 0,
        customers == null ? OptionalInt.empty() : OptionalInt.of(customers),
        seed);
  }

  private double share() {
    String text = sample == null ? "1%" : sample.strip();
    String wrong = "--sample must be a share above 0% and up to 100%, such as 1%.";
    if (!text.matches("[0-9.]+ ?%")) {
      throw new MisuseException(wrong);
    }
    try {
      BigDecimal percent = new BigDecimal(text.replaceAll("[ %]", ""));
      if (percent.signum() > 0 && percent.compareTo(ALL) <= 0) {
        return percent.movePointLeft(2).doubleValue();
      }
      throw new MisuseException(wrong);
    } catch (NumberFormatException e) {
      throw new MisuseException(wrong, e);
    }
  }
}
