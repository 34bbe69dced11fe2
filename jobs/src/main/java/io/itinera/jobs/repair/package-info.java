/**
 * What somebody does when a night's files were not right: take rejected records out, mend them and
 * drop them in again, or have files read once more though nothing changed in them.
 */
package io.itinera.jobs.repair;
