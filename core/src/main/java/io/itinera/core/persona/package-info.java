/**
 * Features to personas: groups of customers that behave alike, with a name and a rule in words.
 *
 * <p>Reads {@link io.itinera.core.table.Customers} and {@link io.itinera.core.table.CustomerDays},
 * makes {@link io.itinera.core.table.CustomerFeatures}, {@link io.itinera.core.table.Personas} and
 * {@link io.itinera.core.table.CustomerPersonas}. What is learned is learned from a bounded number
 * of customers, whom a hash of their id chooses; as many as fit are worked on in memory, and MLlib
 * comes in for more. Whatever was learned, the model is one that MLlib loads.
 */
package io.itinera.core.persona;
