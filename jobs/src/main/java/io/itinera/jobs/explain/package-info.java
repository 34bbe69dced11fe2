/**
 * Tells a person why identifiers are one customer's or different ones', who a customer was and is,
 * and which groups to look at; and notes what that person decides. Reads what nights have written,
 * and writes nothing but {@link io.itinera.core.table.IdentityOverrides}.
 */
package io.itinera.jobs.explain;
