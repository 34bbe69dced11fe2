package io.itinera.core.attribution;

import java.util.List;

/**
 * A journey that has ended, with the touches that may have credit for it.
 *
 * @param touches in their order, those of the lookback; none where nothing touched it
 * @param conversionType what kind of conversion ended it; null where it was abandoned
 * @param revenue what it brought, in the smallest unit of money that tables hold
 */
record TouchedJourney(List<Touch> touches, String conversionType, long revenue) {

  /** A whole conversion in units: sums of them are exact, in whatever order they are added. */
  static final long CONVERSION = 10_000_000_000L;

  /**
   * A touch.
   *
   * @param channel marketing channel
   * @param campaign or what stands for none
   * @param micros when, in microseconds since 1970
   * @param isDirect whether nobody sent the customer
   */
  record Touch(String channel, String campaign, long micros, boolean isDirect) {}

  int size() {
    return touches.size();
  }

  boolean isConverted() {
    return conversionType != null;
  }

  /** What each touch is given of the conversion, in units, which add up if the model conserves. */
  long[] conversions(TouchModel model, double halfLifeMicros) {
    return model.parts(CONVERSION, model.weights(this, halfLifeMicros));
  }

  /** What each touch is given of the revenue. */
  long[] revenues(TouchModel model, double halfLifeMicros) {
    return model.parts(revenue, model.weights(this, halfLifeMicros));
  }
}
