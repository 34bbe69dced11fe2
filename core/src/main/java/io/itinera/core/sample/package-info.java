/**
 * The sample company: people whose raw logs are a pure function of a seed and a person's number.
 */
package io.itinera.core.sample;
