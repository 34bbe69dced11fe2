package io.itinera.core.process;

import io.itinera.core.process.CaseRules.Learning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What tasks counted of the same, together: few rows, whatever they counted. */
record GatherCases(CaseRules rules) implements MapPartitionsFunction<Row, Row> {

  /** As {@link TallyCases#OUTPUT}, with the first day of a bin, and what is no whole number. */
  static final StructType OUTPUT =
      new StructType()
          .add("kind", DataTypes.StringType)
          .add("from", DataTypes.StringType)
          .add("to", DataTypes.StringType)
          .add("numbers", DataTypes.createArrayType(DataTypes.LongType))
          .add("day", DataTypes.LongType)
          .add("decimals", DataTypes.createArrayType(DataTypes.DoubleType));

  /** What {@link Runs#batches} tells of a step. */
  static final String BATCHES = "batches";

  /** How many were checked, and deviate: before this night, and in it. */
  static final String DEVIATING = "deviating";

  private static final long serialVersionUID = 1L;
  private static final double[] NO_DECIMALS = {};

  private record Key(String kind, String from, String to) {}

  private static final class Told {
    private final List<long[]> numbers = new ArrayList<>();
    private final List<byte[]> parts = new ArrayList<>();
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    Map<Key, Told> told = new HashMap<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      Told it =
          told.computeIfAbsent(
              new Key(row.getString(0), row.getString(1), row.getString(2)), none -> new Told());
      it.numbers.add(row.<Long>getList(3).stream().mapToLong(Long::longValue).toArray());
      if (!row.isNullAt(4)) {
        it.parts.add(row.getAs(4));
      }
    }
    List<Row> gathered = new ArrayList<>();
    told.forEach((key, it) -> gather(key, it, gathered));
    return gathered.iterator();
  }

  private void gather(Key key, Told told, List<Row> rows) {
    switch (key.kind()) {
      case TallyCases.EDGE -> spectrum(key, told, rows);
      case TallyCases.PAIR -> pair(key, told, rows);
      case TallyCases.STEP -> step(key, told, rows);
      default -> {
        long[] sum = new long[TallyCases.CASES_SIZE];
        told.numbers.forEach(numbers -> Arrays.setAll(sum, i -> sum[i] + numbers[i]));
        rows.add(row(key, sum));
      }
    }
  }

  private void step(Key key, Told told, List<Row> rows) {
    StepTally sum = new StepTally();
    told.numbers.forEach(sum::add);
    rows.add(row(key, sum.numbers()));
    long[] batches = Runs.batches(Runs.merged(told.parts, rules.batches()), rules.batches());
    rows.add(row(new Key(BATCHES, key.from(), key.to()), batches));
  }

  private void spectrum(Key key, Told told, List<Row> rows) {
    Spectrum spectrum = Spectrum.of(told.parts, rules.binDays());
    List<Double> q = spectrum.quartiles();
    spectrum
        .bins()
        .forEach(
            (day, classes) -> {
              double[] decimals = {spectrum.medians().get(day), q.get(0), q.get(1), q.get(2)};
              rows.add(RowFactory.create(key.kind(), key.from(), key.to(), classes, day, decimals));
            });
  }

  private void pair(Key key, Told told, List<Row> rows) {
    PairTally sum = new PairTally();
    told.numbers.forEach(sum::add);
    rows.add(row(key, sum.numbers()));
    Learning learning = rules.learning();
    Figures usual = sum.usual();
    if (usual.measured() < learning.leastJourneys()) {
      return;
    }
    double mean = usual.mean();
    double most = learning.deviations() * usual.deviation();
    long[] counts = new long[4];
    for (byte[] part : told.parts) {
      for (long time : Longs.of(part)) {
        int night = (int) (time & 1) * 2;
        counts[night]++;
        counts[night + 1] += Math.abs((time >> 1) - mean) > most ? 1 : 0;
      }
    }
    rows.add(row(new Key(DEVIATING, key.from(), key.to()), counts));
  }

  private static Row row(Key key, long... numbers) {
    return RowFactory.create(key.kind(), key.from(), key.to(), numbers, null, NO_DECIMALS);
  }
}
