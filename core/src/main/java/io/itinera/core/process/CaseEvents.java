package io.itinera.core.process;

import io.itinera.core.spark.PackEvents;
import io.itinera.core.spark.SortPlaces;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Events of some cases, put in order once: those of a case one after the other, by time, sequence
 * and id.
 */
final class CaseEvents {

  private final Map<String, Integer> codes = new HashMap<>();
  private final List<String> names = new ArrayList<>();
  private long[] cases = new long[1024];
  private long[] micros = new long[1024];
  private long[] sequences = new long[1024];
  private long[] ids = new long[1024];
  private int[] seconds = new int[1024];
  private int[] events = new int[1024];
  private int size;

  /** Takes in one value of {@link PackEvents}. */
  void add(byte... packed) {
    ByteBuffer bytes = ByteBuffer.wrap(packed);
    int[] known = new int[bytes.getInt()];
    for (int i = 0; i < known.length; i++) {
      byte[] text = new byte[bytes.getInt()];
      bytes.get(text);
      known[i] = code(new String(text, StandardCharsets.UTF_8));
    }
    int more = bytes.getInt();
    grow(size + more);
    for (int i = 0; i < more; i++) {
      cases[size] = bytes.getLong();
      micros[size] = bytes.getLong();
      sequences[size] = bytes.getLong();
      ids[size] = bytes.getLong();
      seconds[size] = bytes.getInt();
      events[size++] = known[bytes.getInt()];
    }
  }

  private int code(String name) {
    return codes.computeIfAbsent(
        name,
        text -> {
          names.add(text);
          return names.size() - 1;
        });
  }

  private void grow(int wanted) {
    if (wanted > cases.length) {
      int room = Math.max(wanted, cases.length + cases.length / 2);
      cases = Arrays.copyOf(cases, room);
      micros = Arrays.copyOf(micros, room);
      sequences = Arrays.copyOf(sequences, room);
      ids = Arrays.copyOf(ids, room);
      seconds = Arrays.copyOf(seconds, room);
      events = Arrays.copyOf(events, room);
    }
  }

  /** Names of the events by their codes. */
  List<String> names() {
    return names;
  }

  long micros(int event) {
    return micros[event];
  }

  /** How long it took; −1 where nobody knows. */
  int seconds(int event) {
    return seconds[event];
  }

  int code(int event) {
    return events[event];
  }

  /** Whoever walks through cases. */
  interface Visitor {

    /**
     * One case.
     *
     * @param order its events, from {@code first} to before {@code end}
     */
    void visit(int[] order, int first, int end);
  }

  /** Shows every case to {@code visitor}. */
  void forEachCase(Visitor visitor) {
    int[] places = places();
    int[] order = byCase(places);
    SortPlaces sorting = new SortPlaces(size, this::compare);
    int first = 0;
    while (first < size) {
      int end = first + 1;
      while (end < size && places[order[end]] == places[order[first]]) {
        end++;
      }
      sorting.sort(order, first, end);
      visitor.visit(order, first, end);
      first = end;
    }
  }

  /** Of each event a small number for its case. */
  private int[] places() {
    int slots = Integer.highestOneBit(Math.max(16, size)) * 2;
    int[] first = new int[slots];
    int[] numbers = new int[slots];
    int[] places = new int[size];
    int count = 0;
    for (int i = 0; i < size; i++) {
      int slot = (int) ((cases[i] * 0x9E3779B97F4A7C15L) >>> 33) & (slots - 1);
      while (first[slot] != 0 && cases[first[slot] - 1] != cases[i]) {
        slot = (slot + 1) & (slots - 1);
      }
      if (first[slot] == 0) {
        first[slot] = i + 1;
        numbers[slot] = count++;
      }
      places[i] = numbers[slot];
    }
    return places;
  }

  /** Events by the number of their case, else as they came. */
  private int[] byCase(int... places) {
    int[] starts = new int[size + 1];
    for (int place : places) {
      starts[place + 1]++;
    }
    for (int i = 0; i < size; i++) {
      starts[i + 1] += starts[i];
    }
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      order[starts[places[i]]++] = i;
    }
    return order;
  }

  private int compare(int one, int other) {
    if (micros[one] != micros[other]) {
      return micros[one] < micros[other] ? -1 : 1;
    }
    if (sequences[one] != sequences[other]) {
      return sequences[one] < sequences[other] ? -1 : 1;
    }
    int byId = Long.compareUnsigned(ids[one], ids[other]);
    return byId != 0 ? byId : names.get(events[one]).compareTo(names.get(events[other]));
  }
}
