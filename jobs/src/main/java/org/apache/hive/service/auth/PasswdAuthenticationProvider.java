package org.apache.hive.service.auth;

import javax.security.sasl.AuthenticationException;

/**
 * What Spark's Thrift server asks whether it may let somebody in, as its whole distribution has it:
 * no repository of Maven has that part of Spark. For the compiler and the tests; it does not travel
 * in the jar.
 */
public interface PasswdAuthenticationProvider {

  /**
   * Lets a user in.
   *
   * @throws AuthenticationException if the password is not that user's
   */
  void Authenticate(String user, String password) throws AuthenticationException;
}
