package io.itinera.jobs.report;

import java.util.List;

/**
 * All that is to be written.
 *
 * @param scope what it is about
 * @param findings what was found
 * @param languages that it is written in, the first of them to be opened first
 */
record Sheets(Scope scope, Findings findings, List<Language> languages) {}
