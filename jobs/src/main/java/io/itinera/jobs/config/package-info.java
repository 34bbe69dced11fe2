/**
 * Settings: HOCON files to the rules records of core, every problem reported at once.
 *
 * <p>Nothing else knows how settings are written. Knows what they are for, and which columns can be
 * mapped, but reads no table and needs no session.
 */
package io.itinera.jobs.config;
