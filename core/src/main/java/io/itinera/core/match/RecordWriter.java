package io.itinera.core.match;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A profile as few bytes, so that it travels fast: what its values were folded to, then its head.
 * {@link RecordReader} reads them.
 */
final class RecordWriter {

  /** By their numbers in packed records. */
  static final List<Term.Script> SCRIPTS = List.of(Term.Script.values());

  /** Stands for a value that is not there; else the number of its script. */
  static final byte NOTHING = -1;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

  byte[] bytes(ProfileHead head, Term[] terms) {
    out.reset();
    for (Term term : terms) {
      out.write(term == null ? NOTHING : SCRIPTS.indexOf(term.script()));
      if (term != null) {
        text(term.text());
      }
    }
    text(head.source());
    text(head.recordId());
    text(head.type());
    text(head.value());
    for (int shift = 24; shift >= 0; shift -= 8) {
      out.write(head.day() >>> shift);
    }
    return out.toByteArray();
  }

  /** Its length in bytes, whether they are of Latin letters, and they; 0 for none. */
  private void text(String text) {
    if (text == null) {
      length(0);
      return;
    }
    boolean isLatin = text.chars().allMatch(sign -> sign < 256);
    byte[] bytes = text.getBytes(isLatin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    length(1 + 2 * bytes.length + (isLatin ? 0 : 1));
    out.write(bytes, 0, bytes.length);
  }

  /** Seven bits a byte, the lowest first. */
  private void length(int length) {
    int left = length;
    while (left > 127) {
      out.write((left & 127) | 128);
      left >>>= 7;
    }
    out.write(left);
  }
}
