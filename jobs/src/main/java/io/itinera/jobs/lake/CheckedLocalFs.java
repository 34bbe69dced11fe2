package io.itinera.jobs.lake;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFs;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FsConstants;

/**
 * {@link CheckedLocalFiles} for Hadoop's other interface: {@code fs.AbstractFileSystem.file.impl}.
 */
public final class CheckedLocalFs extends ChecksumFs {

  /** For Hadoop, which makes file systems by their name. */
  public CheckedLocalFs(URI root, Configuration configuration)
      throws IOException, URISyntaxException {
    super(new Unchecked(configuration));
  }

  private static final class Unchecked extends DelegateToFileSystem {

    Unchecked(Configuration configuration) throws IOException, URISyntaxException {
      super(
          FsConstants.LOCAL_FS_URI,
          new LocalFiles(),
          configuration,
          FsConstants.LOCAL_FS_URI.getScheme(),
          false);
    }

    @Override
    public int getUriDefaultPort() {
      return -1;
    }

    @Override
    public boolean isValidName(String name) {
      // What is a name differs from one local file system to the next.
      return true;
    }
  }
}
