package io.itinera.core.persona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.itinera.core.persona.PersonaRecovery.Overlap;
import java.util.List;
import org.junit.jupiter.api.Test;

class PersonaRecoveryTest {

  @Test
  void workedExample() {
    // Pairs together 7, in personas 13, in kinds 14, of 45: (7 − 13·14/45) / (13.5 − 13·14/45).
    PersonaRecovery recovery =
        PersonaRecovery.of(
            List.of(
                new Overlap("p1", "a", 1),
                new Overlap("p1", "b", 1),
                new Overlap("p2", "a", 1),
                new Overlap("p2", "b", 2),
                new Overlap("p2", "c", 1),
                new Overlap("p3", "c", 4)));

    assertThat(recovery.customers()).isEqualTo(10);
    assertThat(recovery.adjustedRandIndex()).isCloseTo(0.31257, within(1e-5));
    assertThat(recovery.purity()).isCloseTo(0.7, within(1e-12));
  }

  @Test
  void sameGroupsAgreeFullyWhateverTheirNames() {
    PersonaRecovery recovery =
        PersonaRecovery.of(List.of(new Overlap("p1", "b", 3), new Overlap("p2", "a", 5)));

    assertThat(recovery.adjustedRandIndex()).isEqualTo(1);
    assertThat(recovery.purity()).isEqualTo(1);
  }

  @Test
  void onePersonaForEverybodySaysNothing() {
    PersonaRecovery recovery =
        PersonaRecovery.of(List.of(new Overlap("p1", "b", 3), new Overlap("p1", "a", 5)));

    assertThat(recovery.adjustedRandIndex()).isEqualTo(0);
    assertThat(recovery.purity()).isCloseTo(0.625, within(1e-12));
  }
}
