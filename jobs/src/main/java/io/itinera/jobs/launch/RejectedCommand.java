package io.itinera.jobs.launch;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.split;

import io.itinera.core.source.SourceRules;
import io.itinera.core.table.QualityChecks;
import io.itinera.core.table.RejectedRecords;
import io.itinera.core.table.RejectionReason;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.ingest.WarnOfColumns;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.process.MisuseException;
import io.itinera.jobs.query.Warehouses;
import io.itinera.jobs.repair.ExportRejected;
import io.itinera.jobs.repair.ExportReport;
import io.itinera.jobs.screen.SqlFormat;
import io.itinera.jobs.screen.SqlFormat.Limits;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what was rejected, and hands it out to be repaired. */
@Command(
    name = "rejected",
    description = {
      "Counts the rejected records by source and reason, and shows the newest; never their text.",
      "With --export it writes the records of one source into files. Repair them and put them into",
      "the landing folder: the next night loads exactly these. Exit code 1 if some could not be",
      "exported."
    })
final class RejectedCommand implements Callable<Integer> {

  private static final Limits WIDE = new Limits(0, 160);
  private static final int NEWEST = 10;

  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Option(names = "--source", paramLabel = "NAME", description = "Only records of this source.")
  private String source;

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      description = {
        "Only records rejected for this reason, such as bad-time; may be repeated.",
        "Without it --export leaves out those that the source filters."
      })
  private List<String> reasons = new ArrayList<>();

  @Option(
      names = "--export",
      paramLabel = "DIR",
      description = "Local folder for the files. They hold personal data, as the records do.")
  private Path folder;

  @Override
  public Integer call() throws Exception {
    if (folder != null && source == null) {
      throw new MisuseException("--export needs --source: each source has its own kind of file.");
    }
    if (folder != null && reasons.contains(RejectionReason.UNREADABLE_FILE.text())) {
      throw new MisuseException(
          "What is rejected as %s is a whole file, not a record: repair the file itself."
              .formatted(RejectionReason.UNREADABLE_FILE.text()));
    }
    return Launcher.ask(spec, options, (spark, config, screen) -> run(spark, config));
  }

  private int run(SparkSession spark, ItineraConfig config) throws IOException {
    Warehouses.require(config.warehouse(), spark.sessionState().newHadoopConf());
    Lake lake = new Lake(spark, config.warehouse());
    if (!lake.exists(RejectedRecords.TABLE)) {
      out().println("Nothing was loaded into %s yet.".formatted(lake.warehouse()));
      return 0;
    }
    return folder == null ? show(lake) : export(lake, config);
  }

  private int show(Lake lake) {
    Dataset<Row> rejected = chosen(lake);
    SqlFormat.TABLE.write(
        rejected
            .groupBy(RejectedRecords.SOURCE, RejectedRecords.REASON)
            .agg(count(lit(1)).as("records"))
            .orderBy(RejectedRecords.SOURCE, RejectedRecords.REASON),
        WIDE,
        out());
    out().println();
    out().println("The newest:");
    SqlFormat.TABLE.write(
        rejected
            .orderBy(
                col(RejectedRecords.REJECTED_AT).desc(),
                col(RejectedRecords.SOURCE),
                col(RejectedRecords.PATH),
                col(RejectedRecords.POSITION))
            .limit(NEWEST)
            .select(
                date_format(col(RejectedRecords.REJECTED_AT), "yyyy-MM-dd HH:mm:ss")
                    .as(RejectedRecords.REJECTED_AT),
                col(RejectedRecords.SOURCE),
                element_at(split(col(RejectedRecords.PATH), "/"), -1).as("file"),
                col(RejectedRecords.REASON),
                col(RejectedRecords.DETAIL)),
        WIDE,
        out());
    sayWhatFilesLack(lake, rejected);
    return 0;
  }

  /** Where a whole column is missing, that is the reason, whatever is said of each record. */
  private void sayWhatFilesLack(Lake lake, Dataset<Row> rejected) {
    if (!lake.exists(QualityChecks.TABLE)) {
      return;
    }
    List<Row> files = WarnOfColumns.behind(lake, rejected).limit(NEWEST).collectAsList();
    if (files.isEmpty()) {
      return;
    }
    out().println();
    out().println("Of files that lack columns which their source needs, the newest:");
    for (Row file : files) {
      out()
          .println(
              "%s of source %s, %,d records rejected: lacks %s. It has: %s."
                  .formatted(
                      file.getString(0),
                      file.getString(1),
                      file.getLong(2),
                      file.getString(4),
                      file.getString(3)));
    }
    out()
        .println(
            "Name the columns in the source as they are, then itinera nightly --reload SOURCE; or"
                + " deliver files that have them.");
  }

  private int export(Lake lake, ItineraConfig config) throws IOException {
    SourceRules rules = rules(config);
    requireOutside(config.landing());
    List<String> wanted = reasons.isEmpty() ? repairable(lake) : reasons;
    ExportRejected.Export export = ExportRejected.run(lake, rules, wanted, folder);
    ExportReport.lines(rules, export, folder).forEach(out()::println);
    export.problems().forEach(spec.commandLine().getErr()::println);
    return export.problems().isEmpty() ? 0 : Failures.FAILED;
  }

  private SourceRules rules(ItineraConfig config) {
    return config.sources().stream()
        .filter(each -> each.name().equals(source))
        .findFirst()
        .orElseThrow(
            () ->
                new MisuseException(
                    "There is no source %s in the configuration, only %s."
                        .formatted(
                            source,
                            config.sources().stream()
                                .map(SourceRules::name)
                                .collect(Collectors.joining(", ")))));
  }

  /** Records that nobody has repaired would be loaded, and rejected, again. */
  private void requireOutside(String landing) {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(landing);
    String scheme = path.toUri().getScheme();
    Path inside = Path.of(path.toUri().getPath()).toAbsolutePath().normalize();
    boolean isLocal = scheme == null || scheme.equals("file");
    if (isLocal && folder.toAbsolutePath().normalize().startsWith(inside)) {
      throw new MisuseException(
          "--export must not lead into the landing folder: the records are to be repaired first.");
    }
  }

  private List<String> repairable(Lake lake) {
    return chosen(lake).select(RejectedRecords.REASON).distinct().collectAsList().stream()
        .map(row -> row.getString(0))
        .filter(reason -> !reason.equals(RejectionReason.FILTERED.text()))
        .filter(reason -> !reason.equals(RejectionReason.UNREADABLE_FILE.text()))
        .sorted()
        .toList();
  }

  private Dataset<Row> chosen(Lake lake) {
    Dataset<Row> rejected = lake.read(RejectedRecords.TABLE);
    if (source != null) {
      rejected = rejected.where(col(RejectedRecords.SOURCE).equalTo(source));
    }
    return reasons.isEmpty()
        ? rejected
        : rejected.where(col(RejectedRecords.REASON).isin(reasons.toArray()));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
