package io.itinera.core.match;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Short and other forms of given names, as the list beside this class groups them. */
final class Nicknames {

  private static final int[] NONE = {};
  private static final Map<String, int[]> GROUPS = read();

  private Nicknames() {}

  /** Numbers of the groups that a folded name is in, ascending. */
  static int[] groups(String name) {
    return GROUPS.getOrDefault(name, NONE);
  }

  private static Map<String, int[]> read() {
    Map<String, int[]> groups = new HashMap<>();
    List<String> lines = lines();
    for (int group = 0; group < lines.size(); group++) {
      for (String name : lines.get(group).split(" ", -1)) {
        int[] before = groups.getOrDefault(name, NONE);
        int[] now = java.util.Arrays.copyOf(before, before.length + 1);
        now[before.length] = group;
        groups.put(name, now);
      }
    }
    return groups;
  }

  private static List<String> lines() {
    try (BufferedReader list =
        new BufferedReader(
            new InputStreamReader(
                Nicknames.class.getResourceAsStream("nicknames.txt"), StandardCharsets.UTF_8))) {
      return list.lines().filter(line -> !line.startsWith("#") && !line.isBlank()).toList();
    } catch (IOException problem) {
      throw new UncheckedIOException("Cannot read nicknames.txt, which lies in the jar.", problem);
    }
  }
}
