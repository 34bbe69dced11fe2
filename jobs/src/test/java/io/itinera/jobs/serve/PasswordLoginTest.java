package io.itinera.jobs.serve;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javax.security.sasl.AuthenticationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordLoginTest {

  private final PasswordLogin login = new PasswordLogin();

  @AfterEach
  void forget() {
    PasswordLogin.letInNobody();
  }

  @Test
  void whoHasThePasswordIsLetIn() {
    PasswordLogin.letIn("ann", "Zwetschgenmus");

    assertThatCode(() -> login.Authenticate("ann", "Zwetschgenmus")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "ann, zwetschgenmus",
    "ann, Zwetschgenmu",
    "ann, ''",
    "ann,",
    "ben, Zwetschgenmus",
    "'', Zwetschgenmus",
    ", Zwetschgenmus",
    ","
  })
  void othersAreNot(String user, String password) {
    PasswordLogin.letIn("ann", "Zwetschgenmus");

    assertThatThrownBy(() -> login.Authenticate(user, password))
        .isInstanceOf(AuthenticationException.class)
        .hasMessage("User or password is wrong");
  }

  @Test
  void withoutAPasswordNobodyIs() {
    assertThatThrownBy(() -> login.Authenticate(null, null))
        .isInstanceOf(AuthenticationException.class);
  }
}
