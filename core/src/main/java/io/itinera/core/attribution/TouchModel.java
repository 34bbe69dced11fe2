package io.itinera.core.attribution;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Rules that part a conversion among the touches of its own journey. */
public enum TouchModel {
  /** All to the first touch. */
  FIRST,
  /** All to the last touch. */
  LAST,
  /** All to the last touch that is not direct; to the last where all are. */
  LAST_NON_DIRECT,
  /** The same to every touch. */
  LINEAR,
  /** 40 % to the first, 40 % to the last, 20 % among those between; two share evenly. */
  U_SHAPED,
  /** 20 % to the first, 60 % to the last, 20 % among those between; of two the last has 75 %. */
  J_CURVE,
  /** 60 % to the first, 20 % to the last, 20 % among those between; of two the first has 75 %. */
  INVERSE_J,
  /** By 2 to the power of minus the age in half-lives. */
  TIME_DECAY,
  /** All to each marketing channel and campaign that took part, so that sums exceed the total. */
  PARTICIPATION;

  /** Names of all of them, in their order. */
  static final List<String> TEXTS = Stream.of(values()).map(TouchModel::text).toList();

  private static final List<TouchModel> ALL = List.of(values());

  /** Where its conversions stand among sums of all models; its revenue stands next to them. */
  int place() {
    return 2 * ALL.indexOf(this);
  }

  /** As tables call it, such as last-non-direct. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether what it gives adds up to one conversion a journey. */
  public boolean conserves() {
    return this != PARTICIPATION;
  }

  /** What each touch of {@code journey}, which has some, weighs. */
  double[] weights(TouchedJourney journey, double halfLifeMicros) {
    int last = journey.size() - 1;
    return switch (this) {
      case FIRST -> only(last + 1, 0);
      case LAST -> only(last + 1, last);
      case LAST_NON_DIRECT -> only(last + 1, lastNonDirect(journey));
      case LINEAR -> even(last + 1);
      case U_SHAPED -> ends(last + 1, 0.4, 0.4, 0.5);
      case J_CURVE -> ends(last + 1, 0.2, 0.6, 0.25);
      case INVERSE_J -> ends(last + 1, 0.6, 0.2, 0.75);
      case TIME_DECAY -> decay(journey, halfLifeMicros);
      case PARTICIPATION -> firstOfEach(journey);
    };
  }

  /** What touches of {@code weights} are given of {@code whole} units. */
  long[] parts(long whole, double... weights) {
    if (conserves()) {
      return Apportion.units(whole, weights);
    }
    long[] parts = new long[weights.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = weights[i] > 0 ? whole : 0;
    }
    return parts;
  }

  private static double[] only(int size, int place) {
    double[] weights = new double[size];
    weights[place] = 1;
    return weights;
  }

  private static double[] even(int size) {
    double[] weights = new double[size];
    Arrays.fill(weights, 1.0 / size);
    return weights;
  }

  private static double[] ends(int size, double first, double last, double firstOfTwo) {
    if (size == 1) {
      return even(1);
    }
    if (size == 2) {
      return new double[] {firstOfTwo, 1 - firstOfTwo};
    }
    double[] weights = new double[size];
    Arrays.fill(weights, (1 - first - last) / (size - 2));
    weights[0] = first;
    weights[size - 1] = last;
    return weights;
  }

  private static int lastNonDirect(TouchedJourney journey) {
    int place = journey.size() - 1;
    while (place >= 0 && journey.touches().get(place).isDirect()) {
      place--;
    }
    return place < 0 ? journey.size() - 1 : place;
  }

  /** Ages count from the youngest touch: far away all would round to nothing. */
  private static double[] decay(TouchedJourney journey, double halfLifeMicros) {
    long youngest = journey.touches().get(journey.size() - 1).micros();
    double[] weights =
        journey.touches().stream()
            .mapToDouble(touch -> Math.pow(2, (touch.micros() - youngest) / halfLifeMicros))
            .toArray();
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(weight -> weight / sum).toArray();
  }

  private static double[] firstOfEach(TouchedJourney journey) {
    Set<List<String>> met = new HashSet<>();
    return journey.touches().stream()
        .mapToDouble(touch -> met.add(List.of(touch.channel(), touch.campaign())) ? 1 : 0)
        .toArray();
  }
}
