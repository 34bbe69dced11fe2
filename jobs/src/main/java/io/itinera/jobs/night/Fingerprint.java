package io.itinera.jobs.night;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text(settings).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, SHORT);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String text(Object value) {
    if (value instanceof Record entries) {
      return Arrays.stream(entries.getClass().getRecordComponents())
          .map(component -> component.getName() + "=" + text(component(entries, component)))
          .collect(Collectors.joining(",", "{", "}"));
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> text(entry.getKey()) + "=" + text(entry.getValue()))
          .sorted()
          .collect(Collectors.joining(",", "{", "}"));
    }
    if (value instanceof Set<?> set) {
      return set.stream()
          .map(Fingerprint::text)
          .sorted()
          .collect(Collectors.joining(",", "[", "]"));
    }
    if (value instanceof Collection<?> list) {
      return list.stream().map(Fingerprint::text).collect(Collectors.joining(",", "[", "]"));
    }
    if (value instanceof Optional<?> optional) {
      return optional.map(Fingerprint::text).orElse("none");
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
