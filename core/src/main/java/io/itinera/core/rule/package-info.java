/**
 * What several stages agree on: what counts as an order, how money is summed, the order of
 * touchpoints, how rows are kept that are needed twice.
 *
 * <p>Any stage may use it; it knows tables and Spark, and no stage.
 */
package io.itinera.core.rule;
