package io.itinera.jobs.serve;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.concurrent.atomic.AtomicReference;
import javax.security.sasl.AuthenticationException;
import org.apache.hive.service.auth.PasswdAuthenticationProvider;

/** Lets in the one user who knows the password; Spark makes one for each client that asks. */
public final class PasswordLogin implements PasswdAuthenticationProvider {

  /** Of the one server of this process; without it nobody is let in. */
  private static final AtomicReference<Known> KNOWN = new AtomicReference<>();

  private record Known(String user, String password) {

    /** Takes as long for each, so that nobody learns how much of a guess is right. */
    boolean is(Known other) {
      return MessageDigest.isEqual(bytes(), other.bytes());
    }

    private byte[] bytes() {
      return "%s\n%s".formatted(user, password).getBytes(StandardCharsets.UTF_8);
    }

    /** Never what it is. */
    @Override
    public String toString() {
      return "Known[%s]".formatted(user);
    }
  }

  /** From now on lets this user in. */
  static void letIn(String user, String password) {
    KNOWN.set(new Known(user, password));
  }

  /** Lets nobody in any more. */
  static void letInNobody() {
    KNOWN.set(null);
  }

  @Override
  public void Authenticate(String user, String password) throws AuthenticationException {
    Known known = KNOWN.get();
    if (known == null || !known.is(new Known(user, password))) {
      throw new AuthenticationException("User or password is wrong");
    }
  }
}
