package io.itinera.jobs.lake;

import io.itinera.core.table.Table;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.StructType;

/**
 * Files that lie in the folder of a table, but are no part of it until they are committed. Nobody
 * but who wrote them knows of them; those that are never committed go with the next clean-up.
 *
 * @param table whose columns their rows have, among others
 * @param columns all columns of their rows
 * @param files each with rows of one partition only
 */
public record Staged(Table table, StructType columns, List<NewFile> files) {

  public Staged {
    files = List.copyOf(files);
  }

  /** Whether there is no file. */
  public boolean areNone() {
    return files.isEmpty();
  }

  /** Names of the files. */
  public Set<String> names() {
    return files.stream().map(NewFile::name).collect(Collectors.toSet());
  }

  /** Those whose names are among {@code names}. */
  public Staged among(Set<String> names) {
    return with(files.stream().filter(file -> names.contains(file.name())).toList());
  }

  /** Those whose names are not among {@code names}. */
  public Staged without(Set<String> names) {
    return with(files.stream().filter(file -> !names.contains(file.name())).toList());
  }

  private Staged with(List<NewFile> some) {
    return new Staged(table, columns, some);
  }

  /** As files that Spark can read. */
  List<StoredFile> stored(String folder) {
    return files.stream().map(file -> file.stored(folder)).toList();
  }
}
