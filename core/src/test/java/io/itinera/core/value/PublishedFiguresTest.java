package io.itinera.core.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.itinera.core.value.FitPurchases.Kind;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What Fader, Hardie and Lee published about CDNOW's customers comes out. */
class PublishedFiguresTest {

  private static final double PER_MILLE = 0.1;

  @Test
  void bgNbdHasItsPublishedParametersAndLikelihood() throws IOException {
    PurchaseFit fit = FitPurchases.fit(Kind.BG_NBD, CdNow.read().purchases());

    BgNbd model = (BgNbd) fit.model();
    assertThat(fit.customers()).isEqualTo(2357);
    assertThat(fit.converged()).isTrue();
    assertThat(fit.logLikelihood()).isCloseTo(-9582.43, within(0.005));
    assertThat(model.r()).isCloseTo(0.2426, withinPercentage(PER_MILLE));
    assertThat(model.alpha()).isCloseTo(4.414, withinPercentage(PER_MILLE));
    assertThat(model.a()).isCloseTo(0.793, withinPercentage(PER_MILLE));
    assertThat(model.b()).isCloseTo(2.426, withinPercentage(PER_MILLE));
    assertThat(model.purchases(2, 30.43, 38.86, 39)).isCloseTo(1.226, within(0.001));
    double[] times = {.1429, 1, 3, 31.8571, 32, 78};
    double[] expected = {.0078, .0532, .1506, 1.0405, 1.0437, 1.8576};
    for (int i = 0; i < times.length; i++) {
      assertThat(model.purchases(0, 0, 0, times[i])).isCloseTo(expected[i], within(0.0005));
    }
  }

  @Test
  void paretoNbdHasItsPublishedParametersAndLikelihood() throws IOException {
    PurchaseFit fit = FitPurchases.fit(Kind.PARETO_NBD, CdNow.read().purchases());

    ParetoNbd model = (ParetoNbd) fit.model();
    assertThat(fit.converged()).isTrue();
    assertThat(fit.logLikelihood()).isCloseTo(-9595.0, within(0.05));
    assertThat(model.r()).isCloseTo(0.553, withinPercentage(PER_MILLE));
    assertThat(model.alpha()).isCloseTo(10.578, withinPercentage(PER_MILLE));
    assertThat(model.s()).isCloseTo(0.606, withinPercentage(PER_MILLE));
    assertThat(model.beta()).isCloseTo(11.669, withinPercentage(PER_MILLE));
  }

  @Test
  void gammaGammaHasItsPublishedParameters() throws IOException {
    FitSpend.SpendFit fit = FitSpend.fit(CdNow.read().spend());

    assertThat(fit.customers()).isEqualTo(946);
    assertThat(fit.converged()).isTrue();
    assertThat(fit.model().p()).isCloseTo(6.25, within(0.005));
    assertThat(fit.model().q()).isCloseTo(3.74, within(0.005));
    assertThat(fit.model().v()).isCloseTo(15.44, within(0.005));
  }
}
