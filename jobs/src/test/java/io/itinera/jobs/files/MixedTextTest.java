package io.itinera.jobs.files;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixedTextTest {

  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final String FACE = "\ud83d\ude00";

  @Test
  void strayBytesAreReadAsWindows1252() throws IOException {
    byte[] bytes = bytes("K\u00f6ln;".getBytes(UTF_8), "K\u00f6ln; 5 \u20ac".getBytes(WINDOWS));

    assertThat(text(bytes, UTF_8)).isEqualTo("K\u00f6ln;K\u00f6ln; 5 \u20ac");
  }

  @Test
  void truncatedLastCharacterIsReadAsItsBytes() throws IOException {
    byte[] face = ("a" + FACE).getBytes(UTF_8);

    assertThat(text(Arrays.copyOf(face, 4), UTF_8)).isEqualTo("a\u00f0\u0178\u02dc");
    assertThat(text(Arrays.copyOf(face, 2), UTF_8)).isEqualTo("a\u00f0");
  }

  @Test
  void markAtTheStartWinsOverTheEncodingThatWasNamed() throws IOException {
    String text = "id;K\u00f6ln " + FACE;

    assertThat(text(("\ufeff" + text).getBytes(UTF_8), WINDOWS)).isEqualTo(text);
    assertThat(text(("\ufeff" + text).getBytes(UTF_16LE), UTF_8)).isEqualTo(text);
    assertThat(text(("\ufeff" + text).getBytes(UTF_16BE), UTF_8)).isEqualTo(text);
    assertThat(text("a\ufeffb".getBytes(UTF_8), UTF_8)).isEqualTo("a\ufeffb");
    assertThat(text(new byte[] {(byte) 0xEF, (byte) 0xBB}, UTF_8)).isEqualTo("\u00ef\u00bb");
    assertThat(text(new byte[0], UTF_8)).isEmpty();
    assertThat(text("\ufeff".getBytes(UTF_8), UTF_8)).isEmpty();
  }

  @Test
  void charactersMayLieAcrossTheBordersOfBuffers() throws IOException {
    for (int shift = 0; shift < 4; shift++) {
      String text = "x".repeat(64 * 1024 - shift) + (FACE + "\u20ac\u00fc").repeat(40_000);

      assertThat(text(text.getBytes(UTF_8), UTF_8).equals(text)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anyBytesReadAsAPlainDecoderWouldReadThem(long seed) throws IOException {
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      byte[] bytes = randomBytes(random, random.nextInt(200));

      assertThat(text(bytes, UTF_8)).isEqualTo(oracle(bytes));
      assertThat(textInPieces(bytes, random)).isEqualTo(oracle(bytes));
    }
    byte[] many = randomBytes(random, 40_000);
    assertThat(text(many, UTF_8).equals(oracle(many))).isTrue();
  }

  /** Characters of one to four bytes, stray bytes, and characters cut short. */
  private static byte[] randomBytes(Random random, int count) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * count + 1);
    // So that none starts with a byte order mark.
    bytes.put((byte) '.');
    String[] characters = {"a", "\n", "\u00fc", "\u20ac", "\uffff", FACE};
    for (int i = 0; i < count; i++) {
      byte[] character = characters[random.nextInt(characters.length)].getBytes(UTF_8);
      switch (random.nextInt(6)) {
        case 0 -> bytes.put((byte) random.nextInt(256));
        case 1 -> bytes.put(character, 0, 1 + random.nextInt(character.length));
        default -> bytes.put(character);
      }
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  /** At each byte the shortest character that begins there; if none does, the byte's own. */
  private static String oracle(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < bytes.length) {
      int length = 1;
      String found = null;
      while (found == null && length <= 4 && at + length <= bytes.length) {
        found = decoded(bytes, at, length);
        length += found == null ? 1 : 0;
      }
      text.append(found == null ? new String(bytes, at, 1, WINDOWS) : found);
      at += found == null ? 1 : length;
    }
    return text.toString();
  }

  private static String decoded(byte[] bytes, int at, int length) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at, length)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static String text(byte[] bytes, Charset charset) throws IOException {
    StringBuilder text = new StringBuilder();
    char[] buffer = new char[1000];
    try (Reader reader = new MixedText(new ByteArrayInputStream(bytes), charset)) {
      for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
        text.append(buffer, 0, n);
      }
    }
    return text.toString();
  }

  /** Takes one to five chars at a time. */
  private static String textInPieces(byte[] bytes, Random random) throws IOException {
    StringBuilder text = new StringBuilder();
    char[] buffer = new char[5];
    try (Reader reader = new MixedText(new ByteArrayInputStream(bytes), UTF_8)) {
      int n = 0;
      while (n >= 0) {
        text.append(buffer, 0, n);
        n = reader.read(buffer, 0, 1 + random.nextInt(5));
      }
    }
    return text.toString();
  }

  private static byte[] bytes(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
