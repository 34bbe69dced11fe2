package io.itinera.core.persona;

import java.util.List;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Finds personas by a model of somebody's own, instead of k-means: a Java class on the class path
 * that {@code itinera.personas.model-class} names, with a public constructor without parameters. It
 * is asked on the nights that find personas anew; until the next one customers are assigned by what
 * it returned, which is stored.
 */
public interface PersonaTrainer {

  /**
   * Learns groups from customers.
   *
   * @param customers rows of {@code customer_features} of the day of the training, {@code
   *     itinera.personas.training-rows} at most; held, in one partition, and in the same order
   *     whatever the partitioning of the table, which has nothing to do with how customers are
   * @param features columns that make personas by the configuration; all are never null
   * @param seed the configured start of random numbers: with the same customers and the same seed
   *     nights must find the same groups
   * @return adds the column {@value OwnModel#PREDICTION}, a whole number from 0 to 99: the group;
   *     whatever else is no persona. Each of its stages can be saved
   */
  PipelineModel train(Dataset<Row> customers, List<String> features, long seed);
}
