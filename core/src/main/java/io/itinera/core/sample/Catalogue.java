package io.itinera.core.sample;

import java.util.List;

/** What the shop sells. */
final class Catalogue {

  /** A product. */
  record Product(String sku, String name, String category) {}

  private static final int PRODUCTS = 48;

  private static final List<String> CATEGORIES =
      List.of("Shoes", "Jackets", "Garden", "Kitchen", "Toys", "Books");

  private Catalogue() {}

  /** Any product, mostly of the person's favourite category. */
  static Product pick(Story story, Dice dice) {
    int favourite = (int) (story.number(11) % CATEGORIES.size());
    int number = dice.below(PRODUCTS);
    if (dice.chance(0.6)) {
      number = number / CATEGORIES.size() * CATEGORIES.size() + favourite;
    }
    String category = CATEGORIES.get(number % CATEGORIES.size());
    return new Product("SKU-%d".formatted(1000 + number), category + " " + number, category);
  }

  /** {@code cents} as a decimal number with a point. */
  static String amount(long cents) {
    String sign = cents < 0 ? "-" : "";
    return "%s%d.%02d".formatted(sign, Math.abs(cents) / 100, Math.abs(cents) % 100);
  }
}
