package io.itinera.jobs.config;

import static io.itinera.jobs.config.ConfigText.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.itinera.core.segment.ClusterRules;
import io.itinera.core.segment.ClusterRules.By;
import io.itinera.jobs.config.Segment.InCluster;
import io.itinera.jobs.config.Segment.InFunnel;
import io.itinera.jobs.config.Segment.Matching;
import io.itinera.jobs.config.Segment.Named;
import io.itinera.jobs.config.Segment.Not;
import io.itinera.jobs.config.Segment.Predicate;
import io.itinera.jobs.config.Segment.Quantile;
import io.itinera.jobs.config.Segment.Reach;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentSettingsTest {

  @TempDir Path folder;

  private SegmentRules rules() {
    return ConfigText.read(folder, "itinera.segments.rich = \"quantile:revenue>=0.9\"").segments();
  }

  @Test
  void eachKindHasItsForm() {
    SegmentRules rules = rules();

    assertThat(rules.read("revenue::int > 5")).isEqualTo(new Predicate("revenue::int > 5"));
    assertThat(rules.read("sql: stage = 'lead'")).isEqualTo(new Predicate("stage = 'lead'"));
    assertThat(rules.read("segment:rich")).isEqualTo(new Named("rich"));
    assertThat(rules.read("NOT Segment:rich")).isEqualTo(new Not(new Named("rich")));
    assertThat(rules.read("cluster:steps:2/5"))
        .isEqualTo(new InCluster(new ClusterRules(By.STEPS, 5, 5), 2));
    assertThat(rules.read("cluster:metrics:2"))
        .isEqualTo(new InCluster(new ClusterRules(By.METRICS, 2, 8), 2));
    assertThat(rules.read("not rich")).isEqualTo(new Predicate("not rich"));
    assertThat(rules.read("quantile: revenue / orders_count < 0.25"))
        .isEqualTo(new Quantile("revenue / orders_count", new BigDecimal("0.25"), false));
    assertThat(((Matching) rules.read("pattern:web:product_view -> .* -> call")).pattern().text())
        .isEqualTo("web:product_view -> .* -> call");
  }

  @ParameterizedTest
  @CsvSource({
    "funnel:purchase>=add_to_cart, 2, REACHED",
    "funnel:purchase < purchase, 4, NOT_REACHED",
    "funnel:purchase=add_to_cart, 2, STOPPED",
    "funnel:purchase = add_to_cart dropped, 2, DROPPED",
    "funnel:repurchase=purchase open, 1, OPEN",
  })
  void stepsOfFunnelsAreNamed(String text, int step, Reach reach) {
    InFunnel segment = (InFunnel) rules().read(text);

    assertThat(segment.step()).isEqualTo(step);
    assertThat(segment.reach()).isEqualTo(reach);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "patern:call | has an unknown kind patern; did you mean \"pattern\"?",
        "web:product_view -> call | a pattern begins with pattern:",
        "pattern:a -> ( | has a pattern that cannot be read: ",
        "funnel:purchas>=add_to_cart | names an unknown funnel purchas; did you mean \"purchase\"?",
        "funnel:purchase>=cart | names an unknown step cart; funnel purchase has product_view, ",
        "funnel:purchase | must be funnel:NAME>=STEP",
        "funnel:purchase>=add_to_cart open | must be funnel:NAME>=STEP",
        "quantile:revenue>0.9 | must be quantile:METRIC>=SHARE",
        "quantile:revenue>=90 | must be quantile:METRIC>=SHARE",
        "quantile:revenue>=0.0 | must be quantile:METRIC>=SHARE",
        "cluster:5 | must be cluster:metrics:NUMBER/OF",
        "cluster:metrics:6/5 | names cluster 6 of at most 5",
        "cluster:steps:1/99 | clusters must be 2 to 20",
        "segment:rch | names an unknown segment rch; did you mean \"rich\"?",
        "sql: | must be sql:PREDICATE",
      })
  void whatCannotBeReadIsTold(String text, String message) {
    SegmentRules rules = rules();

    assertThatThrownBy(() -> rules.read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private List<String> problemsOf(String... segments) {
    return problems(folder, "itinera.segments {\n" + String.join("\n", segments) + "\n}");
  }

  @Test
  void segmentsMayBeMadeOfOthers() {
    assertThat(
            problemsOf(
                "rich = \"quantile:revenue>=0.9\"",
                "calls = \"pattern:call\"",
                "both = \"rich AND calls AND persona = 'x'\"",
                "others = \"not segment:both\""))
        .isEmpty();
  }

  @Test
  void wrongSegmentIsToldWithItsPlaceKeyAndValue() {
    assertThat(problemsOf("rich = \"quantile:revenu>=0.9\""))
        .containsExactly(
            "my.conf:2: itinera.segments.rich = quantile:revenu>=0.9: unknown column revenu; did"
                + " you mean \"revenue\"?");
    assertThat(problemsOf("rich = \"segment:poor\""))
        .containsExactly(
            "my.conf:2: itinera.segments.rich = segment:poor: names an unknown segment poor;"
                + " itinera.segments has rich");
    assertThat(problemsOf("revenue = \"pattern:call\""))
        .containsExactly(
            "my.conf:2: itinera.segments.revenue = pattern:call: revenue is a column of customers"
                + " or scores, choose another name");
    assertThat(problemsOf("big-one = \"true\""))
        .singleElement()
        .asString()
        .contains("a segment's name is small letters, digits and _");
    assertThat(problemsOf("one = \"not segment:two\"", "two = \"one OR stage = 'lead'\""))
        .contains(
            "my.conf:2: itinera.segments.one = not segment:two: is made of itself: one > two >"
                + " one");
  }

  @Test
  void nightsTellFunnelsOfNamedSegmentsOnly() {
    assertThat(
            problems(folder, "itinera.segments.rich = \"true\", itinera.funnels.segments = [rich]"))
        .isEmpty();
    assertThat(
            problems(folder, "itinera.segments.rich = \"true\"\nitinera.funnels.segments = [poor]"))
        .singleElement()
        .asString()
        .contains("itinera.funnels.segments", "poor", "names of itinera.segments, which has rich");
  }

  @Test
  void namesOfTheCommandLineAreTheirOwn() {
    SegmentRules rules = rules();

    assertThat(rules.and("called", "call").read("segment:called")).isEqualTo(new Named("called"));
    assertThat(rules.and("called", "call").namesIn(new Predicate("called AND rich")))
        .containsExactly("called", "rich");
    assertThatThrownBy(() -> rules.and("rich", "call")).hasMessageContaining("has that name");
    assertThatThrownBy(() -> rules.and("email", "call")).hasMessageContaining("is a column");
  }
}
