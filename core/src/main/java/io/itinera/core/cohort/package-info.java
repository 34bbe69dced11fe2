/**
 * Who comes back: customers by when they began, week by week and month by month.
 *
 * <p>Made of {@link io.itinera.core.table.CustomerDays} alone, up to the night's last day, so that
 * a night that looks back shows what it would have shown then.
 */
package io.itinera.core.cohort;
