package io.itinera.core.offer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/**
 * What a customer bought: products by when they were bought first, the latest first, those of one
 * day in alphabetical order. Of more than {@value #MOST} the earliest are left out.
 *
 * @param customerId the customer
 * @param before products that they had before the days held back
 * @param all products up to as_of
 * @param fresh products that they bought first in the days held back
 */
record Basket(String customerId, List<String> before, List<String> all, List<String> fresh) {

  static final int MOST = 100;

  /**
   * Of a row of {@link CountTogether#baskets}.
   *
   * @param heldDays days up to as_of that are held back
   */
  static Basket of(Row row, int heldDays) {
    Map<String, Integer> firsts = new HashMap<>();
    for (Row day : row.<Row>getList(1)) {
      for (String product : day.<String>getList(1)) {
        firsts.merge(product, day.getInt(0), Math::max);
      }
    }
    Comparator<String> latestFirst = Comparator.comparing(firsts::get);
    List<String> products = new ArrayList<>(firsts.keySet());
    products.sort(latestFirst.thenComparing(Comparator.naturalOrder()));
    List<String> fresh = products.stream().filter(each -> firsts.get(each) < heldDays).toList();
    List<String> before = products.stream().filter(each -> firsts.get(each) >= heldDays).toList();
    return new Basket(row.getString(0), most(before), most(products), fresh);
  }

  private static List<String> most(List<String> products) {
    return products.subList(0, Math.min(MOST, products.size()));
  }
}
