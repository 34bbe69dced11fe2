/** Settings: HOCON files to the rules records of core, every problem reported at once. */
package io.itinera.jobs.config;
