/**
 * What every table promises: its columns with types and meaning, its key, its partitions.
 *
 * <p>Stages meet nowhere but here. A class is named like its table, and its constants are the only
 * place where the name of a column is written; {@link io.itinera.core.table.Tables} has them all in
 * the order of the data's way. Knows no stage and no rule.
 */
package io.itinera.core.table;
