package io.itinera.jobs.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where one query ends and the next begins. */
class ScriptTest {

  @Test
  void semicolonsPartQueriesAndTheLastNeedsNone() {
    assertThat(Script.statements("SELECT 1;\n SELECT 2 ;;\nSELECT 3"))
        .containsExactly("SELECT 1", "SELECT 2", "SELECT 3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT ';'",
        "SELECT 'it''s; so'",
        "SELECT 'it\\'s; so'",
        "SELECT \";\"",
        "SELECT `;`",
        "SELECT `\\`, 1",
        "SELECT 1 -- one; or two\n, 2",
        "SELECT /* ; /* ; */ ; */ 1",
      })
  void semicolonsThatAreQuotedOrCommentedPartNothing(String query) {
    assertThat(Script.statements(query + "; SELECT 2")).containsExactly(query, "SELECT 2");
  }

  @Test
  void commentsAloneAreNoQuery() {
    assertThat(Script.statements("-- nothing\n; /* nor here */ ;")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SELECT 1;", "SELECT 1; -- done", "", " \n", "SELECT ';';"})
  void isEnded(String text) {
    assertThat(Script.isEnded(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SELECT 1", "SELECT ';", "SELECT 1; SELECT 2", "SELECT 1; /* more"})
  void isNotEnded(String text) {
    assertThat(Script.isEnded(text)).isFalse();
  }
}
