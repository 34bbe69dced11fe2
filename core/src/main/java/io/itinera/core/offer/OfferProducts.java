package io.itinera.core.offer;

import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.itinera.core.offer.Companions.Offer;
import io.itinera.core.offer.JudgeOffers.Outcome;
import io.itinera.core.table.ModelReports;
import io.itinera.core.table.NextProducts;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Offers each customer who bought anything what others who buy alike bought. */
public final class OfferProducts {

  /** Name of the model in {@link ModelReports}. */
  public static final String MODEL = "next-products";

  private static final StructType OFFERS =
      new StructType()
          .add(required(NextProducts.CUSTOMER_ID, StringType, ""))
          .add(required(NextProducts.RANK, LongType, ""))
          .add(required(NextProducts.PRODUCT_ID, StringType, ""))
          .add(required(NextProducts.SCORE, DoubleType, ""));

  private OfferProducts() {}

  /**
   * What is offered, and how good that is.
   *
   * @param offers rows of {@link NextProducts}; none where offers are worse than the best sellers,
   *     or cannot be judged
   * @param reports rows of {@link ModelReports}
   * @param refusal why nothing is offered, if it is because offers are worse
   */
  public record Offered(
      Optional<Dataset<Row>> offers, List<Row> reports, Optional<String> refusal) {}

  /**
   * Learns from the window, judges by its last days, and offers.
   *
   * @param customerDays rows of {@link io.itinera.core.table.CustomerDays}; those later than {@code
   *     asOf} do not count
   */
  public static Offered offer(Dataset<Row> customerDays, LocalDate asOf, OfferRules rules) {
    Dataset<Row> baskets = CountTogether.baskets(customerDays, asOf, rules);
    List<PairCount> counts = CountTogether.counts(baskets, rules);
    Companions before = Companions.of(counts, PairCount::before, rules.leastTogether());
    Companions now = Companions.of(counts, PairCount::all, rules.leastTogether());
    if (now.areNone()) {
      return new Offered(Optional.empty(), List.of(), Optional.empty());
    }
    OfferModel then =
        rules.model() == OfferRules.Model.ALS
            ? LearnFactors.learn(baskets, before, rules, Basket::before)
            : before;
    Outcome outcome = new JudgeOffers(then, before, rules).judge(baskets);
    if (outcome.customers() < rules.leastJudged()) {
      Row unknown =
          report(asOf, "hit-rate", new Figure(null, null, outcome.customers(), tooFew(outcome)));
      return new Offered(Optional.empty(), List.of(unknown), Optional.empty());
    }
    List<Row> reports = reports(asOf, outcome, rules);
    if (outcome.hits() < outcome.sellerHits()) {
      return new Offered(Optional.empty(), reports, Optional.of(worse(outcome, rules)));
    }
    OfferModel model =
        rules.model() == OfferRules.Model.ALS
            ? LearnFactors.learn(baskets, now, rules, Basket::all)
            : now;
    Dataset<Row> offers =
        baskets
            .mapPartitions(new OfferEach(model, rules), Encoders.row(OFFERS))
            .withColumn(NextProducts.AS_OF, lit(asOf));
    return new Offered(Optional.of(NextProducts.TABLE.conform(offers)), reports, Optional.empty());
  }

  /** A figure with that of the best sellers beside it. */
  private record Figure(Double value, Double baseline, long sample, String detail) {}

  private static List<Row> reports(LocalDate asOf, Outcome outcome, OfferRules rules) {
    double customers = outcome.customers();
    double offered = customers * rules.offers();
    List<Row> reports = new ArrayList<>();
    reports.add(
        report(
            asOf,
            "hit-rate",
            new Figure(
                outcome.hits() / customers,
                outcome.sellerHits() / customers,
                outcome.customers(),
                "share of customers with something new in the last %d days to whom one of it would have been among %d offers by %s"
                    .formatted(rules.holdOutDays(), rules.offers(), rules.model().text()))));
    reports.add(
        report(
            asOf,
            "precision",
            new Figure(
                outcome.found() / offered,
                outcome.sellerFound() / offered,
                outcome.customers(),
                "share of offers that were bought")));
    reports.add(
        report(
            asOf,
            "recall",
            new Figure(
                outcome.found() / (double) outcome.bought(),
                outcome.sellerFound() / (double) outcome.bought(),
                outcome.customers(),
                "share of what was bought new that had been offered")));
    return reports;
  }

  private static Row report(LocalDate asOf, String metric, Figure figure) {
    return RowFactory.create(
        Date.valueOf(asOf),
        MODEL,
        metric,
        figure.value(),
        figure.baseline(),
        figure.sample(),
        figure.detail());
  }

  private static String tooFew(Outcome outcome) {
    return "only %d customers bought something new in the days held back: too few to judge offers by; none are made"
        .formatted(outcome.customers());
  }

  private static String worse(Outcome outcome, OfferRules rules) {
    return String.format(
        Locale.ROOT,
        "next-products by %s found something for %.1f %% of customers, the best sellers for %.1f"
            + " %%: next_products is not published",
        rules.model().text(),
        100.0 * outcome.hits() / outcome.customers(),
        100.0 * outcome.sellerHits() / outcome.customers());
  }

  /** What is offered to each customer of a partition. */
  private record OfferEach(OfferModel model, OfferRules rules)
      implements MapPartitionsFunction<Row, Row> {

    @Override
    public Iterator<Row> call(Iterator<Row> baskets) {
      Iterable<Row> all = () -> baskets;
      return java.util.stream.StreamSupport.stream(all.spliterator(), false)
          .map(row -> Basket.of(row, rules.holdOutDays()))
          .flatMap(basket -> rows(basket).stream())
          .iterator();
    }

    private List<Row> rows(Basket basket) {
      List<Offer> offers = model.offers(basket.all(), rules.offers());
      List<Row> rows = new ArrayList<>();
      for (Offer offer : offers) {
        rows.add(
            RowFactory.create(
                basket.customerId(), rows.size() + 1L, offer.product(), offer.score()));
      }
      return rows;
    }
  }
}
