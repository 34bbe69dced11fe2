package io.itinera.jobs.read;

import io.itinera.jobs.files.RawFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Shares files out among tasks, so that all have about as much to read. */
final class FileBins {

  private static final long LARGEST_BYTES = 128L * 1024 * 1024;

  private FileBins() {}

  /**
   * Puts the largest file first into the emptiest bin.
   *
   * @param cores at least so many bins, if there are so many files
   */
  static List<List<RawFile>> pack(List<RawFile> files, int cores) {
    long total = files.stream().mapToLong(RawFile::sizeBytes).sum();
    long wanted = Math.max(cores, total / LARGEST_BYTES + 1);
    int count = (int) Math.max(1, Math.min(files.size(), wanted));
    PriorityQueue<Bin> bins = new PriorityQueue<>(Comparator.comparingLong(bin -> bin.bytes));
    for (int i = 0; i < count; i++) {
      bins.add(new Bin());
    }
    files.stream()
        .sorted(
            Comparator.comparingLong(RawFile::sizeBytes).reversed().thenComparing(RawFile::path))
        .forEach(file -> addTo(bins, file));
    return bins.stream().map(bin -> List.copyOf(bin.files)).toList();
  }

  private static void addTo(PriorityQueue<Bin> bins, RawFile file) {
    Bin emptiest = bins.remove();
    emptiest.files.add(file);
    emptiest.bytes += Math.max(1, file.sizeBytes());
    bins.add(emptiest);
  }

  private static final class Bin {
    private final List<RawFile> files = new ArrayList<>();
    private long bytes;
  }
}
