package io.itinera.core.settle;

import java.io.Serializable;

/**
 * How many records of a file look the same to who accounts for them.
 *
 * @param source name of the configured source
 * @param path the file
 * @param channel of their touchpoints; null where they tell none
 * @param day of their touchpoints, counted from 1970; null where they tell none
 * @param reason why they are rejected; null if they are not
 * @param isPlain whether each brings a touchpoint of its own source and nothing else
 * @param records how many they are
 */
public record RecordCount(
    String source,
    String path,
    String channel,
    Integer day,
    String reason,
    boolean isPlain,
    long records)
    implements Serializable {}
