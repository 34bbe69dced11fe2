package io.itinera.core.spark;

import java.net.URL;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Hadoop's files of default settings, for work that is better off without some of them.
 *
 * <p>Hadoop copies all settings for each file that is read or written, and Spark sends all of them
 * along with each scan. Two thirds of the 1,100 are MapReduce's and YARN's, which nothing asks for
 * where Spark works in one process; and parsing them all takes ten milliseconds each time somebody
 * makes settings from nothing. Every default stands in the code that asks for it, too.
 */
public final class HadoopDefaults extends ClassLoader {

  /** Of frameworks that run jobs on clusters. */
  public static final Set<String> OF_CLUSTERS = Set.of("mapred-default.xml", "yarn-default.xml");

  /** All of them. */
  public static final Set<String> ALL =
      Set.of("core-default.xml", "mapred-default.xml", "yarn-default.xml", "hdfs-default.xml");

  static {
    registerAsParallelCapable();
  }

  private final Set<String> hidden;

  private HadoopDefaults(ClassLoader parent, Set<String> hidden) {
    super(parent);
    this.hidden = hidden;
  }

  /**
   * What {@code work} gives. Settings that are made in the meantime, on this thread, lack what
   * those {@code files} say, unless a site's own files or the application say it.
   */
  public static <T> T without(Set<String> files, Supplier<T> work) {
    Thread thread = Thread.currentThread();
    ClassLoader loader = thread.getContextClassLoader();
    thread.setContextClassLoader(new HadoopDefaults(loader, files));
    try {
      return work.get();
    } finally {
      thread.setContextClassLoader(loader);
    }
  }

  /** By which Hadoop finds its files. */
  @Override
  public URL getResource(String name) {
    return hidden.contains(name) ? null : super.getResource(name);
  }
}
