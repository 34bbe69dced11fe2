package io.itinera.jobs.night;

import java.time.LocalDate;

/**
 * One night's work.
 *
 * @param runId id of the run, sorts by start
 * @param asOf last full day that the night covers
 * @param fullRefresh whether everyone is affected, whatever was seen before
 */
public record Night(String runId, LocalDate asOf, boolean fullRefresh) {}
