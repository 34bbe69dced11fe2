package io.itinera.jobs.files;

import java.io.Serializable;

/**
 * What a manifest says about a file of its folder.
 *
 * @param manifest path of the manifest
 * @param file name of the file
 * @param isData whether it holds records; else it is a lookup file
 * @param sizeBytes size, -1 where it says none
 * @param md5 digest in hexadecimal digits, empty where it says none
 * @param records how many records it holds, -1 where it says none
 */
public record ManifestEntry(
    String manifest, String file, boolean isData, long sizeBytes, String md5, long records)
    implements Serializable {

  /** What is not said of a number. */
  public static final long UNSAID = -1;
}
