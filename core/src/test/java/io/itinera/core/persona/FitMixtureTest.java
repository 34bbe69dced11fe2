package io.itinera.core.persona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.itinera.testing.SparkExtension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class FitMixtureTest {

  @Test
  void aNarrowGroupWithinAWideOneIsFoundAsKMeansCannot() {
    List<double[]> points = narrowInWide();

    Fit fit = FitMixture.of(points, 2, 1);

    int narrow = fit.spreads().get(0).variances().get(0) < 1 ? 0 : 1;
    assertThat(fit.spreads().get(narrow).weight()).isCloseTo(0.5, within(0.03));
    assertThat(fit.centers().get(narrow)[0]).isCloseTo(0, within(0.1));
    assertThat(fit.spreads().get(narrow).variances().get(0)).isCloseTo(0.25, within(0.05));
    assertThat(fit.centers().get(1 - narrow)[0]).isCloseTo(5, within(0.5));
    assertThat(fit.spreads().get(1 - narrow).variances().get(0)).isCloseTo(16, within(2.0));
    assertThat(fit.groups(points(0, 9, -4))).containsExactly(narrow, 1 - narrow, 1 - narrow);
  }

  @Test
  void oneGroupIsTheMeanAndTheVarianceAndItsBicFollows() {
    Fit fit = FitMixture.of(points(1, 2, 6), 1, 1);

    double variance = (4 + 1 + 9) / 3.0;
    assertThat(fit.centers().get(0)[0]).isCloseTo(3, within(1e-12));
    assertThat(fit.spreads().get(0).variances().get(0)).isCloseTo(variance, within(1e-12));
    double logLikelihood = -1.5 * Math.log(2 * Math.PI * variance) - 1.5;
    assertThat(fit.bic(points(1, 2, 6)))
        .as("a mean and a variance")
        .isCloseTo(2 * Math.log(3) - 2 * logLikelihood, within(1e-9));
  }

  @Test
  void bicIsBestOfAsManyAsThereAre() {
    List<double[]> points = narrowInWide();
    double[] bic =
        IntStream.rangeClosed(1, 4)
            .mapToDouble(size -> FitMixture.of(points, size, 1).bic(points))
            .toArray();

    assertThat(bic[1]).isEqualTo(Arrays.stream(bic).min().orElseThrow());
  }

  @Test
  void customersWhoAreAllAlikeDrawNobodyToThem() {
    Fit fit = FitMixture.of(points(5, 5, 5, 5, 6), 2, 1);

    assertThat(fit.spreads())
        .allSatisfy(
            each -> assertThat(each.variances()).containsExactly(FitMixture.LEAST_VARIANCE));
    assertThat(FitMixture.of(points(5, 5), 3, 1).centers()).hasSize(1);
    assertThat(fit.logLikelihood(points(5), new double[1][])).isFinite();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void sqlSaysWhatJavaSaysAndBothWhatTheDensitiesSay(long seed, SparkSession spark) {
    Random random = new Random(seed);
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      points.add(new double[] {random.nextGaussian() + i % 3, 2 * random.nextGaussian(), i % 2});
    }
    Fit fit = FitMixture.of(points, 4, seed);
    // Too far from all for any density to be told from 0.
    points.add(new double[] {200, -300, 90});

    List<Row> rows =
        IntStream.range(0, points.size())
            .mapToObj(i -> RowFactory.create(i, points.get(i)))
            .toList();
    StructType schema =
        new StructType()
            .add("i", DataTypes.IntegerType)
            .add("x", DataTypes.createArrayType(DataTypes.DoubleType));
    int[] bySql =
        spark
            .createDataFrame(rows, schema)
            .orderBy("i")
            .selectExpr("cast(" + fit.sql("x") + " AS int)")
            .collectAsList()
            .stream()
            .mapToInt(row -> row.getInt(0))
            .toArray();

    assertThat(bySql).isEqualTo(fit.groups(points));
    assertThat(Arrays.copyOf(bySql, 300))
        .isEqualTo(
            points.subList(0, 300).stream().mapToInt(point -> likeliest(fit, point)).toArray());
  }

  /** By the formula of the density. */
  private static int likeliest(Fit fit, double[] point) {
    int best = -1;
    double most = 0;
    for (int group = 0; group < fit.centers().size(); group++) {
      double density = fit.spreads().get(group).weight();
      for (int j = 0; j < point.length; j++) {
        double variance = fit.spreads().get(group).variances().get(j);
        double apart = point[j] - fit.centers().get(group)[j];
        density *= Math.exp(-apart * apart / variance / 2) / Math.sqrt(2 * Math.PI * variance);
      }
      if (density > most) {
        most = density;
        best = group;
      }
    }
    return best;
  }

  /** A thousand points: each second about 0 within a half or so, the others about 5 within four. */
  private static List<double[]> narrowInWide() {
    Random random = new Random(3);
    return IntStream.range(0, 1000)
        .mapToObj(
            i ->
                new double[] {
                  i % 2 == 0 ? random.nextGaussian() / 2 : 5 + 4 * random.nextGaussian()
                })
        .toList();
  }

  private static List<double[]> points(double... values) {
    return DoubleStream.of(values).mapToObj(x -> new double[] {x}).toList();
  }
}
