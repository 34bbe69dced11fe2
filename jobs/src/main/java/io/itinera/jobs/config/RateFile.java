package io.itinera.jobs.config;

/**
 * A file of exchange rates: CSV with the columns date, currency and rate.
 *
 * @param path the file
 * @param maxAgeDays a rate holds until the next, or for so many days
 */
public record RateFile(String path, int maxAgeDays) {}
