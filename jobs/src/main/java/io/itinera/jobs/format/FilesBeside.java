package io.itinera.jobs.format;

import io.itinera.core.source.FileRules;
import io.itinera.core.source.FileRules.Lookup;
import io.itinera.jobs.files.Lines;
import io.itinera.jobs.files.RawFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The header and lookup files beside the files of one task. Those of the folder read last are kept:
 * a folder of thousands of small files is not searched, nor its lookups read, for each of them.
 */
public final class FilesBeside {

  private String folderOfNames = "";
  private List<String> names = List.of();
  private String folderOfMeanings = "";
  private List<CsvCutter.Translation> translations = List.of();

  /** Names of the columns of {@code file}, from its header file. */
  List<String> names(FileOpener opener, RawFile file) throws IOException {
    if (!file.folder().equals(folderOfNames)) {
      names = header(opener, find(opener, file, opener.headerFile()));
      folderOfNames = file.folder();
    }
    return names;
  }

  /** What the codes in the records of {@code file} mean. */
  List<CsvCutter.Translation> translations(FileOpener opener, RawFile file) throws IOException {
    if (!file.folder().equals(folderOfMeanings)) {
      translations = meanings(opener, file);
      folderOfMeanings = file.folder();
    }
    return translations;
  }

  /** The file of that name, or glob, in the folder of {@code file}; of several the last by name. */
  static RawFile find(FileOpener opener, RawFile file, String name) throws IOException {
    Path folder = new Path(file.path()).getParent();
    FileSystem fileSystem = folder.getFileSystem(opener.hadoop().value());
    FileStatus[] found = fileSystem.globStatus(new Path(folder, name));
    return Stream.of(found == null ? new FileStatus[0] : found)
        .max(Comparator.comparing(status -> status.getPath().getName()))
        .map(RawFile::of)
        .orElseThrow(() -> new FileNotFoundException("There is no %s beside it".formatted(name)));
  }

  private static List<String> header(FileOpener opener, RawFile file) throws IOException {
    try (Lines lines = opener.lines(opener.open(file))) {
      String line = lines.next();
      boolean hasTabs = opener.format() == FileRules.Format.TSV;
      String separator = hasTabs ? "\t" : opener.csv().delimiter();
      return line == null ? List.of() : CsvHeader.unique(line.split(Pattern.quote(separator), -1));
    }
  }

  private static List<CsvCutter.Translation> meanings(FileOpener opener, RawFile file)
      throws IOException {
    List<CsvCutter.Translation> found = new ArrayList<>();
    for (Lookup lookup : opener.lookups()) {
      int from = opener.fields().placeOf(lookup.column());
      int to = opener.fields().placeOf(lookup.name());
      InputStream bytes = opener.open(find(opener, file, lookup.file()));
      Map<String, String> meanings =
          lookup.key().isEmpty() ? pairs(opener.lines(bytes)) : columns(opener, bytes, lookup);
      if (from >= 0 && to >= 0) {
        found.add(new CsvCutter.Translation(from, to, meanings));
      }
    }
    return found;
  }

  private static Map<String, String> pairs(Lines lines) throws IOException {
    Map<String, String> meanings = new HashMap<>();
    try (lines) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        int tab = line.indexOf('\t');
        if (tab > 0) {
          meanings.put(line.substring(0, tab), line.substring(tab + 1));
        }
      }
    }
    return meanings;
  }

  private static int placeOf(String name, List<String> names) {
    return names.contains(name)
        ? names.indexOf(name)
        : names.stream().map(Fields::folded).toList().indexOf(Fields.folded(name));
  }

  private static Map<String, String> columns(FileOpener opener, InputStream bytes, Lookup lookup)
      throws IOException {
    Map<String, String> meanings = new HashMap<>();
    try (CsvRows rows = new CsvRows(bytes, opener.csv())) {
      List<String> names = CsvHeader.names(rows, true, List.of());
      int key = placeOf(lookup.key(), names);
      int value = placeOf(lookup.value(), names);
      if (key < 0 || value < 0) {
        throw new IOException(
            "%s has no column %s, or no %s".formatted(lookup.file(), lookup.key(), lookup.value()));
      }
      for (String[] row = rows.next(); row != null; row = rows.next()) {
        if (row.length > Math.max(key, value) && row[key] != null && row[value] != null) {
          meanings.merge(row[key], row[value], (first, next) -> first + ";" + next);
        }
      }
    }
    return meanings;
  }
}
