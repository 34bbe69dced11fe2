package io.itinera.core.offer;

import static org.apache.spark.sql.types.DataTypes.LongType;

import io.itinera.core.offer.Companions.Offer;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * Counts how often customers bought, in the days held back, what would have been offered to them
 * before; each partition tells its sums.
 *
 * @param model what was known before these days
 * @param sellers knows what sold best before these days
 * @param rules what is offered
 */
record JudgeOffers(OfferModel model, Companions sellers, OfferRules rules)
    implements MapPartitionsFunction<Row, Row> {

  private static final StructType SUMS =
      new StructType()
          .add("customers", LongType)
          .add("bought", LongType)
          .add("hits", LongType)
          .add("found", LongType)
          .add("seller_hits", LongType)
          .add("seller_found", LongType);

  /**
   * What came of offers.
   *
   * @param customers who had bought before, and bought something new in the days held back
   * @param bought new products that they bought
   * @param hits customers who bought one of the products offered
   * @param found products offered that were bought
   * @param sellerHits customers who bought one of the best sellers
   * @param sellerFound best sellers that were bought
   */
  record Outcome(
      long customers, long bought, long hits, long found, long sellerHits, long sellerFound) {}

  Outcome judge(Dataset<Row> baskets) {
    long[] sums = new long[SUMS.size()];
    for (Row row : baskets.mapPartitions(this, Encoders.row(SUMS)).collectAsList()) {
      add(row, sums);
    }
    return new Outcome(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5]);
  }

  private static void add(Row row, long[] sums) {
    for (int place = 0; place < sums.length; place++) {
      sums[place] += row.getLong(place);
    }
  }

  @Override
  public Iterator<Row> call(Iterator<Row> baskets) {
    long[] sums = new long[SUMS.size()];
    while (baskets.hasNext()) {
      Basket basket = Basket.of(baskets.next(), rules.holdOutDays());
      if (!basket.before().isEmpty() && !basket.fresh().isEmpty()) {
        long found = found(model.offers(basket.before(), rules.offers()), basket.fresh());
        long sold = found(sellers.sellers(basket.before(), rules.offers()), basket.fresh());
        sums[0]++;
        sums[1] += basket.fresh().size();
        sums[2] += Math.min(found, 1);
        sums[3] += found;
        sums[4] += Math.min(sold, 1);
        sums[5] += sold;
      }
    }
    return List.of(RowFactory.create(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5]))
        .iterator();
  }

  private static long found(List<Offer> offers, Collection<String> bought) {
    return offers.stream().filter(offer -> bought.contains(offer.product())).count();
  }
}
