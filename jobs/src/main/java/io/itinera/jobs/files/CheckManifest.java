package io.itinera.jobs.files;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Compares a file, as it lies there, with what its manifest says of it. */
public final class CheckManifest {

  private static final int BUFFER = 64 * 1024;

  private CheckManifest() {}

  /**
   * Does nothing for a file that no manifest speaks of.
   *
   * @throws IOException if size or digest differ; says what was expected and what was found
   */
  public static void require(RawFile file, Configuration hadoop) throws IOException {
    ManifestEntry said = file.said();
    if (said == null) {
      return;
    }
    if (said.sizeBytes() != ManifestEntry.UNSAID && said.sizeBytes() != file.sizeBytes()) {
      throw new IOException(
          "Its size is %d bytes, but its manifest %s says %d"
              .formatted(file.sizeBytes(), said.manifest(), said.sizeBytes()));
    }
    if (!said.md5().isEmpty()) {
      String found = md5(file, hadoop);
      if (!found.equalsIgnoreCase(said.md5())) {
        throw new IOException(
            "Its MD5 digest is %s, but its manifest %s says %s"
                .formatted(found, said.manifest(), said.md5()));
      }
    }
  }

  private static String md5(RawFile file, Configuration hadoop) throws IOException {
    Path path = new Path(file.path());
    byte[] buffer = new byte[BUFFER];
    try (InputStream bytes = path.getFileSystem(hadoop).open(path)) {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
        digest.update(buffer, 0, count);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has MD5", e);
    }
  }
}
