package io.itinera.jobs.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Text of bytes that may not all be of one encoding: what is no text in the file's own encoding is
 * read as Windows-1252, which is what stray bytes in European files nearly always are. A byte order
 * mark at the start wins over the encoding that was named, and is left out.
 */
public final class MixedText extends Reader {

  private static final Charset STRAY = Charset.forName("windows-1252");
  private static final int LONGEST_MARK = 3;
  private static final int BUFFER = 64 * 1024;

  /** No character, nor what is no character, is longer in chars. */
  private static final int LONGEST_CHARACTER = 4;

  private final InputStream bytes;
  private final CharsetDecoder decoder;
  private final ByteBuffer waiting = ByteBuffer.allocate(BUFFER).flip();

  /** What a caller who wants few chars has not taken yet. */
  private final CharBuffer left = CharBuffer.allocate(LONGEST_CHARACTER).flip();

  private boolean atEnd;
  private boolean flushed;

  /**
   * Characters of {@code bytes}, of which the first are read at once.
   *
   * @param named their encoding, unless a byte order mark names another
   */
  public MixedText(InputStream bytes, Charset named) throws IOException {
    PushbackInputStream pushback = new PushbackInputStream(bytes, LONGEST_MARK);
    byte[] start = pushback.readNBytes(LONGEST_MARK);
    Charset marked = marked(start);
    int mark = marked == null ? 0 : marked.equals(StandardCharsets.UTF_8) ? LONGEST_MARK : 2;
    pushback.unread(start, mark, start.length - mark);
    this.bytes = pushback;
    this.decoder =
        (marked == null ? named : marked)
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  private static Charset marked(byte[] start) {
    if (startsWith(start, 0xEF, 0xBB, 0xBF)) {
      return StandardCharsets.UTF_8;
    }
    if (startsWith(start, 0xFE, 0xFF)) {
      return StandardCharsets.UTF_16BE;
    }
    return startsWith(start, 0xFF, 0xFE) ? StandardCharsets.UTF_16LE : null;
  }

  private static boolean startsWith(byte[] bytes, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (i >= bytes.length || bytes[i] != (byte) mark[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    if (length >= LONGEST_CHARACTER && !left.hasRemaining()) {
      return decode(CharBuffer.wrap(target, offset, length));
    }
    if (length > 0 && !left.hasRemaining()) {
      // A decoder does not part characters: given too little room it would never go on.
      int count = decode(left.clear());
      left.flip();
      if (count < 0) {
        return count;
      }
    }
    int count = Math.min(length, left.remaining());
    left.get(target, offset, count);
    return count;
  }

  private int decode(CharBuffer out) throws IOException {
    int offset = out.position();
    while (out.position() == offset && !flushed) {
      CoderResult result = decoder.decode(waiting, out, atEnd);
      if (result.isError()) {
        result = readStray(result.length(), out);
      }
      if (result.isUnderflow()) {
        if (atEnd) {
          flushed = decoder.flush(out).isUnderflow();
        } else {
          fill();
        }
      }
    }
    int count = out.position() - offset;
    return count == 0 ? -1 : count;
  }

  private CoderResult readStray(int count, CharBuffer out) {
    if (out.remaining() < count) {
      return CoderResult.OVERFLOW;
    }
    byte[] stray = new byte[count];
    waiting.get(stray);
    out.put(STRAY.decode(ByteBuffer.wrap(stray)));
    decoder.reset();
    return CoderResult.OVERFLOW;
  }

  private void fill() throws IOException {
    waiting.compact();
    int count =
        bytes.read(
            waiting.array(), waiting.arrayOffset() + waiting.position(), waiting.remaining());
    if (count < 0) {
      atEnd = true;
    } else {
      waiting.position(waiting.position() + count);
    }
    waiting.flip();
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
