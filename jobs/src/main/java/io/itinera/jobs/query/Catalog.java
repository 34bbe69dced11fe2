package io.itinera.jobs.query;

import io.itinera.core.table.Table;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.View;
import io.itinera.jobs.night.LeftTables;
import io.itinera.jobs.process.MisuseException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.apache.spark.sql.SparkSession;

/** The tables and views of a warehouse under the names that queries use. */
public final class Catalog {

  private static final Pattern LISTING = Pattern.compile("^\\s*show\\b", Pattern.CASE_INSENSITIVE);

  private final SparkSession spark;
  private final Lake lake;
  private final ItineraConfig config;
  private final Set<Table> registered = new HashSet<>();

  /** The names in the warehouse that {@code config} is about; nothing is registered yet. */
  public Catalog(SparkSession spark, ItineraConfig config) {
    this.spark = spark;
    this.lake = new Lake(spark, config.warehouse());
    this.config = config;
  }

  /**
   * Registers the tables and {@link View views} that {@code query} mentions, each as {@code name}
   * and as {@code database.name}. Only those, because each costs a look into its log; and each
   * once.
   *
   * @throws MisuseException if it mentions some, and there is no warehouse
   */
  public void registerFor(String query) {
    String words = query.toLowerCase(Locale.ROOT);
    boolean isListing = LISTING.matcher(query).find();
    List<View> views =
        View.ALL.stream().filter(view -> isListing || words.contains(view.name())).toList();
    List<Table> left = LeftTables.in(config, spark.sessionState().newHadoopConf());
    List<Table> mentioned =
        Stream.concat(config.tables().stream(), left.stream())
            .filter(
                table ->
                    isListing
                        || words.contains(table.name())
                        || views.stream().anyMatch(view -> view.tables().contains(table)))
            .toList();
    List<Table> tables =
        mentioned.stream()
            .filter(table -> registered.contains(table) || lake.exists(table))
            .toList();
    if (tables.isEmpty()) {
      if (!mentioned.isEmpty()) {
        Warehouses.require(config.warehouse(), lake.spark().sessionState().newHadoopConf());
      }
      return;
    }
    SqlDialect dialect = SqlDialect.SPARK;
    dialect.preparations(config).forEach(spark::sql);
    spark.catalog().setCurrentDatabase(config.database());
    tables.stream()
        .filter(registered::add)
        .forEach(table -> dialect.registration(table, config).forEach(spark::sql));
    views.stream()
        .filter(view -> tables.containsAll(view.tables()))
        .forEach(view -> spark.sql(dialect.creation(view, config)));
  }

  /**
   * The table of that name, or the one that describes the columns of the view of that name.
   *
   * @param tables all that there are
   * @throws MisuseException if there is none; names the nearest
   */
  public static Table named(String name, List<Table> tables) {
    return Stream.concat(
            tables.stream().filter(table -> table.name().equalsIgnoreCase(name)),
            View.ALL.stream().filter(view -> view.name().equalsIgnoreCase(name)).map(View::columns))
        .findFirst()
        .orElseThrow(
            () ->
                new MisuseException(
                    "There is no table %s. Did you mean %s? All of them: itinera tables"
                        .formatted(name, nearest(name, tables))));
  }

  private static String nearest(String name, List<Table> tables) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    return tables.stream()
        .map(Table::name)
        .min(
            Comparator.<String>comparingInt(candidate -> distance.apply(candidate, name))
                .thenComparing(Comparator.naturalOrder()))
        .orElseThrow();
  }
}
