package io.itinera.jobs.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Hadoop's own local file system does by starting processes. */
class LocalFilesTest {

  @TempDir private java.nio.file.Path folder;

  @Test
  void permissionsAreThoseThatWereAsked() throws IOException {
    java.nio.file.Path file = Files.createFile(folder.resolve("a"));
    try (FileSystem files = opened(new CheckedLocalFiles())) {
      for (String mode : new String[] {"0640", "0755", "0000", "0777"}) {
        files.setPermission(new Path(file.toUri()), new FsPermission(mode));
        String ours = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        try (FileSystem hadoops = opened(new LocalFileSystem())) {
          hadoops.setPermission(new Path(file.toUri()), new FsPermission(mode));
        }
        assertThat(ours)
            .isEqualTo(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      }
    }
  }

  @Test
  void filesAndLinksAreDescribedAsHadoopDescribesThem() throws IOException {
    java.nio.file.Path file = Files.writeString(folder.resolve("a"), "abc");
    java.nio.file.Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    try (FileSystem ours = opened(new LocalFiles());
        FileSystem hadoops = opened(new RawLocalFileSystem())) {
      for (java.nio.file.Path path : List.of(file, link, folder)) {
        FileStatus status = ours.getFileLinkStatus(new Path(path.toUri()));
        FileStatus expected = hadoops.getFileLinkStatus(new Path(path.toUri()));
        assertThat(status).isEqualTo(expected);
        assertThat(status.isSymlink()).isEqualTo(expected.isSymlink());
        assertThat(status.getLen()).isEqualTo(expected.getLen());
      }
      Path missing = new Path(folder.resolve("missing").toUri());
      assertThatThrownBy(() -> ours.getFileLinkStatus(missing))
          .isInstanceOf(FileNotFoundException.class);
    }
  }

  private static FileSystem opened(FileSystem files) throws IOException {
    files.initialize(URI.create("file:///"), new Configuration());
    return files;
  }
}
