package io.itinera.jobs.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.split;

import io.itinera.core.source.FileRules.Format;
import io.itinera.core.source.SourceRules;
import io.itinera.testing.SourceBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Raw files of a test.
 *
 * @param folder where they lie
 */
record Landing(Path folder) {

  void write(String name, String text) throws IOException {
    write(name, text.getBytes(UTF_8));
  }

  void write(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  /** A source whose expressions name {@code columns}. */
  SourceBuilder source(Format format, String glob, String... columns) {
    return new SourceBuilder("s")
        .format(format)
        .path(folder + "/" + glob)
        .touchpoint(
            columns[0], Map.of("type", "concat(" + String.join(", ", columns) + ")"), Map.of());
  }

  /**
   * The records of all its files, with the name of each one's file and its other fields as text.
   */
  static Dataset<Row> read(SparkSession spark, SourceBuilder builder) {
    SourceRules source = builder.build();
    return RawFiles.read(spark, source, RawFiles.list(spark, source))
        .withColumn("file", element_at(split(col("_path"), "/"), -1))
        .withColumn(
            "other",
            expr(
                "concat_ws(' ', transform(array_sort(map_entries(_other)), e -> e.key || '=' ||"
                    + " e.value))"))
        .withColumn("other", nullif(col("other"), lit("")));
  }
}
