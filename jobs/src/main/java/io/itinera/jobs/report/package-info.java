/**
 * The report: what the tables say, as pages that a browser shows without a server or a network.
 *
 * <p>A page is a class that implements {@link io.itinera.jobs.report.Page}, stands in {@link
 * io.itinera.jobs.report.Pages#ALL}, and names its figures, each with the query that gives it; its
 * words stand in {@code report/texts_*.properties}, and a template of its own it needs only if it
 * looks unlike the others. {@link io.itinera.jobs.report.Report} asks all the queries and writes
 * the files. {@link io.itinera.jobs.report.ShortForm} says the same in short, with pictures. Reads
 * tables, and writes none.
 */
package io.itinera.jobs.report;
