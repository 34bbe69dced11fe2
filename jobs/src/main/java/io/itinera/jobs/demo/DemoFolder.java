package io.itinera.jobs.demo;

import io.itinera.jobs.process.MisuseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder of a sample company. */
public final class DemoFolder {

  private static final String TRUTH = "truth";
  private static final List<String> OURS =
      List.of("landing", "deliveries", TRUTH, "warehouse", "report", "logs", "itinera.conf");

  private final Path home;

  /** A sample company in {@code home}, there or still to be made. */
  public DemoFolder(Path home) {
    this.home = home;
  }

  /** Where its raw files arrive. */
  public Path landing() {
    return home.resolve("landing");
  }

  /** Its configuration file. */
  public Path configuration() {
    return home.resolve("itinera.conf");
  }

  /**
   * Takes an earlier sample company away.
   *
   * @throws MisuseException if the folder holds something else
   */
  public void clear() throws IOException {
    if (!Files.exists(home)) {
      return;
    }
    boolean isEmpty;
    try (Stream<Path> entries = Files.list(home)) {
      isEmpty = entries.findAny().isEmpty();
    }
    if (!isEmpty && !Files.isDirectory(home.resolve(TRUTH))) {
      throw new MisuseException(
          "%s holds something else than a sample company; name another folder with --dir."
              .formatted(home));
    }
    for (String name : OURS) {
      delete(home.resolve(name));
    }
  }

  /** Moves what arrives in the night of {@code asOf} into the landing folder. */
  public void deliver(LocalDate asOf) throws IOException {
    Path delivery = home.resolve("deliveries").resolve(asOf.toString());
    List<Path> files;
    try (Stream<Path> all = Files.walk(delivery)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      Path target = landing().resolve(delivery.relativize(file));
      Files.createDirectories(target.getParent());
      Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void delete(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(path)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path entry : deepestFirst) {
      Files.delete(entry);
    }
  }
}
