package io.itinera.jobs.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class WaterfallTest {

  @Test
  void partsBeginWhereThoseAboveEnd() {
    assertThat(new Waterfall(Map.of("(prior)", -10.0, "email", 15.0, "city", -5.0)).lines())
        .containsExactly(
            "(prior)   -10.00  ---------------------------",
            "email     +15.00  ++++++++++++++++++++++++++++++++++++++++",
            "city       -5.00                             -------------",
            "total      +0.00                             =");
  }

  @Test
  void nothingIsASumOfNothing() {
    assertThat(new Waterfall(Map.of()).lines()).containsExactly("total    +0.00  =");
  }
}
