package io.itinera.jobs.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Reads the manifest of an Adobe Analytics data feed: a header, then a block for each file.
 *
 * <pre>
 * Datafeed-Manifest-Version: 1.0
 * Lookup-Files: 1
 * Data-Files: 1
 * Total-Records: 611
 *
 * Data-File: 01-suite_2026-01-31.tsv.gz
 * MD5-Digest: 9c70bf783cb3d0095a4836904b72c991
 * File-Size: 122534
 * Record-Count: 611
 * </pre>
 *
 * <p>Blank lines and indents do not matter; as in Java's own manifests a line that starts with a
 * blank and names no key goes on with the value before it.
 */
public final class ReadManifest {

  private static final String VERSION = "Datafeed-Manifest-Version";
  private static final String DATA_FILE = "Data-File";
  private static final String LOOKUP_FILE = "Lookup-File";
  private static final String DIGEST = "MD5-Digest";
  private static final String SIZE = "File-Size";
  private static final String RECORDS = "Record-Count";
  private static final List<String> KEYS = List.of(DATA_FILE, LOOKUP_FILE, DIGEST, SIZE, RECORDS);

  private ReadManifest() {}

  /**
   * What the manifest at {@code path} says.
   *
   * @return an entry for each file; none for a text that is no manifest
   */
  public static List<ManifestEntry> read(Configuration hadoop, String path) throws IOException {
    Path file = new Path(path);
    try (Lines lines = new Lines(file.getFileSystem(hadoop).open(file), StandardCharsets.UTF_8)) {
      String first = lines.next();
      while (first != null && first.isBlank()) {
        first = lines.next();
      }
      return first != null && first.strip().startsWith(VERSION)
          ? entries(path, blocks(lines))
          : List.of();
    }
  }

  private static List<Map<String, String>> blocks(Lines lines) throws IOException {
    List<Map<String, String>> blocks = new ArrayList<>();
    Map<String, String> block = new HashMap<>();
    String key = null;
    for (String line = lines.next(); line != null; line = lines.next()) {
      String text = line.strip();
      Optional<String> named = KEYS.stream().filter(k -> text.startsWith(k + ":")).findFirst();
      if (named.isPresent()) {
        key = named.get();
        if (key.equals(DATA_FILE) || key.equals(LOOKUP_FILE)) {
          block = new HashMap<>();
          blocks.add(block);
        }
        block.put(key, text.substring(key.length() + 1).strip());
      } else if (key != null && line.startsWith(" ")) {
        block.merge(key, text, String::concat);
      } else {
        key = null;
      }
    }
    return blocks;
  }

  private static List<ManifestEntry> entries(String path, List<Map<String, String>> blocks)
      throws IOException {
    List<ManifestEntry> entries = new ArrayList<>();
    for (Map<String, String> block : blocks) {
      boolean isData = block.containsKey(DATA_FILE);
      entries.add(
          new ManifestEntry(
              path,
              block.get(isData ? DATA_FILE : LOOKUP_FILE),
              isData,
              number(path, block, SIZE),
              block.getOrDefault(DIGEST, ""),
              number(path, block, RECORDS)));
    }
    return entries;
  }

  private static long number(String path, Map<String, String> block, String key)
      throws IOException {
    String text = block.get(key);
    if (text == null) {
      return ManifestEntry.UNSAID;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IOException("%s of the manifest %s is not a number".formatted(key, path), e);
    }
  }
}
