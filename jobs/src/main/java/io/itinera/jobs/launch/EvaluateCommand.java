package io.itinera.jobs.launch;

import io.itinera.core.match.MeasureGroups;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.match.Evaluation;
import io.itinera.jobs.process.MisuseException;
import io.itinera.jobs.query.Catalog;
import io.itinera.jobs.query.Warehouses;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells how well persons are found. */
@Command(
    name = "evaluate",
    description = {
      "Compares persons that were found with those that somebody knows, over pairs and by B³.",
      "With columns source and record_id, the truth is about profiles of the warehouse, whose",
      "customers are compared. Else it holds records of its own: a model is learned from them",
      "without a look at the truth, they are grouped at the threshold that it suggests, and the",
      "best threshold is told beside it. Writes nothing."
    })
final class EvaluateCommand implements Callable<Integer> {

  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Option(
      names = "--truth",
      paramLabel = "FILE|TABLE",
      required = true,
      description = "CSV with a header, Parquet, or a table's name.")
  private String truth;

  @Option(
      names = "--person",
      paramLabel = "EXPRESSION",
      description = "What tells persons apart, a column or Spark SQL; default person or cluster.")
  private String person;

  @Option(
      names = "--column",
      paramLabel = "NAME=EXPRESSION",
      description = {
        "What is a column of profiles, or a field of the matching, where the truth names it",
        "otherwise, such as --column first_name=vorname; may be repeated. Usual names, such as",
        "given_name, surname, dob or postcode, are known."
      })
  private Map<String, String> columns = new LinkedHashMap<>();

  @Option(
      names = "--matching",
      paramLabel = "NAME",
      description = "One of itinera.identity.matchings; else the one that is set, else persons.")
  private String matching;

  @Override
  public Integer call() throws Exception {
    return Launcher.ask(spec, options, (spark, config, screen) -> evaluate(spark, config));
  }

  private int evaluate(SparkSession spark, ItineraConfig config) throws IOException {
    Dataset<Row> rows = rows(spark, config);
    String known = person == null ? Evaluation.person(rows) : person;
    PrintWriter out = spec.commandLine().getOut();
    if (Arrays.asList(rows.columns()).containsAll(List.of("source", "record_id"))) {
      Warehouses.require(config.warehouse(), spark.sessionState().newHadoopConf());
      Lake lake = new Lake(spark, config.warehouse());
      print(out, Evaluation.ofCustomers(lake, rows, known, config));
      return 0;
    }
    String name = matching == null && config.matchings().on().isEmpty() ? "persons" : matching;
    print(out, Evaluation.ofRecords(rows, known, columns, TrainCommand.chosen(config, name)));
    return 0;
  }

  private Dataset<Row> rows(SparkSession spark, ItineraConfig config) throws IOException {
    Path path = new Path(truth);
    if (path.getFileSystem(spark.sessionState().newHadoopConf()).exists(path)) {
      return Evaluation.read(spark, truth);
    }
    new Catalog(spark, config).registerFor(truth);
    if (!spark.catalog().tableExists(truth)) {
      throw new MisuseException("There is no file and no table '%s'.".formatted(truth));
    }
    return spark.table(truth);
  }

  private static void print(PrintWriter out, Evaluation evaluation) {
    MeasureGroups measured = evaluation.measured();
    out.println("%,d records of known persons".formatted(measured.records()));
    evaluation
        .reach()
        .ifPresent(
            reach ->
                out.println(
                    "%.2f %% of one person's pairs are within reach of the blocks"
                        .formatted(100 * reach)));
    evaluation
        .training()
        .ifPresent(
            learned ->
                out.println(
                    ("Threshold %.3f; expected without labels: precision %.4f, recall %.4f of what"
                            + " is within reach, reach at most %.2f %%")
                        .formatted(
                            learned.threshold(),
                            learned.precision(),
                            learned.recall(),
                            100 * learned.reach())));
    evaluation.training().ifPresent(learned -> out.println(learned.work()));
    out.println("          precision  recall     F1");
    out.println(line("pairs", measured.precision(), measured.recall(), measured.f1()));
    out.println(line("B3", measured.bPrecision(), measured.bRecall(), measured.bF1()));
    evaluation
        .best()
        .ifPresent(
            best ->
                out.println(
                    "Best F1 over pairs %.4f, at threshold %.3f"
                        .formatted(best.measured().f1(), best.threshold())));
    out.flush();
  }

  private static String line(String name, double precision, double recall, double f1) {
    return "%-8s  %.4f     %.4f     %.4f".formatted(name, precision, recall, f1);
  }
}
