package io.itinera.core.persona;

import io.itinera.core.persona.MeasurePersonas.Measures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A feature in which a persona differs from everybody.
 *
 * @param feature its name
 * @param personaMean mean of the persona's customers
 * @param populationMean mean of all customers
 * @param z their difference in standard deviations of all customers
 */
public record Contrast(String feature, double personaMean, double populationMean, double z) {

  private static final double NOTABLE = 0.2;

  /** The greatest differences first, at most {@code count}, none below a fifth of a deviation. */
  static List<Contrast> of(Measures persona, Measures everybody, int count) {
    List<Contrast> contrasts = new ArrayList<>();
    everybody
        .deviations()
        .forEach(
            (feature, deviation) -> {
              double own = persona.means().get(feature);
              double all = everybody.means().get(feature);
              double z = deviation == 0 ? 0 : (own - all) / deviation;
              if (Math.abs(z) >= NOTABLE) {
                contrasts.add(new Contrast(feature, own, all, z));
              }
            });
    contrasts.sort(
        Comparator.<Contrast>comparingDouble(contrast -> -Math.abs(contrast.z()))
            .thenComparing(Contrast::feature));
    return List.copyOf(contrasts.subList(0, Math.min(count, contrasts.size())));
  }
}
