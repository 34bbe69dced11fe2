package io.itinera.jobs.lake;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.execution.datasources.NoopCache$;
import org.apache.spark.sql.execution.datasources.PartitionPath;
import org.apache.spark.sql.execution.datasources.PartitionSpec;
import org.apache.spark.sql.execution.datasources.PartitioningAwareFileIndex;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Option;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Given files as Spark looks for them: by the values of their partition columns, from memory. All
 * files of a folder have the same values.
 */
final class StoredFilesIndex extends PartitioningAwareFileIndex {

  private final Map<Path, List<StoredFile>> folders;
  private final PartitionSpec partitions;

  /**
   * @param partitionColumns columns that stand in the folders' names, not in the files; of dates
   *     and texts only
   */
  StoredFilesIndex(SparkSession spark, StructType partitionColumns, List<StoredFile> files) {
    super(spark, noParameters(), Option.empty(), NoopCache$.MODULE$);
    this.folders =
        files.stream().collect(groupingBy(StoredFile::folder, LinkedHashMap::new, toList()));
    this.partitions = new PartitionSpec(partitionColumns, seq(paths(partitionColumns)));
  }

  /** Whether files of such a layout can be told apart by their folders. */
  static boolean canHold(StructType partitionColumns, List<StoredFile> files) {
    boolean hasKnownTypes =
        Stream.of(partitionColumns.fields())
            .map(StructField::dataType)
            .allMatch(type -> type.equals(DataTypes.DateType) || type.equals(DataTypes.StringType));
    return hasKnownTypes
        && files.stream()
            .collect(groupingBy(StoredFile::folder, mapping(StoredFile::partition, toList())))
            .values()
            .stream()
            .allMatch(values -> values.stream().distinct().count() == 1);
  }

  @Override
  public PartitionSpec partitionSpec() {
    return partitions;
  }

  @Override
  public scala.collection.mutable.LinkedHashMap<Path, FileStatus> leafFiles() {
    var leaves = new scala.collection.mutable.LinkedHashMap<Path, FileStatus>();
    folders.values().stream()
        .flatMap(List::stream)
        .forEach(file -> leaves.put(file.status().getPath(), file.status()));
    return leaves;
  }

  @Override
  public scala.collection.immutable.Map<Path, FileStatus[]> leafDirToChildrenFiles() {
    return immutable(
        folders.entrySet().stream()
            .collect(
                toMap(
                    Map.Entry::getKey,
                    folder ->
                        folder.getValue().stream()
                            .map(StoredFile::status)
                            .toArray(FileStatus[]::new))));
  }

  @Override
  public Seq<Path> rootPaths() {
    return seq(List.copyOf(folders.keySet()));
  }

  @Override
  public void refresh() {
    // A version of a table does not change.
  }

  private List<PartitionPath> paths(StructType columns) {
    if (columns.isEmpty()) {
      return List.of();
    }
    return folders.entrySet().stream()
        .map(
            folder ->
                new PartitionPath(
                    values(columns, folder.getValue().get(0).partition()), folder.getKey()))
        .toList();
  }

  private static InternalRow values(StructType columns, Map<String, String> texts) {
    Object[] values =
        Stream.of(columns.fields())
            .map(column -> value(column.dataType(), texts.get(column.name())))
            .toArray();
    return new GenericInternalRow(values);
  }

  private static Object value(DataType type, String text) {
    if (text == null) {
      return null;
    }
    return type.equals(DataTypes.DateType)
        ? (Object) Math.toIntExact(LocalDate.parse(text).toEpochDay())
        : UTF8String.fromString(text);
  }

  private static scala.collection.immutable.Map<String, String> noParameters() {
    return immutable(Map.of());
  }

  private static <K, V> scala.collection.immutable.Map<K, V> immutable(Map<K, V> map) {
    List<Tuple2<K, V>> entries =
        map.entrySet().stream().map(each -> new Tuple2<>(each.getKey(), each.getValue())).toList();
    return scala.collection.immutable.Map.from(CollectionConverters.asScala(entries));
  }

  private static <T> Seq<T> seq(List<T> list) {
    return CollectionConverters.asScala(list).toSeq();
  }
}
