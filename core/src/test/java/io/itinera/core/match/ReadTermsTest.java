package io.itinera.core.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.match.MatchField.Kind;
import io.itinera.core.match.MatchRules.GroupRules;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadTermsTest {

  private static final ReadTerms COMPANIES =
      new ReadTerms(List.of(new MatchField("company", Kind.COMPANY, null, null, false)));

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Nordwind Logistik GmbH; nordwind logistik",
        "Nordwind Logistik G.m.b.H.; nordwind logistik",
        "Begum Engineering L.L.C.; begum engineering",
        "Global River S.A.R.L; global river",
        "A.B.C. Trading FZ-LLC; abc trading",
        "J Smith & Co., Ltd.; j smith",
        "ООО «Ромашка»; romashka",
        "Kraków Meble Sp. z o.o.; krakow meble sp",
        "S.A.; s a"
      })
  void legalFormsSayNothingHoweverTheyAreWritten(String company, String text) {
    assertThat(COMPANIES.read(new String[] {company})[0].text()).isEqualTo(text);
  }

  @Test
  void addressesWithoutANameAreInNoBlockOfNames() {
    BlockRule rule = BlockRule.parse("email/sound", List.of("email"));
    ReadTerms terms = new ReadTerms(List.of(new MatchField("email", Kind.EMAIL, null, null, true)));

    assertThat(rule.key(terms.read(new String[] {"@x.org"}))).isZero();
    assertThat(rule.key(terms.read(new String[] {"a@x.org"}))).isNotZero();
  }

  /** Settings are compared as texts, by other processes. */
  @Test
  void sourcesOfOneProfileEachStandInAnOrder() {
    assertThat(new GroupRules(0.9, -2, Set.of("web", "crm", "till", "app")).toString())
        .contains("[app, crm, till, web]");
  }
}
