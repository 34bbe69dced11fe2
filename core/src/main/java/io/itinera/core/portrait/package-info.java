/**
 * What the customers of a persona are like, beyond the features that found it: what they come for,
 * where they break off, what goes wrong for them, their usual journey, and who they are.
 *
 * <p>{@link io.itinera.core.portrait.DrawPortraits} counts it from cards, days and journeys. Knows
 * tables, and nothing of how personas are found.
 */
package io.itinera.core.portrait;
