package io.itinera.core.match;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads what {@link RecordWriter} wrote. Not for several threads at once. */
final class RecordReader {

  private final MatchField.Kind[] kinds;
  private final RecentTerms recent;
  private byte[] bytes;
  private int at;

  RecordReader(List<MatchField> fields) {
    kinds = fields.stream().map(MatchField::kind).toArray(MatchField.Kind[]::new);
    recent = new RecentTerms(kinds.length);
  }

  /** The values of a record. */
  Term[] terms(byte[] record) {
    bytes = record;
    at = 0;
    Term[] terms = new Term[kinds.length];
    for (int field = 0; field < kinds.length; field++) {
      int script = bytes[at++];
      if (script != RecordWriter.NOTHING) {
        terms[field] = term(field, text(), RecordWriter.SCRIPTS.get(script));
      }
    }
    return terms;
  }

  /** Whose values they are. */
  ProfileHead head(byte[] record) {
    bytes = record;
    at = 0;
    for (int field = 0; field < kinds.length; field++) {
      if (bytes[at++] != RecordWriter.NOTHING) {
        int length = length();
        at += (length - 1) / 2;
      }
    }
    String source = text();
    String recordId = text();
    String type = text();
    String value = text();
    int day = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      day = (day << 8) | (bytes[at++] & 255);
    }
    return new ProfileHead(source, recordId, type, value, day);
  }

  private Term term(int field, String text, Term.Script script) {
    RecentTerms.Known known = recent.find(field, text);
    return known != null && known.term().script() == script
        ? known.term()
        : recent.keep(field, text, ReadTerms.again(kinds[field], text, script));
  }

  private String text() {
    int length = length();
    if (length == 0) {
      return null;
    }
    int size = (length - 1) / 2;
    boolean isLatin = length % 2 == 1;
    String text =
        new String(bytes, at, size, isLatin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    at += size;
    return text;
  }

  private int length() {
    int length = 0;
    int shift = 0;
    while (bytes[at] < 0) {
      length |= (bytes[at++] & 127) << shift;
      shift += 7;
    }
    return length | (bytes[at++] << shift);
  }
}
