package io.itinera.core.match;

import java.io.Serializable;
import org.apache.spark.util.sketch.BloomFilter;

/**
 * The blocks whose records are compared.
 *
 * @param largest records of the largest of them
 * @param pairs pairs of all of them; one that several rules bring together counts for each
 * @param records records of all of them; one counts for each of its blocks
 * @param kept their keys, and few others: whoever looks at a whole block sees whether it is one
 */
public record Blocks(int largest, long pairs, long records, BloomFilter kept)
    implements Serializable {}
