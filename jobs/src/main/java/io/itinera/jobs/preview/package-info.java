/** What raw files would become, shown before a night loads them. Writes no table. */
package io.itinera.jobs.preview;
