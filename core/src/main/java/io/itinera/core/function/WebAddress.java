package io.itinera.core.function;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Parts of an address of the web as vendors write them: as RFC 3986 has it, however much is wrong
 * with the rest. An address without a scheme is taken for one where it begins with {@code //}; what
 * begins with {@code /} is a path.
 */
public final class WebAddress {

  /** Parameters whose bytes are no UTF-8: old sites escape them so. */
  private static final Charset OLD = Charset.forName("windows-1252");

  private static final String AMPERSAND = "amp;";

  private static final int UUID_LENGTH = 36;
  private static final Set<Integer> UUID_HYPHENS = Set.of(8, 13, 18, 23);

  private WebAddress() {}

  /** The host in small letters, an IPv6 address in its brackets; null without one. */
  public static String host(String address) {
    String url = address.strip();
    int start = authority(url);
    if (start < 0) {
      return null;
    }
    String authority = url.substring(start, endOf(url, start, "/?#"));
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    int end = host.startsWith("[") ? host.indexOf(']') + 1 : endOf(host, 0, ":");
    boolean isOne = end > 0 && host.chars().limit(end).noneMatch(WebAddress::isBlank);
    return isOne ? host.substring(0, end).toLowerCase(Locale.ROOT) : null;
  }

  /** The path, its escapes as they are; null where it is empty or the text is no address. */
  public static String path(String address) {
    String url = address.strip();
    int authority = authority(url);
    int start = authority < 0 ? afterScheme(url) : endOf(url, authority, "/?#");
    return url.startsWith("/", start) ? url.substring(start, endOf(url, start, "?#")) : null;
  }

  /**
   * What page it is, whoever looks at whatever: its path, or all of a text that is no address,
   * without query, fragment and / at the end, and with {id} in place of each part that is a number,
   * a UUID, or a hexadecimal number of sixteen digits or more.
   */
  public static String page(String address) {
    String path = path(address);
    String text = path == null ? address.strip() : path;
    String plain = text.substring(0, endOf(text, 0, "?#"));
    String page =
        Arrays.stream(plain.split("/", -1))
            .map(part -> isId(part) ? "{id}" : part)
            .collect(Collectors.joining("/"));
    int end = page.length();
    while (end > 1 && page.charAt(end - 1) == '/') {
      end--;
    }
    return page.isEmpty() ? null : page.substring(0, end);
  }

  private static boolean isId(String part) {
    boolean isNumber = !part.isEmpty() && part.chars().allMatch(c -> c >= '0' && c <= '9');
    boolean isUuid =
        part.length() == UUID_LENGTH
            && IntStream.range(0, UUID_LENGTH)
                .allMatch(
                    i -> UUID_HYPHENS.contains(i) ? part.charAt(i) == '-' : isHex(part.charAt(i)));
    return isNumber || isUuid || (part.length() >= 16 && part.chars().allMatch(c -> isHex(c)));
  }

  private static boolean isHex(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  /**
   * The first value of the query's parameter {@code name} that is not empty, its escapes resolved;
   * null without one.
   */
  public static String parameter(String url, String name) {
    int fragment = endOf(url, 0, "#");
    int end = url.indexOf('?');
    while (end >= 0 && end < fragment) {
      int start = end + 1;
      int next = url.indexOf('&', start);
      end = next < 0 || next > fragment ? fragment : next;
      int key = url.startsWith(AMPERSAND, start) ? start + AMPERSAND.length() : start;
      int equals = url.indexOf('=', key);
      if (equals >= 0 && equals < end - 1 && isName(url, key, equals, name)) {
        return decoded(url.substring(equals + 1, end));
      }
    }
    return null;
  }

  private static boolean isName(String url, int start, int end, String name) {
    return (end - start == name.length() && url.startsWith(name, start))
        || (end - start > name.length() && decoded(url.substring(start, end)).equals(name));
  }

  /** Where host and port begin; -1 where there are none. */
  private static int authority(String url) {
    int start = afterScheme(url);
    return url.startsWith("//", start) ? start + 2 : -1;
  }

  private static int afterScheme(String url) {
    int at = 0;
    while (at < url.length() && isOfScheme(url.charAt(at), at)) {
      at++;
    }
    return at > 0 && url.startsWith(":", at) ? at + 1 : 0;
  }

  private static boolean isOfScheme(char c, int at) {
    boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return isLetter || (at > 0 && ((c >= '0' && c <= '9') || c == '+' || c == '.' || c == '-'));
  }

  private static boolean isBlank(int c) {
    return c <= ' ' || c == 0x7f || Character.isWhitespace(c);
  }

  /** Place of the first of {@code ends} from {@code start} on; the text's end without any. */
  private static int endOf(String text, int start, String ends) {
    int at = start;
    while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  /** As forms are encoded: + is a blank; an escape that is none stays as it is. */
  private static String decoded(String text) {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return text;
    }
    byte[] written = text.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[written.length];
    int length = 0;
    for (int at = 0; at < written.length; at++) {
      int escaped = written[at] == '%' ? escapedAt(written, at) : -1;
      if (escaped >= 0) {
        bytes[length++] = (byte) escaped;
        at += 2;
      } else {
        bytes[length++] = written[at] == '+' ? (byte) ' ' : written[at];
      }
    }
    ByteBuffer all = ByteBuffer.wrap(bytes, 0, length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(all).toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, 0, length, OLD);
    }
  }

  private static int escapedAt(byte[] text, int at) {
    if (at + 2 >= text.length) {
      return -1;
    }
    int high = Character.digit((char) (text[at + 1] & 0xff), 16);
    int low = Character.digit((char) (text[at + 2] & 0xff), 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }
}
