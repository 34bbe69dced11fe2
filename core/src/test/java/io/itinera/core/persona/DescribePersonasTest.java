package io.itinera.core.persona;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DescribePersonasTest {

  private static final Map<String, String> NAMES =
      Map.of("store_visits", "Store regulars", "complaints", "Callers with complaints");

  @Test
  void personaIsCalledByTheFeatureThatStandsOutMostOnceAndElseByWhatTellsItApart() {
    List<List<Contrast>> personas =
        List.of(
            List.of(new Contrast("store_visits", 6, 3, 0.9), new Contrast("orders", 5, 3, 0.8)),
            List.of(new Contrast("store_visits", 9, 3, 2), new Contrast("orders", 5, 3, 0.7)),
            List.of(new Contrast("orders", 1, 3, -1.1), new Contrast("complaints", 4, 1, 1)),
            List.of(new Contrast("complaints", 1.1, 1, 0.3), new Contrast("orders", 2, 3, -0.3)));

    assertThat(DescribePersonas.names(personas, NAMES))
        .containsExactly(
            "Many store visits, many orders",
            "Store regulars",
            "Callers with complaints",
            "Many complaints, few orders");
  }
}
