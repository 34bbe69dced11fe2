package io.itinera.core.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class SharedPartsTest {

  private static final StructType SCHEMA =
      StructType.fromDDL("a STRING, b STRING, params ARRAY<STRUCT<key: STRING, value: STRING>>");

  @Test
  void partOfSeveralExpressionsIsNamedOnce() {
    SharedParts parts = of("lower(trim(a))", "concat(trim(a), b)", "upper(b)");

    assertThat(parts.levels()).hasSize(1);
    assertThat(shown(parts.levels().get(0))).containsExactly("s_part_0 = 'trim('a)");
    assertThat(shown(parts.expressions()))
        .containsExactly(
            "e0 = 'lower('s_part_0)", "e1 = 'concat('s_part_0, 'b)", "e2 = 'upper('b)");
  }

  @Test
  void partsOfPartsComeFirst() {
    SharedParts parts =
        of("lower(get(params.value, size(a)))", "upper(get(params.value, size(a)))", "size(a)");

    assertThat(parts.levels()).hasSize(2);
    assertThat(shown(parts.levels().get(0))).containsExactly("s_part_0 = 'size('a)");
    assertThat(shown(parts.levels().get(1)))
        .containsExactly("s_part_1 = 'get('params.value, 's_part_0)");
  }

  @Test
  void fieldOfAllElementsOfAListIsAPartButAColumnIsNone() {
    SharedParts parts = of("get(params.key, 0)", "get(params.key, 1)", "lower(a)", "upper(a)");

    assertThat(parts.levels()).hasSize(1);
    assertThat(shown(parts.levels().get(0))).containsExactly("s_part_0 = 'params.key");
  }

  @Test
  void whatAFunctionOfAFunctionLooksAtIsNoPart() {
    SharedParts parts = of("filter(params, p -> lower(p.key) = 'x' OR lower(p.key) = 'y')");

    assertThat(parts.levels()).isEmpty();
  }

  @Test
  void whatIsTheSameForAllElementsIsAPart() {
    SharedParts parts =
        of("filter(params, p -> p.key = lower(a) AND exists(p.xs, x -> x = trim(b)))");

    assertThat(shown(parts.levels().get(0)))
        .containsExactly("s_part_0 = 'lower('a)", "s_part_1 = 'trim('b)");
    assertThat(shown(parts.expressions()).get(0))
        .contains("lambda 'p.key = 's_part_0)", "lambda 'x = 's_part_1)");
  }

  @Test
  void partInsideAFunctionOfAFunctionIsTheSameOutside() {
    SharedParts parts =
        of("transform(params, p -> concat(p.key, lower(trim(a))))", "lower(trim(a))");

    assertThat(shown(parts.levels().get(0))).containsExactly("s_part_0 = 'lower('trim('a))");
    assertThat(parts.levels()).hasSize(1);
  }

  @Test
  void parameterOfAnOuterFunctionIsNoPartOfAnInnerOne() {
    SharedParts parts =
        of("transform(params, a -> filter(params, p -> p.key = lower(a.key) OR p.key = lower(b)))");

    assertThat(shown(parts.levels().get(0))).containsExactly("s_part_0 = 'lower('b)");
  }

  @Test
  void functionOfAFunctionIsAPartItself() {
    SharedParts parts =
        of("size(filter(params, p -> p.key = 'x'))", "get(filter(params, p -> p.key = 'x'), 0)");

    assertThat(parts.levels()).hasSize(1);
    assertThat(shown(parts.levels().get(0)).get(0)).startsWith("s_part_0 = 'filter('params");
  }

  private static SharedParts of(String... texts) {
    Map<String, Expression> expressions = new LinkedHashMap<>();
    for (String text : texts) {
      expressions.put("e" + expressions.size(), Expressions.parse(text));
    }
    return SharedParts.of(expressions, SCHEMA);
  }

  private static List<String> shown(Map<String, Expression> expressions) {
    return expressions.entrySet().stream()
        .map(entry -> entry.getKey() + " = " + entry.getValue())
        .toList();
  }
}
