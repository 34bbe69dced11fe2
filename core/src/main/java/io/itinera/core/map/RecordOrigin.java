package io.itinera.core.map;

/**
 * Where a record stands, and by what it competes with other deliveries of the same.
 *
 * @param source name of its source
 * @param position its ordinal in its file, from 1
 * @param ordinal its ordinal among the records of its file with the same text, from 1
 * @param version microseconds since 1970; null for none
 */
record RecordOrigin(String source, long position, int ordinal, Long version) {}
