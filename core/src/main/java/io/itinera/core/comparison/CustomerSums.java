package io.itinera.core.comparison;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * What a ratio measured of a segment rests on: each customer has a numerator (x) and a denominator
 * (m), such as what they spent and the orders that they placed. Customers are independent of each
 * other, what one of them does is not: so variances are those between customers.
 *
 * @param customers whose denominator is not 0
 * @param seen those whose numerator is not 0
 * @param x sum of numerators
 * @param m sum of denominators
 * @param xx sum of squares of numerators
 * @param xm sum of numerators times denominators
 * @param mm sum of squares of denominators
 */
public record CustomerSums(
    long customers,
    long seen,
    BigInteger x,
    BigInteger m,
    BigInteger xx,
    BigInteger xm,
    BigInteger mm) {

  /** Of nobody. */
  static final CustomerSums NONE =
      new CustomerSums(
          0,
          0,
          BigInteger.ZERO,
          BigInteger.ZERO,
          BigInteger.ZERO,
          BigInteger.ZERO,
          BigInteger.ZERO);

  /** Of {@code all} customers, each of whom counts once, {@code some} do it. */
  public static CustomerSums share(long some, long all) {
    BigInteger x = BigInteger.valueOf(some);
    BigInteger m = BigInteger.valueOf(all);
    return new CustomerSums(all, some, x, m, x, x, m);
  }

  /** One more customer. */
  CustomerSums and(long numerator, long denominator) {
    BigInteger one = BigInteger.valueOf(numerator);
    BigInteger of = BigInteger.valueOf(denominator);
    return new CustomerSums(
        customers + (denominator == 0 ? 0 : 1),
        seen + (numerator == 0 ? 0 : 1),
        x.add(one),
        m.add(of),
        xx.add(one.multiply(one)),
        xm.add(one.multiply(of)),
        mm.add(of.multiply(of)));
  }

  /** These customers and others. */
  CustomerSums plus(CustomerSums others) {
    return new CustomerSums(
        customers + others.customers,
        seen + others.seen,
        x.add(others.x),
        m.add(others.m),
        xx.add(others.xx),
        xm.add(others.xm),
        mm.add(others.mm));
  }

  /** The same numerators, of customers with the denominators of {@code all}. */
  CustomerSums of(CustomerSums all) {
    return new CustomerSums(all.customers, seen, x, all.m, xx, xm, all.mm);
  }

  /** The ratio. */
  double value() {
    return x.doubleValue() / m.doubleValue();
  }

  /** Whether each customer counts once, and either does it or does not. */
  boolean isShare() {
    return xx.equals(x) && mm.equals(m) && m.equals(BigInteger.valueOf(customers));
  }

  /**
   * Variance of the ratio by linearisation (Cochran, Sampling Techniques, 3rd edition, 1977, 6.4):
   * Σ (x − r m)² ÷ (Σ m)², times n ÷ (n − 1). Computed with integers: nothing cancels.
   */
  double variance() {
    BigInteger residual =
        xx.multiply(m)
            .multiply(m)
            .subtract(x.multiply(m).multiply(xm).shiftLeft(1))
            .add(x.multiply(x).multiply(mm));
    double ofSums =
        new BigDecimal(residual)
            .divide(new BigDecimal(m.pow(4)), MathContext.DECIMAL64)
            .doubleValue();
    return ofSums * customers / (customers - 1.0);
  }
}
