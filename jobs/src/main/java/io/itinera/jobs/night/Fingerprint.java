package io.itinera.jobs.night;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Short fingerprints of settings: equal for equal records, in every JVM.
 *
 * <p>The text of an immutable map or set will not do: its order differs from JVM to JVM.
 */
public final class Fingerprint {

  private static final int SHORT = 16;

  private Fingerprint() {}

  /** Fingerprint of records, collections, optionals and plain values, however nested. */
  public static String of(Object settings) {
    return without(Set.of(), settings);
  }

  /** The same, as if records had no components of the given {@code names}, however deep. */
  public static String without(Set<String> names, Object settings) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text(names, settings).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, SHORT);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Fingerprint of {@code text} that only who has {@code key} can make: HMAC (RFC 2104). */
  public static String keyed(String key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] digest = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, SHORT);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC with SHA-256", e);
    }
  }

  private static String text(Set<String> without, Object value) {
    if (value instanceof Record entries) {
      return Arrays.stream(entries.getClass().getRecordComponents())
          .filter(component -> !without.contains(component.getName()))
          .map(
              component -> component.getName() + "=" + text(without, component(entries, component)))
          .collect(Collectors.joining(",", "{", "}"));
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> text(without, entry.getKey()) + "=" + text(without, entry.getValue()))
          .sorted()
          .collect(Collectors.joining(",", "{", "}"));
    }
    if (value instanceof Set<?> set) {
      return set.stream()
          .map(each -> text(without, each))
          .sorted()
          .collect(Collectors.joining(",", "[", "]"));
    }
    if (value instanceof Collection<?> list) {
      return list.stream()
          .map(each -> text(without, each))
          .collect(Collectors.joining(",", "[", "]"));
    }
    if (value instanceof Optional<?> optional) {
      return optional.map(each -> text(without, each)).orElse("none");
    }
    return String.valueOf(value);
  }

  private static Object component(Record entries, RecordComponent component) {
    try {
      return component.getAccessor().invoke(entries);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read setting " + component.getName(), e);
    }
  }
}
