/**
 * Loading: raw records become touchpoints and profiles, once however often they are delivered.
 *
 * <p>{@link io.itinera.core.raw.MapRecords} says what each record would become, {@link
 * io.itinera.core.raw.SettleDeliveries} which of several deliveries of one record stays, {@link
 * io.itinera.core.raw.CollectEvidence} sums up who was seen on which day.
 */
package io.itinera.core.raw;
