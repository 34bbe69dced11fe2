package io.itinera.jobs.report;

/**
 * A large number above all figures.
 *
 * @param column the number's heading is that of this column
 * @param value as shown
 */
public record Tile(String column, String value) {}
