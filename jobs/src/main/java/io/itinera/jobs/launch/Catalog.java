package io.itinera.jobs.launch;

import io.itinera.core.table.Table;
import io.itinera.core.table.Tables;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.Lake;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.apache.spark.sql.SparkSession;

/** The tables of a warehouse under the names that queries use. */
final class Catalog {

  private static final Pattern LISTING = Pattern.compile("^\\s*show\\b", Pattern.CASE_INSENSITIVE);

  /** Behind a table's name: a view of its last night. */
  static final String LATEST = "_latest";

  private static final String AS_OF = "as_of";

  private final SparkSession spark;
  private final Lake lake;
  private final ItineraConfig config;

  Catalog(SparkSession spark, ItineraConfig config) {
    this.spark = spark;
    this.lake = new Lake(spark, config.warehouse());
    this.config = config;
  }

  /**
   * Registers the tables that {@code query} mentions, each as {@code name} and as {@code
   * database.name}, and those of every night also as {@code name_latest}: the last night alone.
   * Only those, because each costs a look into its log.
   *
   * @throws MisuseException if it mentions some, and there is no warehouse
   */
  void registerFor(String query) {
    String words = query.toLowerCase(Locale.ROOT);
    Predicate<Table> wanted =
        LISTING.matcher(query).find() ? table -> true : table -> words.contains(table.name());
    List<Table> mentioned = Tables.ALL.stream().filter(wanted).toList();
    List<Table> tables = mentioned.stream().filter(lake::exists).toList();
    if (tables.isEmpty()) {
      if (!mentioned.isEmpty()) {
        Warehouses.require(config.warehouse(), lake.spark().sessionState().newHadoopConf());
      }
      return;
    }
    spark.sql(
        "CREATE DATABASE IF NOT EXISTS %s LOCATION '%s'"
            .formatted(quoted(config.database()), literal(lake.warehouse())));
    spark.catalog().setCurrentDatabase(config.database());
    for (Table table : tables) {
      register(table);
    }
  }

  private void register(Table table) {
    String name = quoted(config.database()) + "." + quoted(table.name());
    spark.sql(
        "CREATE TABLE IF NOT EXISTS %s USING delta LOCATION '%s'"
            .formatted(name, literal(lake.path(table))));
    if (isOfNights(table)) {
      spark.sql(
          "CREATE OR REPLACE VIEW %s.%s AS SELECT * FROM %s WHERE %s = (SELECT max(%4$s) FROM %3$s)"
              .formatted(quoted(config.database()), quoted(table.name() + LATEST), name, AS_OF));
    }
  }

  /** Whether {@code table} keeps each night's rows beside those of all others. */
  static boolean isOfNights(Table table) {
    return table.key().contains(AS_OF);
  }

  /**
   * The table of that name.
   *
   * @throws MisuseException if there is none; names the nearest
   */
  static Table named(String name) {
    return Tables.ALL.stream()
        .filter(table -> table.name().equalsIgnoreCase(name) || isLatestOf(table, name))
        .findFirst()
        .orElseThrow(
            () ->
                new MisuseException(
                    "There is no table %s. Did you mean %s? All of them: itinera tables"
                        .formatted(name, nearest(name))));
  }

  private static boolean isLatestOf(Table table, String name) {
    return isOfNights(table) && (table.name() + LATEST).equalsIgnoreCase(name);
  }

  private static String nearest(String name) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    return Tables.ALL.stream()
        .map(Table::name)
        .min(
            Comparator.<String>comparingInt(candidate -> distance.apply(candidate, name))
                .thenComparing(Comparator.naturalOrder()))
        .orElseThrow();
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  private static String literal(String text) {
    return text.replace("\\", "\\\\").replace("'", "\\'");
  }
}
