package io.itinera.core.identity;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.xxhash64;

import com.sun.management.OperatingSystemMXBean;
import io.itinera.core.identity.IdentityRules.IdentifierType;
import io.itinera.core.identity.IdentityRules.Level;
import io.itinera.core.spark.ConnectedComponents;
import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.Evidence;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/** Who is who among records that name identifiers: what the steps of stitching cost. */
public final class StitchGraph {

  private static final String KEY = "bench";

  private StitchGraph() {}

  /**
   * Prints the seconds, CPU seconds, and CPU seconds of a second run, of each step.
   *
   * @param arguments folder of evidence, folder to write to, steps: {@code components}, {@code
   *     unguarded}, {@code guarded}
   */
  public static void main(String[] arguments) {
    SparkSession spark = SparkSession.builder().master("local[*]").getOrCreate();
    Dataset<Row> evidence = Evidence.TABLE.conform(spark.read().parquet(arguments[0]));
    for (int i = 2; i < arguments.length; i++) {
      String step = arguments[i];
      OperatingSystemMXBean system =
          (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      long cpu = system.getProcessCpuTime();
      long start = System.nanoTime();
      run(step, evidence, arguments[1] + "/" + step);
      System.out.printf(
          "%s %.1f %.1f%n",
          step, (System.nanoTime() - start) / 1e9, (system.getProcessCpuTime() - cpu) / 1e9);
    }
    spark.stop();
  }

  private static void run(String step, Dataset<Row> evidence, String folder) {
    if (step.equals("components")) {
      write(labels(evidence), folder);
      return;
    }
    if (step.equals("night")) {
      night(evidence, folder);
      return;
    }
    boolean isGuarded = step.equals("guarded");
    Dataset<Row> seen = isGuarded ? evidence.where(not(isNew())) : evidence;
    write(Stitch.stitch(seen, isGuarded ? guarded() : unguarded()), folder);
  }

  /** One row in a hundred is new. */
  private static Column isNew() {
    return pmod(xxhash64(col(Evidence.SET_ID)), lit(100)).equalTo(0);
  }

  /** As the stage does it: what new evidence reaches is stitched anew, all other rows stay. */
  private static void night(Dataset<Row> evidence, String folder) {
    SparkSession spark = evidence.sparkSession();
    String before = folder.replace("night", "guarded");
    Dataset<Row> identities = spark.read().parquet(before + "-identities");
    Dataset<Row> edges = spark.read().parquet(before + "-edges");
    Dataset<Row> scope =
        FindScope.identifiers(evidence.where(isNew()), identities).transform(HoldRows::toJoin);
    Dataset<Row> touched = FindScope.evidence(evidence, scope).transform(HoldRows::of);
    Stitch anew = Stitch.stitch(touched, guarded());
    write(without(identities, "", scope).unionByName(anew.identities()), folder + "-identities");
    write(without(edges, "left_", scope).unionByName(anew.edges()), folder + "-edges");
  }

  private static Dataset<Row> without(Dataset<Row> rows, String side, Dataset<Row> scope) {
    Column isTouched =
        col(side + "type")
            .equalTo(col(FindScope.TYPE))
            .and(col(side + "value").equalTo(col(FindScope.VALUE)));
    return rows.join(scope, isTouched, "left_anti");
  }

  private static void write(Stitch stitch, String folder) {
    write(stitch.identities(), folder + "-identities");
    write(stitch.edges(), folder + "-edges");
  }

  private static void write(Dataset<Row> rows, String folder) {
    rows.write().mode(SaveMode.Overwrite).parquet(folder);
  }

  private static Dataset<Row> labels(Dataset<Row> evidence) {
    Column first = col(Evidence.IDENTIFIERS).getItem(0);
    Dataset<Row> links =
        evidence
            .where(size(col(Evidence.IDENTIFIERS)).gt(1))
            .select(
                node(first).as(ConnectedComponents.LEFT),
                explode(slice(col(Evidence.IDENTIFIERS), 2, 100)).as("other"))
            .select(
                col(ConnectedComponents.LEFT), node(col("other")).as(ConnectedComponents.RIGHT));
    Dataset<Row> found = ConnectedComponents.components(links);
    return evidence
        .select(col(Evidence.SET_ID), node(first).as("first_node"))
        .join(found, col("first_node").equalTo(found.col(ConnectedComponents.NODE)), "left")
        .select(
            col(Evidence.SET_ID),
            coalesce(col(ConnectedComponents.COMPONENT), col("first_node")).as("label"));
  }

  private static Column node(Column identifier) {
    return udf(new KeyedNode(KEY), DataTypes.LongType)
        .apply(identifier.getField("type"), identifier.getField("value"));
  }

  private static IdentityRules guarded() {
    return new IdentityRules(
        Map.of(
            "email",
            new IdentifierType(Level.PERSON, 1, Optional.of(3), Optional.empty()),
            "cookie",
            new IdentifierType(Level.DEVICE, 1)),
        20,
        100,
        Set.of("info"),
        new DeviceRules(DeviceRules.Ownership.SHARED, Duration.ofDays(30)),
        KEY);
  }

  private static IdentityRules unguarded() {
    return new IdentityRules(
        Map.of(
            "email", new IdentifierType(Level.PERSON, 1),
            "cookie", new IdentifierType(Level.DEVICE, 1)),
        Integer.MAX_VALUE,
        Integer.MAX_VALUE,
        Set.of(),
        new DeviceRules(DeviceRules.Ownership.SHARED, Duration.ofDays(30)),
        KEY);
  }
}
