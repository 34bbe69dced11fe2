package io.itinera.core.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.itinera.core.function.WebAddress;
import io.itinera.core.rule.PageRules.Group;
import io.itinera.core.spark.PatternFunctions;
import io.itinera.testing.SparkExtension;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What pages are called. */
@ExtendWith(SparkExtension.class)
class PageRulesTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "https://shop.example/p/red?x=1#y, /p/red",
        "/product/17/, /product/{id}",
        "/product/17a, /product/17a",
        "/o/0123456789abcdef, /o/{id}",
        "/o/0123456789abcde, /o/0123456789abcde",
        "/o/1b4e28ba-2fa1-11d2-883f-0016d3cca427/items, /o/{id}/items",
        "/o/1b4e28ba-2fa1-11d2-883f-0016d3cca42x, /o/1b4e28ba-2fa1-11d2-883f-0016d3cca42x",
        "https://shop.example/?q=1, /",
        "//shop.example/a//, /a",
        "home?x, home",
        "Queue 7, Queue 7"
      })
  void addressesAreCleaned(String address, String page) {
    assertThat(WebAddress.page(address)).isEqualTo(page);
  }

  @Test
  void whatIsNothingButAQueryIsNoPage() {
    assertThat(WebAddress.page("?x=1")).isNull();
    assertThat(WebAddress.page(" ")).isNull();
  }

  @Test
  void theFirstGroupToWhichAPageBelongsNamesIt(SparkSession spark) {
    PageRules rules =
        new PageRules(
            "url_page(location)",
            List.of(
                new Group("it's a product", List.of("/p/*", "/product/{id}")),
                new Group("100%_sure", List.of("/100%_*")),
                new Group("rest", List.of("/p/red", "/x"))));

    assertThat(
            spark
                .createDataset(
                    Arrays.asList(
                        "/p/red", "/product/9", "/product/a", "/x", "/100%_a", "/1000_a", null),
                    Encoders.STRING())
                .toDF("location")
                .select(PatternFunctions.expr(rules.sql()))
                .as(Encoders.STRING())
                .collectAsList())
        .containsExactly(
            "it's a product", "it's a product", "/product/a", "rest", "100%_sure", "/1000_a", null);
    assertThatThrownBy(() -> new Group("none", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void pageIsPutIntoExpressionsWhereItIsAColumn() {
    PageRules rules = new PageRules("location", List.of());

    assertThat(rules.in("page = 'page' AND Page IN (\"page\", `page`)"))
        .isEqualTo("(location) = 'page' AND (location) IN (\"page\", (location))");
    assertThat(rules.in("page_view = properties['a\\'page'] OR t.page = webpage"))
        .isEqualTo("page_view = properties['a\\'page'] OR t.page = webpage");
    assertThat(rules.in("type = 'x")).isEqualTo("type = 'x");
  }
}
