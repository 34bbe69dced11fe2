package io.itinera.core.segment;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import io.itinera.core.segment.FindClusters.Found;
import io.itinera.core.table.Journeys;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Clusters of customers by what their journeys are like, numbered from 1: the largest first, of
 * equally large ones that whose description comes first.
 */
public final class PathClusters {

  public static final String CUSTOMER = MeasurePaths.CUSTOMER;
  public static final String CLUSTER = "cluster";

  /** What is told of each cluster. */
  public static final StructType SCHEMA =
      new StructType()
          .add(CLUSTER, DataTypes.LongType)
          .add("segment", DataTypes.StringType)
          .add("customers_count", DataTypes.LongType)
          .add("share", DataTypes.DoubleType)
          .add("conversion_rate", DataTypes.DoubleType)
          .add("revenue_per_customer", DataTypes.DoubleType)
          .add("journeys_per_customer", DataTypes.DoubleType)
          .add("stands_out", DataTypes.StringType)
          .add("typical_path", DataTypes.StringType)
          .add("typical_share", DataTypes.DoubleType);

  private static final StructType MEMBERS =
      new StructType().add(CUSTOMER, DataTypes.StringType).add(CLUSTER, DataTypes.LongType);

  private final Dataset<Row> journeys;
  private final Dataset<Row> customers;
  private final Found found;
  private final List<String> names;
  private final SortedMap<Integer, ClusterSums> sums;
  private final List<Integer> order;

  private PathClusters(Dataset<Row> journeys, ClusterRules rules) {
    MeasurePaths measure = new MeasurePaths(MeasurePaths.frequent(journeys));
    this.journeys = journeys;
    this.names = measure.names();
    this.customers = measure.measured(journeys);
    this.found = FindClusters.found(customers, names, rules);
    this.sums = sums();
    this.order =
        sums.keySet().stream()
            .sorted(
                Comparator.comparingLong((Integer each) -> -sums.get(each).customers())
                    .thenComparing(this::standsOut)
                    .thenComparing(Comparator.naturalOrder()))
            .toList();
  }

  /**
   * The clusters of everybody with a journey.
   *
   * @param journeys rows of {@link Journeys}
   * @throws TooAlikeException if there are not so many different customers
   */
  public static PathClusters of(Dataset<Row> journeys, ClusterRules rules) {
    return new PathClusters(journeys, rules);
  }

  /** How many clusters somebody is in. */
  int size() {
    return order.size();
  }

  /** Number of clusters that was tried, to the mean silhouette of those. */
  public SortedMap<Integer, Double> silhouettes() {
    return found.silhouettes();
  }

  /**
   * The customers of a cluster: {@link #CUSTOMER}.
   *
   * @param number of the cluster, from 1
   * @throws TooAlikeException if there are not so many clusters
   */
  public Dataset<Row> members(long number) {
    if (number > size()) {
      throw new TooAlikeException(
          "There is no cluster %d: customers are in %d".formatted(number, size()));
    }
    return members().where(col(CLUSTER).equalTo(number)).select(CUSTOMER);
  }

  /** One row per customer with a journey: {@link #CUSTOMER} and {@link #CLUSTER}. */
  public Dataset<Row> members() {
    PathModel model = found.model();
    Map<Integer, Long> numbers = new HashMap<>();
    order.forEach(each -> numbers.put(each, numbers.size() + 1L));
    return customers.map(
        (MapFunction<Row, Row>)
            row ->
                RowFactory.create(
                    row.getString(0), numbers.get(model.cluster(MeasurePaths.values(row)))),
        Encoders.row(MEMBERS));
  }

  /** Rows of {@link #SCHEMA}. */
  public List<Row> rows() {
    Map<Long, Row> typical = typical();
    long all = sums.values().stream().mapToLong(ClusterSums::customers).sum();
    List<Row> rows = new ArrayList<>();
    for (int cluster : order) {
      ClusterSums sum = sums.get(cluster);
      long number = rows.size() + 1L;
      Row path = typical.get(number);
      rows.add(
          RowFactory.create(
              number,
              segment(number),
              sum.customers(),
              (double) sum.customers() / all,
              sum.count(MeasurePaths.ENDED) == 0
                  ? null
                  : (Double) sum.share(MeasurePaths.CONVERTED, MeasurePaths.ENDED),
              (double) sum.count(MeasurePaths.REVENUE) / MeasurePaths.UNITS / sum.customers(),
              (double) sum.count(MeasurePaths.JOURNEYS) / sum.customers(),
              standsOut(cluster),
              path.getStruct(1).getString(1),
              (double) -path.getStruct(1).getLong(0) / path.getLong(2)));
    }
    return rows;
  }

  /** How the cluster is written as a segment. */
  private String segment(long number) {
    String by = found.model().by().name().toLowerCase(Locale.ROOT);
    return "cluster:%s:%d/%d".formatted(by, number, found.size());
  }

  /** What sets the cluster apart: the furthest from all customers, in standard deviations. */
  private String standsOut(int cluster) {
    ClusterSums all = sums.values().stream().reduce(ClusterSums::plus).orElseThrow();
    return IntStream.range(0, names.size())
        .boxed()
        .filter(i -> Math.abs(sums.get(cluster).apart(i, all)) >= 0.5)
        .sorted(
            Comparator.comparingDouble((Integer i) -> -Math.abs(sums.get(cluster).apart(i, all)))
                .thenComparing(Comparator.naturalOrder()))
        .limit(4)
        .map(
            i ->
                String.format(
                    Locale.ROOT, "%s %+.1f", names.get(i), sums.get(cluster).apart(i, all)))
        .collect(Collectors.joining(", "));
  }

  private SortedMap<Integer, ClusterSums> sums() {
    SortedMap<Integer, ClusterSums> together = new TreeMap<>();
    customers
        .mapPartitions(new SumUp(found.model()), Encoders.row(ClusterSums.SCHEMA))
        .collectAsList()
        .forEach(row -> together.merge(row.getInt(0), ClusterSums.of(row), ClusterSums::plus));
    return together;
  }

  private record SumUp(PathModel model) implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<Row> call(Iterator<Row> customers) {
      Map<Integer, ClusterSums> sums = new TreeMap<>();
      while (customers.hasNext()) {
        Row customer = customers.next();
        double[] values = MeasurePaths.values(customer);
        sums.computeIfAbsent(model.cluster(values), any -> ClusterSums.none(values.length))
            .add(model.scaling().apply(values), customer.getList(2));
      }
      return sums.entrySet().stream().map(sum -> sum.getValue().row(sum.getKey())).iterator();
    }
  }

  /** Number of the cluster, its most frequent path (less its times, path), and all its journeys. */
  private Map<Long, Row> typical() {
    return journeys
        .join(members(), CUSTOMER)
        .groupBy(col(CLUSTER), concat_ws(" > ", col(Journeys.PATH)).as("text"))
        .agg(count(lit(1)).as("times"))
        .select(
            col(CLUSTER),
            struct(negate(col("times")).as("less"), col("text")).as("path"),
            col("times"))
        .groupBy(CLUSTER)
        .agg(min_by(col("path"), col("path")), sum("times"))
        .collectAsList()
        .stream()
        .collect(Collectors.toMap(row -> row.getLong(0), row -> row));
  }
}
