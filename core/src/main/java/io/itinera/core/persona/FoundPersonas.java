package io.itinera.core.persona;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The personas of one night.
 *
 * @param size number of personas that have customers
 * @param customers how many have a persona
 * @param furthest how far the persona that moved furthest is from where it was trained, in standard
 *     deviations per feature
 * @param personas rows of {@link io.itinera.core.table.Personas}; {@code model_path} is null
 * @param customerPersonas rows of {@link io.itinera.core.table.CustomerPersonas}, one for every
 *     customer with features
 */
public record FoundPersonas(
    int size,
    long customers,
    double furthest,
    Dataset<Row> personas,
    Dataset<Row> customerPersonas) {}
