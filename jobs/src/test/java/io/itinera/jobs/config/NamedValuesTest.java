package io.itinera.jobs.config;

import static io.itinera.jobs.config.ConfigText.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.source.MappingRules;
import io.itinera.core.source.SourceRules;
import io.itinera.core.spark.EssentialColumns;
import io.itinera.core.spark.Expressions;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedValuesTest {

  private static final String SOURCE =
      """
      itinera.sources.till { format = csv, options.header = true, path = /x, touchpoint {
        record-id = nr, occurred-at = t, channel = "'store'", type = "'purchase'"
        identifiers.email = mail } }
      """;

  private static final String DECLARED =
      """
      itinera.sources.till.schema = "t STRING, mail STRING, Amount STRING, nr STRING"
      """;

  @TempDir private Path folder;

  @Test
  void valueStandsWhereverAnExpressionNamesIt() {
    SourceRules source =
        read(
            """
            itinera.sources.till {
              let { paid = "amount > 0", its_list = "split(items, ',')", its_id = "nr" }
              where = "paid", version-at = "if(paid, t, NULL)", rank = "int(paid)"
              explode = its_list
              touchpoint { where = "NOT paid", record-id = its_id, value = "if(paid, amount, 0)"
                identifiers.email = "lower(its_id)" }
              profile { record-id = its_id, identifiers.email = its_id, always.email = its_id
                created-at = [its_id, t] }
              cost { date = "its_id", cost = "its_id" }
            }
            """);

    MappingRules touchpoint = source.touchpoint().orElseThrow();
    assertThat(source.where()).contains("(amount > 0)");
    assertThat(source.deliveries().versionAt()).contains("if((amount > 0), t, NULL)");
    assertThat(source.deliveries().rank()).contains("int((amount > 0))");
    assertThat(source.files().explode()).contains("(split(items, ','))");
    assertThat(touchpoint.where()).contains("NOT (amount > 0)");
    assertThat(touchpoint.recordId()).contains("(nr)");
    assertThat(touchpoint.columns()).containsEntry("value", "if((amount > 0), amount, 0)");
    assertThat(touchpoint.identifiers()).containsEntry("email", "lower((nr))");
    assertThat(source.profile().orElseThrow().always()).containsEntry("email", "(nr)");
    assertThat(source.profile().orElseThrow().columns().get("created_at")).contains("(nr)");
    assertThat(source.cost().orElseThrow().columns()).containsEntry("cost", "(nr)");
  }

  @Test
  void nameIsNoParameterNoFieldNoFunctionAndNoText() {
    assertThat(
            value(
                "total = \"a + b\"",
                "concat('total', x.total, upper(total), `total`, Total,"
                    + " transform(xs, total -> total + 1), transform(xs, x -> x + total))"))
        .isEqualTo(
            "concat('total', x.total, upper((a + b)), (a + b), (a + b),"
                + " transform(xs, total -> total + 1), transform(xs, x -> x + (a + b)))");
  }

  @Test
  void fieldsAndElementsOfAValueCanBeNamed() {
    assertThat(value("it = \"from_json(a, 'b STRING')\"", "concat(it.b, ( it ).b, it[0].c)"))
        .isEqualTo(
            "concat((from_json(a, 'b STRING')).b, ( (from_json(a, 'b STRING')) ).b,"
                + " (from_json(a, 'b STRING'))[0].c)");
  }

  @Test
  void nameStandsBehindSignsOfAnyLength() {
    assertThat(value("it = a", "concat('😀é', /* it */ it)"))
        .isEqualTo("concat('😀é', /* it */ (a))");
  }

  @Test
  void commentAtTheEndOfAValueHidesNothing() {
    assertThat(value("it = \"a -- what it is\"", "concat(it, b)"))
        .isEqualTo("concat((a -- what it is\n), b)");
  }

  @Test
  void namesMayUseNamesInAnyOrder() {
    assertThat(value("a1 = \"b1 + 1\", b1 = \"c1 + 2\", c1 = \"x\"", "a1 * b1"))
        .isEqualTo("(((x) + 2) + 1) * ((x) + 2)");
  }

  @Test
  void valueMadeOfItselfIsRefusedWithAllThatMakeIt() {
    assertThat(
            problems(
                folder,
                SOURCE
                    + """
                    itinera.sources.till.let { a = "b + 1", b = "upper(c)", c = "a", d = "d", e = "a" }
                    """))
        .containsExactlyInAnyOrder(
            "my.conf:4: itinera.sources.till.let.a = b + 1: is made of itself: a uses b uses c uses"
                + " a",
            "my.conf:4: itinera.sources.till.let.d = d: is made of itself: d uses d");
  }

  @Test
  void nameMustNotHideAColumn() {
    assertThat(
            problems(
                folder, SOURCE + DECLARED + "itinera.sources.till.let { amount = \"nr\", ok = t }"))
        .containsExactly(
            "my.conf:5: itinera.sources.till.let.amount = nr: hides the column of that name; choose"
                + " another");
  }

  @Test
  void unknownNamesAreRefusedAsUnknownColumns() {
    assertThat(
            problems(
                folder,
                SOURCE
                    + DECLARED
                    + """
                    itinera.sources.till {
                      let { its_id = "nrr" }, touchpoint.value = "its_it", where = "upper(shop) = 'a'"
                    }
                    """))
        .containsExactlyInAnyOrder(
            "my.conf:6: itinera.sources.till.let.its_id = nrr: unknown column nrr; did you mean"
                + " \"nr\"?",
            "my.conf:6: itinera.sources.till.touchpoint.value = its_it: unknown column its_it; did"
                + " you mean \"its_id\"?",
            "my.conf:6: itinera.sources.till.where = upper(shop) = 'a': unknown column shop");
  }

  @Test
  void nameMustBeOneAndNoWordOfSql() {
    assertThat(
            problems(
                folder,
                SOURCE
                    + "itinera.sources.till.let { Its-Id = nr, _id = nr, null = nr, true = nr, x ="
                    + " \"a +\" }"))
        .hasSize(5)
        .filteredOn(line -> line.contains("a name must be small letters"))
        .hasSize(4);
  }

  @Test
  void valuesThatGrowWithoutEndAreRefused() {
    StringBuilder let = new StringBuilder("a0 = \"concat(nr, nr)\"");
    for (int i = 1; i <= 30; i++) {
      let.append(", a%d = \"concat(a%d, a%d)\"".formatted(i, i - 1, i - 1));
    }

    assertThat(problems(folder, SOURCE + "itinera.sources.till.let { %s }".formatted(let)))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).contains("is longer than 100,000 characters"));
  }

  @Test
  void columnsBehindNamesAreThoseThatAFileMustHave() {
    SourceRules source =
        read(
            """
            itinera.sources.till { let { its_id = "coalesce(nr, receipt)", when = "t" }
              touchpoint { record-id = its_id, occurred-at = when } }
            """);

    assertThat(EssentialColumns.of(source))
        .extracting(EssentialColumns::columns)
        .containsExactlyInAnyOrder(Set.of("nr", "receipt"), Set.of("t"), Set.of("mail"));
    assertThat(Expressions.inputs(source))
        .containsExactlyInAnyOrder(
            List.of("nr"), List.of("receipt"), List.of("t"), List.of("mail"));
  }

  @Test
  void namesOfAPresetCanBeUsedAndGivenOtherValues() {
    SourceRules source =
        ConfigText.read(
                folder,
                """
                itinera.sources.crm { preset = salesforce-leads, path = /x
                  let { mine = "upper(status)" }
                  touchpoint.category = "mine" }
                """)
            .sources()
            .get(0);

    assertThat(source.touchpoint().orElseThrow().columns())
        .containsEntry("category", "(upper(status))");
  }

  private String value(String let, String expression) {
    SourceRules source =
        read(
            "itinera.sources.till { let { %s }, touchpoint.properties = \"%s\" }"
                .formatted(let, expression));
    return source.touchpoint().orElseThrow().columns().get("properties");
  }

  private SourceRules read(String more) {
    return ConfigText.read(folder, SOURCE + more).sources().get(0);
  }
}
