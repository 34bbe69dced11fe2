/**
 * What several stages agree on: what counts as an order, how money is summed, the order of
 * touchpoints, how identifiers are spelt and a set of them is named, what belongs together through
 * others.
 *
 * <p>Any stage may use it; it knows tables, and no stage.
 */
package io.itinera.core.rule;
