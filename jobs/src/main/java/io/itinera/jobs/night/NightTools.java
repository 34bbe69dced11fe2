package io.itinera.jobs.night;

import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.Lake;

/**
 * What nights work with.
 *
 * @param lake the tables
 * @param config all settings
 * @param ledger what ran, and what it had seen
 * @param progress is told how it goes
 */
record NightTools(Lake lake, ItineraConfig config, Ledger ledger, Progress progress) {}
