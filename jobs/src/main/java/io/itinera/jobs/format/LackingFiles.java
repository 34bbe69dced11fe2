package io.itinera.jobs.format;

import io.itinera.core.source.SourceRules;
import io.itinera.core.spark.EssentialColumns;
import java.io.Serializable;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.CollectionAccumulator;

/**
 * Files that turn out to lack columns that their sources need, or to have some that no expression
 * can see. Reading alone tells, so they are known once the records were computed; a file that is
 * read twice is still one.
 */
public final class LackingFiles implements Serializable {

  private static final long serialVersionUID = 1;
  private static final int MOST_NAMES = 200;

  private final CollectionAccumulator<LackingFile> found;

  private LackingFiles(CollectionAccumulator<LackingFile> found) {
    this.found = found;
  }

  /** None yet. */
  public static LackingFiles none(SparkSession spark) {
    return new LackingFiles(spark.sparkContext().collectionAccumulator("lacking files"));
  }

  /** Those found so far, each once, by source and path. */
  public List<LackingFile> found() {
    Map<String, LackingFile> byPath = new TreeMap<>();
    found.value().forEach(file -> byPath.put(file.source() + "\n" + file.path(), file));
    return byPath.values().stream()
        .sorted(Comparator.comparing(LackingFile::source).thenComparing(LackingFile::path))
        .toList();
  }

  /** Those of one source. */
  public List<LackingFile> of(SourceRules source) {
    return found().stream().filter(file -> file.source().equals(source.name())).toList();
  }

  /** Looks as {@code look} says at a file whose columns have these names. */
  public void look(FileOpener.Look look, String path, Collection<String> names) {
    List<EssentialColumns> missing = LackingFile.missing(look.essential(), names);
    List<String> hidden = LackingFile.hidden(look.named(), names);
    if (!missing.isEmpty() || !hidden.isEmpty()) {
      List<String> present = names.stream().limit(MOST_NAMES).toList();
      found.add(new LackingFile(look.source(), path, missing, hidden, present));
    }
  }
}
