package io.itinera.jobs.stage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.SparkSession;

/**
 * A model that somebody saved.
 *
 * @param pipeline the model
 * @param content a hash of all its files, whatever they are called and whenever they were written
 */
record SavedModel(PipelineModel pipeline, String content) {

  /** When it was saved, which says nothing of what it is. */
  private static final String SAVED_AT = "\"timestamp\":[0-9]+";

  /**
   * What lies at {@code path}.
   *
   * @throws IllegalStateException that tells why it cannot be loaded, and what to do
   */
  static SavedModel load(SparkSession spark, String path) {
    try {
      Configuration settings = spark.sessionState().newHadoopConf();
      return new SavedModel(PipelineModel.load(path), content(new Path(path), settings));
    } catch (Exception e) { // Scala's code throws checked ones undeclared.
      throw new IllegalStateException(
          "Cannot load the model of itinera.personas.pipeline, %s: %s. No persona was written; save a PipelineModel there, or set the key to none, and run the night again."
              .formatted(path, e.getMessage()),
          e);
    }
  }

  /** Each file by its folder in the model: what Spark calls it has a number of its own. */
  private static String content(Path path, Configuration settings) throws IOException {
    FileSystem files = path.getFileSystem(settings);
    int root = files.getFileStatus(path).getPath().toString().length();
    List<String> told = new ArrayList<>();
    RemoteIterator<LocatedFileStatus> found = files.listFiles(path, true);
    while (found.hasNext()) {
      FileStatus file = found.next();
      String name = file.getPath().getName();
      if (!name.startsWith(".") && !name.startsWith("_")) {
        String folder = file.getPath().getParent().toString().substring(root);
        told.add(folder + " " + hash(read(files, file)));
      }
    }
    told.sort(Comparator.naturalOrder());
    return hash(String.join("\n", told).getBytes(StandardCharsets.UTF_8));
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("Every Java has SHA-256, but this one: " + missing, missing);
    }
  }

  private static byte[] read(FileSystem files, FileStatus file) throws IOException {
    byte[] bytes;
    try (InputStream in = files.open(file.getPath())) {
      bytes = in.readAllBytes();
    }
    boolean isMetadata = file.getPath().getParent().getName().equals("metadata");
    return isMetadata
        ? new String(bytes, StandardCharsets.UTF_8)
            .replaceAll(SAVED_AT, "")
            .getBytes(StandardCharsets.UTF_8)
        : bytes;
  }
}
