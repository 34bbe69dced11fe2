package io.itinera.core.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.itinera.core.comparison.MeasureSegments.Days;
import io.itinera.core.table.Journeys;
import io.itinera.testing.SparkExtension;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Five hundred customers of the first segment and seven hundred of the second look and buy by
 * chance alike, but that the first call behind a third more of their looks.
 */
@ExtendWith(SparkExtension.class)
class CompareSegmentsTest {

  private static final LocalDate DAY = LocalDate.of(2026, 1, 31);
  private static final List<String> STEPS = List.of("web", "app", "email", "store");
  private static final ComparisonRules RULES =
      new ComparisonRules(3, 30, 10, 0.95, CorrectForMany.BENJAMINI_HOCHBERG);

  private record Journey(String customer, List<String> path, String outcome, long revenue) {}

  private static boolean isFirst(String customer) {
    return Integer.parseInt(customer.substring(1)) < 500;
  }

  private static List<Journey> company(double moreCalls) {
    Random random = new Random(5);
    List<Journey> journeys = new ArrayList<>();
    for (int i = 0; i < 1_200; i++) {
      String customer = "c" + i;
      int count = random.nextInt(4);
      for (int j = 0; j < count; j++) {
        List<String> path = new ArrayList<>();
        for (int step = 0; step <= random.nextInt(4); step++) {
          path.add(STEPS.get(random.nextInt(STEPS.size())));
        }
        if (random.nextDouble() < (isFirst(customer) ? moreCalls : 0) + 0.05) {
          path.add("call");
        }
        String outcome = List.of("converted", "abandoned", "open").get(random.nextInt(3));
        long revenue = outcome.equals("converted") ? random.nextLong(1, 501) : 0;
        journeys.add(new Journey(customer, path, outcome, revenue));
      }
    }
    return journeys;
  }

  private static List<Row> compared(SparkSession spark, List<Journey> journeys, int partitions) {
    Dataset<Row> all =
        spark.createDataFrame(journeys.stream().map(CompareSegmentsTest::row).toList(), schema());
    List<Row> members = new ArrayList<>();
    for (int i = 0; i < 1_200; i++) {
      members.add(RowFactory.create("c" + i, isFirst("c" + i)));
    }
    StructType schema =
        new StructType()
            .add("customer_id", DataTypes.StringType)
            .add(MeasureSegments.IS_FIRST, DataTypes.BooleanType);
    SegmentMeasures measures =
        MeasureSegments.measured(
            spark.createDataFrame(members, schema).repartition(partitions),
            all.repartition(partitions),
            new Days(DAY, DAY),
            RULES);
    assertThat(measures.customers()).containsExactly(500L, 700L);
    return CompareSegments.compared(measures, RULES);
  }

  private static StructType schema() {
    StructType schema = new StructType();
    for (String name :
        List.of(
            Journeys.CUSTOMER_ID,
            Journeys.OUTCOME,
            Journeys.REVENUE,
            Journeys.REFUNDED,
            Journeys.TOUCHPOINTS_COUNT,
            Journeys.SESSIONS_COUNT,
            Journeys.STARTED_AT,
            Journeys.ENDED_AT,
            Journeys.HAD_COMPLAINT,
            Journeys.HAD_CONTACT_CENTRE,
            Journeys.PATH,
            Journeys.ENDED_ON)) {
      schema = schema.add(Journeys.TABLE.schema().apply(name));
    }
    return schema;
  }

  private static Row row(Journey journey) {
    Timestamp start = Timestamp.from(Instant.parse("2026-01-31T10:00:00Z"));
    return RowFactory.create(
        journey.customer(),
        journey.outcome(),
        BigDecimal.valueOf(journey.revenue()),
        null,
        (long) journey.path().size(),
        1L,
        start,
        Timestamp.from(start.toInstant().plusSeconds(86_400)),
        false,
        journey.path().contains("call"),
        scala.jdk.javaapi.CollectionConverters.asScala(journey.path()).toSeq(),
        Date.valueOf(DAY));
  }

  @Test
  void whatWasPlantedDiffersAndNothingElse(SparkSession spark) {
    List<Row> rows = compared(spark, company(0.3), 3);

    assertThat(rows.stream().filter(row -> row.getBoolean(11)).map(row -> row.getString(1)))
        .first()
        .isEqualTo("contact_centre_share");
    assertThat(rows.stream().filter(row -> row.getBoolean(11)).map(row -> row.getString(1)))
        .allMatch(
            name ->
                name.contains("call")
                    || name.equals("contact_centre_share")
                    // A call is a step and a touchpoint more, and stands where else the end did.
                    || name.contains("_per_journey")
                    || name.contains(" > (")
                    || name.matches("[23] \\(.*"));
    assertThat(compared(spark, company(0.3), 1)).isEqualTo(rows);
  }

  @Test
  void whereNothingWasPlantedNothingDiffers(SparkSession spark) {
    List<Row> rows = compared(spark, company(0), 2);

    assertThat(rows).hasSizeGreaterThan(40).noneMatch(row -> row.getBoolean(11));
    // Not corrected, some would.
    assertThat(rows).anyMatch(row -> row.getDouble(9) < 0.05);
  }

  @Test
  void valuesAreThoseOfPlainLoops(SparkSession spark) {
    List<Journey> journeys = company(0.3);
    Map<String, Row> told = new HashMap<>();
    compared(spark, journeys, 2).forEach(row -> told.put(row.getString(0) + row.getString(1), row));

    for (boolean isFirst : List.of(true, false)) {
      List<Journey> theirs =
          journeys.stream().filter(each -> isFirst(each.customer()) == isFirst).toList();
      int value = isFirst ? 4 : 5;
      int customers = isFirst ? 2 : 3;
      double revenue = theirs.stream().mapToLong(Journey::revenue).sum();
      assertThat(told.get("metricrevenue_per_customer").getDouble(value))
          .isEqualTo(revenue / (isFirst ? 500 : 700), within(1e-9));
      assertThat(told.get("metricdays_to_convert").getDouble(value)).isEqualTo(1);
      double second =
          theirs.stream()
              .filter(each -> each.path().size() > 1 && each.path().get(1).equals("web"))
              .count();
      assertThat(told.get("step2 web").getDouble(value))
          .isEqualTo(second / theirs.size(), within(1e-12));
      Set<String> were = new HashSet<>();
      Set<String> wentOn = new HashSet<>();
      for (Journey journey : theirs) {
        for (int i = 0; i < journey.path().size(); i++) {
          boolean isLast = i + 1 == journey.path().size();
          if (journey.path().get(i).equals("app")
              && !(isLast && journey.outcome().equals("open"))) {
            were.add(journey.customer());
            if (!isLast && journey.path().get(i + 1).equals("call")) {
              wentOn.add(journey.customer());
            }
          }
        }
      }
      assertThat(told.get("graphapp > call").getLong(customers)).isEqualTo(were.size());
      assertThat(told.get("graphapp > call").getDouble(value))
          .isEqualTo((double) wentOn.size() / were.size(), within(1e-12));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void stepMatrixIsThatOfPlainLoops(long seed, SparkSession spark) {
    Random random = new Random(seed);
    List<Journey> journeys = new ArrayList<>();
    for (int i = 0; i < 1_200; i++) {
      int count = random.nextInt(3);
      for (int j = 0; j < count; j++) {
        List<String> path = new ArrayList<>();
        int steps = 1 + random.nextInt(5);
        for (int step = 0; step < steps; step++) {
          // States that stay, come back, and are somebody's alone.
          String same = path.isEmpty() ? "web" : path.get(path.size() - 1);
          path.add(random.nextInt(3) == 0 ? same : STEPS.get(random.nextInt(STEPS.size())));
        }
        String outcome = List.of("converted", "abandoned", "open").get(random.nextInt(3));
        journeys.add(new Journey("c" + i, path, outcome, 1));
      }
    }

    Map<String, List<Double>> told = new TreeMap<>();
    compared(spark, journeys, 1 + (int) seed % 3).stream()
        .filter(row -> row.getString(0).equals("step"))
        .forEach(row -> told.put(row.getString(1), List.of(row.getDouble(4), row.getDouble(5))));

    assertThat(told).isEqualTo(matrix(journeys));
  }

  /** Share of the journeys of each segment that are in a state at a step, of the first three. */
  private static Map<String, List<Double>> matrix(List<Journey> journeys) {
    Map<String, Set<String>> customers = new HashMap<>();
    Map<String, long[]> counts = new HashMap<>();
    long[] all = new long[2];
    for (Journey journey : journeys) {
      int segment = isFirst(journey.customer()) ? 0 : 1;
      all[segment]++;
      for (int step = 1; step <= RULES.mostSteps(); step++) {
        int steps = journey.path().size();
        String end =
            switch (journey.outcome()) {
              case "converted" -> "(conversion)";
              case "abandoned" -> "(exit)";
              default -> null;
            };
        boolean isEnd = step == steps + 1;
        String state = step <= steps ? journey.path().get(step - 1) : isEnd ? end : null;
        if (state != null) {
          String name = step + " " + state;
          counts.computeIfAbsent(name, none -> new long[2])[segment]++;
          customers.computeIfAbsent(name, none -> new HashSet<>()).add(journey.customer());
        }
      }
    }
    Map<String, List<Double>> matrix = new TreeMap<>();
    counts.forEach(
        (name, both) -> {
          if (customers.get(name).size() >= RULES.leastSeen()) {
            matrix.put(name, List.of((double) both[0] / all[0], (double) both[1] / all[1]));
          }
        });
    return matrix;
  }
}
