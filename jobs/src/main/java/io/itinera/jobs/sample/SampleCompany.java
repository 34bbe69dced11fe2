package io.itinera.jobs.sample;

import static io.itinera.core.sample.SampleLines.DELIVERED_ON;
import static io.itinera.core.sample.SampleLines.FILE;
import static io.itinera.core.sample.SampleLines.NAME;
import static io.itinera.core.sample.SampleLines.POSITION;
import static io.itinera.core.sample.SampleLines.TEXT;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.itinera.core.sample.SampleLines;
import io.itinera.core.sample.SampleRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Writes the sample company into a folder: raw files, {@code truth/} and {@code itinera.conf}.
 *
 * <p>The same rules give the same bytes, however Spark cuts the work. Files are written by the
 * executors, so the folder must be one that all of them reach.
 */
public final class SampleCompany {

  private static final String FOLDER = "folder";
  private static final String NIGHT = "night";
  private static final int FILES_PER_TASK = 8;
  private static final int FILES_PER_DAY = 6;

  private static final StructType WRITTEN =
      new StructType()
          .add(NIGHT, DateType)
          .add("source", StringType)
          .add(NAME, StringType)
          .add("lines", LongType)
          .add("bytes", LongType);

  private SampleCompany() {}

  /**
   * Writes every raw file in its last state to {@code landing/SOURCE/}.
   *
   * @return the raw files by source and name
   */
  public static List<WrittenFile> write(SparkSession spark, SampleRules rules, Path directory)
      throws IOException {
    return write(people(spark, rules), rules, directory, Layout.LANDING);
  }

  /**
   * Writes what each of {@link SampleRules#nights()} brings to {@code deliveries/NIGHT/SOURCE/}:
   * moved night by night into {@code landing/}, it makes what {@link #write} makes.
   *
   * @return the raw files by night, source and name
   */
  public static List<WrittenFile> stage(SparkSession spark, SampleRules rules, Path directory)
      throws IOException {
    return write(people(spark, rules), rules, directory, Layout.DELIVERIES);
  }

  private static Dataset<Long> people(SparkSession spark, SampleRules rules) {
    return spark.range(rules.customers()).as(Encoders.LONG());
  }

  static List<WrittenFile> write(
      Dataset<Long> people, SampleRules rules, Path directory, Layout layout) throws IOException {
    Path home = directory.toAbsolutePath().normalize();
    Files.createDirectories(home);
    Files.writeString(home.resolve("itinera.conf"), SampleConfiguration.text(rules, home));
    int tasks = Math.max(1, rules.days() * FILES_PER_DAY / FILES_PER_TASK);
    Dataset<Row> written =
        SampleLines.lines(people, rules)
            .where(layout.wanted())
            .select(
                layout.folder(rules).as(FOLDER),
                col(FILE),
                col(NAME),
                Layout.night(rules).as(NIGHT),
                col(DELIVERED_ON),
                col(TEXT),
                col(POSITION))
            .repartition(tasks, col(FOLDER), col(FILE), col(NAME))
            .sortWithinPartitions(FOLDER, FILE, NAME, POSITION, TEXT)
            .mapPartitions(new FileTask(home.toString()), Encoders.row(WRITTEN));
    // As many rows as files: that grows with days, not with customers.
    List<WrittenFile> files = raw(written.collectAsList());
    writeDeliveries(home, files);
    return files;
  }

  private static List<WrittenFile> raw(List<Row> rows) {
    return rows.stream()
        .map(
            row ->
                new WrittenFile(
                    row.getDate(0).toLocalDate(),
                    row.getString(1),
                    row.getString(2),
                    row.getLong(3),
                    row.getLong(4)))
        .filter(file -> !file.source().equals("truth"))
        .sorted(
            Comparator.comparing(WrittenFile::night)
                .thenComparing(WrittenFile::source)
                .thenComparing(WrittenFile::name))
        .toList();
  }

  private static void writeDeliveries(Path home, List<WrittenFile> files) throws IOException {
    String lines =
        files.stream()
            .map(file -> "%s,%s,%s\n".formatted(file.night(), file.source(), file.name()))
            .collect(Collectors.joining("", "night,source,file\n", ""));
    Files.writeString(home.resolve("truth").resolve("deliveries.csv"), lines);
  }
}
