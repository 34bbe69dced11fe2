package io.itinera.core.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.testing.SourceBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EssentialColumnsTest {

  @Test
  void everyPartOfAnIdIsNeededAndOfAlternativesOne() {
    SourceBuilder source =
        new SourceBuilder("till")
            .touchpoint(
                "store || '/' || coalesce(receipt, number)",
                Map.of(
                    "occurred_at", "CASE WHEN kind = 'a' THEN day ELSE `when it was` END",
                    "type", "what"),
                Map.of("email", "nullif(mail, '-')", "phone", "array(phone, mobile)"));

    assertThat(EssentialColumns.of(source.build()))
        .extracting(EssentialColumns::describe)
        .containsExactly(
            "store (needed for record-id)",
            "one of receipt, number (needed for record-id)",
            "one of day, when it was (needed for occurred-at)",
            "one of mail, phone, mobile (needed for identifiers)");
  }

  @Test
  void columnsWithoutWhichARecordHasItsUseAreNotNeeded() {
    SourceBuilder source =
        new SourceBuilder("till")
            .keepUnidentified()
            .lookup("shop", "store", "shops.csv")
            .touchpoint(
                "coalesce(id, _record)",
                Map.of("occurred_at", "coalesce(day, '2026-01-31')", "value", "amount"),
                Map.of("email", "mail"));

    assertThat(EssentialColumns.of(source.build())).isEmpty();
    assertThat(
            EssentialColumns.of(
                source.touchpoint("shop", Map.of("occurred_at", "at.day"), Map.of()).build()))
        .extracting(EssentialColumns::columns)
        .containsExactly(Set.of("at"));
  }

  @Test
  void namesAreFoundInAnySpelling() {
    EssentialColumns columns = new EssentialColumns("identifiers", Set.of("Email", "Id"));

    assertThat(columns.areIn(List.of("e-mail", "EMAIL"))).isTrue();
    assertThat(columns.areIn(List.of("e-mail", "Emailadresse"))).isFalse();
  }
}
