package io.itinera.jobs.query;

import io.itinera.jobs.config.ItineraConfig;
import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** Answers one query after the other over the tables of a warehouse. */
public final class Questions {

  private final SparkSession spark;
  private final Catalog catalog;
  private final String database;
  private final Path warehouse;

  /** Of the warehouse that {@code config} is about. */
  public Questions(SparkSession spark, ItineraConfig config) throws IOException {
    this.spark = spark;
    this.catalog = new Catalog(spark, config);
    this.database = config.database();
    Path folder = new Path(config.warehouse());
    this.warehouse =
        folder.getFileSystem(spark.sessionState().newHadoopConf()).makeQualified(folder);
  }

  /**
   * Runs {@code query} and hands its rows to {@code reader}.
   *
   * @throws io.itinera.jobs.process.MisuseException if the query is wrong or would change something
   */
  public void ask(String query, SqlQuery.Reader reader) throws Exception {
    catalog.registerFor(query);
    new SqlQuery(query, database, warehouse).run(spark, reader);
  }
}
