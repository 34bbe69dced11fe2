package io.itinera.core.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.itinera.testing.SparkExtension;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class RecordFunctionsTest {

  private static final String KEYS = "array('page', 'value', NULL, 'page', 'empty', 'none')";
  private static final String TEXTS = "array('/a', NULL, 'x', '/b', '', NULL)";
  private static final String NUMBERS = "array(NULL, 12, 1, NULL, NULL, NULL)";

  @Test
  void namedTextsTakeTheFirstValueThatSaysSomething(SparkSession spark) {
    assertThat(value(spark, "named_texts('p_', %s, %s, %s)".formatted(KEYS, TEXTS, NUMBERS)))
        .isEqualTo("{p_page -> /a, p_value -> 12}");
    assertThat(value(spark, "named_texts('p_', CAST(NULL AS ARRAY<STRING>), array('a'))"))
        .isEqualTo("null");
    assertThat(value(spark, "named_texts('p_', array('a', 'b'), array('x'))"))
        .isEqualTo("{p_a -> x}");
  }

  @Test
  void mapWithoutDropsNamesAndWhatIsEmpty(SparkSession spark) {
    assertThat(
            value(
                spark,
                "map_without(map('a', '1', 'b', '', 'c', NULL, 'd', ' ', 'e', '2'), array('e'))"))
        .isEqualTo("{a -> 1, d ->  }");
    assertThat(value(spark, "map_without(map('a', 1), array())")).isEqualTo("{a -> 1}");
  }

  @Test
  void filledTextsOfSeveralMapsLeaveOutNamesAndWhatIsEmpty(SparkSession spark) {
    assertThat(
            value(
                spark,
                "filled_texts(array('no'), map('a', '1', 'no', '2'), CAST(NULL AS MAP<STRING,"
                    + " STRING>), map('b', '', 'c', NULL, 'a', '3', 'd', 4, 'no', '5'))"))
        .isEqualTo("{a -> 3, d -> 4}");
    assertThat(value(spark, "filled_texts(array(), map('a', 1), coalesce(map('b', 2)))"))
        .isEqualTo("{a -> 1, b -> 2}");
    assertThat(value(spark, "filled_texts(array('a'), map('a', '1'))")).isEqualTo("{}");
  }

  @Test
  void jsonOfNamedIsWhatSparksOwnFunctionsGive(SparkSession spark) {
    String keys = "array('b', 'a', 'no', NULL, '\u00e9\"\\\\')";
    String texts = "array('2', NULL, '3', '4', '5\\n')";

    assertThat(value(spark, "json_of_named(array('no'), %s, %s)".formatted(keys, texts)))
        .isEqualTo(
            value(
                spark,
                "to_json(array_sort(transform(filter(arrays_zip(%s, %s), p -> p.`0` <> 'no'),"
                        .formatted(keys, texts)
                    + " p -> concat_ws('=', p.`0`, p.`1`))))"));
    assertThat(value(spark, "json_of_named(array(), array(), array())")).isEqualTo("[]");
  }

  @Test
  void firstPublicAddressOfAListIsTaken(SparkSession spark) {
    assertThat(value(spark, "public_address('10.0.0.1, 203.0.113.9:4711, 198.51.100.2')"))
        .isEqualTo("203.0.113.9");
    assertThat(value(spark, "public_address('unknown, 192.168.1.2, 10.0.0.1')"))
        .isEqualTo("192.168.1.2");
    assertThat(value(spark, "public_address('\"fe80::1%eth0, [2001:DB8::1]:443\"')"))
        .isEqualTo("2001:db8::1");
    assertThat(value(spark, "public_address('nobody')")).isEqualTo("");
  }

  @Test
  void callWithOtherArgumentsSaysHowItIsCalled() {
    assertThatThrownBy(() -> PatternFunctions.expr("public_address('a', 'b')"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("public_address(text)");
  }

  private static String value(SparkSession spark, String expression) {
    return String.valueOf(
        spark
            .range(1)
            .select(PatternFunctions.expr(expression).cast("string"))
            .first()
            .<Object>getAs(0));
  }
}
