/**
 * Which of several deliveries of one record stays, however often and in whatever order they come,
 * and what is counted when that is known.
 *
 * <p>{@link io.itinera.core.settle.SettleDeliveries} finds contests, {@link
 * io.itinera.core.settle.PickWinners} what they make of the tables, {@link
 * io.itinera.core.settle.CountOutcomes} what became of each file's records, {@link
 * io.itinera.core.settle.CollectEvidence} who was seen on which day.
 */
package io.itinera.core.settle;
