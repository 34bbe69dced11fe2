package io.itinera.core.path;

import io.itinera.core.table.CustomerPersonas;
import io.itinera.core.table.RfmScores;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What customers are told apart by.
 *
 * @param personas rows of {@link CustomerPersonas}, of any nights
 * @param rfmScores rows of {@link RfmScores}, of any nights
 */
public record CustomerGroups(Dataset<Row> personas, Dataset<Row> rfmScores) {}
