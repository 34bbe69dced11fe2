package io.itinera.jobs.night;

import java.time.LocalDate;

/**
 * What somebody asks of a run.
 *
 * @param command as typed, for the ledger
 * @param asOf last full day that the night covers
 * @param fullRefresh whether everyone is affected, whatever was seen before
 * @param reload raw files that are read again though they were loaded
 */
public record NightRequest(String command, LocalDate asOf, boolean fullRefresh, Reload reload) {}
