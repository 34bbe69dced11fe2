package io.itinera.jobs.launch;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.path.LookAround;
import io.itinera.core.path.LookAround.Anchor;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.query.Warehouses;
import io.itinera.jobs.screen.SqlFormat;
import io.itinera.jobs.screen.SqlFormat.Limits;
import io.itinera.jobs.stage.PathQuestion;
import io.itinera.jobs.stage.PathQuestion.Asked;
import io.itinera.jobs.stage.PathQuestion.Whose;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what journeys do before and behind a step, and between it and another. */
@Command(
    name = "around",
    description = {
      "Tells what journeys do right before and right behind a step: how often, which share, after",
      "how long; converted, abandoned and open ones apart. With a second step also how many reach",
      "it at any later time, how many do not, and what lies between. Steps are those of journeys."
    })
final class AroundCommand implements Callable<Integer> {

  private static final List<String> SIDES =
      List.of("before", "reached", "not reached", "between", "after");

  @Mixin private CommonOptions options;
  @Mixin private SegmentOptions segments;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "STEP", index = "0", description = "A step.")
  private String from;

  @Parameters(
      paramLabel = "TO",
      index = "1",
      arity = "0..1",
      defaultValue = "",
      description = "Another, at any later time.")
  private String to;

  @Option(
      names = "--occurrence",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Which of the times that a journey has the step count: 0 all (default), 1 the first, -1"
              + " the last, …")
  private int occurrence;

  @Option(
      names = "--of",
      paramLabel = "SEGMENT",
      description = "Only customers who are in it: " + SegmentOptions.SEGMENT + ".")
  private String of;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table (default), csv or json (one object a line).")
  private SqlFormat format;

  @Override
  public Integer call() throws Exception {
    return Launcher.ask(spec, options, (spark, config, screen) -> tell(spark, config));
  }

  private int tell(SparkSession spark, ItineraConfig config) throws Exception {
    Warehouses.require(config.warehouse(), spark.sessionState().newHadoopConf());
    Asked asked = new Asked(new Lake(spark, config.warehouse()), config);
    Whose whose = segments.whose(config, of);
    Anchor anchor = new Anchor(from, to, occurrence);
    Dataset<Row> rows =
        SegmentOptions.ask(() -> PathQuestion.around(asked, whose, anchor))
            .orderBy(
                place(),
                col(LookAround.OUTCOME).desc(),
                col(LookAround.TIMES_COUNT).desc(),
                col(LookAround.STEP));
    format.write(rows, new Limits(0, 0), spec.commandLine().getOut());
    return 0;
  }

  /** In the order in which journeys come to them. */
  private static Column place() {
    Column place = lit(SIDES.size());
    for (int i = 0; i < SIDES.size(); i++) {
      place = when(col(LookAround.SIDE).equalTo(SIDES.get(i)), i).otherwise(place);
    }
    return place;
  }
}
