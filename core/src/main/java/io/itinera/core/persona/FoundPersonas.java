package io.itinera.core.persona;

import java.util.Optional;
import java.util.SortedMap;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The personas of one night.
 *
 * @param model scales the features and adds the cluster; empty where there were no customers
 * @param size number of personas, 0 without customers
 * @param silhouettes per size tried the mean silhouette of the training customers with squared
 *     Euclidean distance, from -1 to 1, higher is better; −1 where only one group was found
 * @param personas rows of {@link io.itinera.core.table.Personas}; {@code model_path} is null
 * @param customerPersonas rows of {@link io.itinera.core.table.CustomerPersonas}, one for every
 *     customer with features
 */
public record FoundPersonas(
    Optional<PipelineModel> model,
    int size,
    SortedMap<Integer, Double> silhouettes,
    Dataset<Row> personas,
    Dataset<Row> customerPersonas) {}
