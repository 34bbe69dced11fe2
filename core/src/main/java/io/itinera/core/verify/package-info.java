/**
 * Whether tables are what they should be: which customers are looked at ({@link
 * io.itinera.core.verify.SampleCustomers}), where stored rows are others than those that were made
 * anew ({@link io.itinera.core.verify.FindDifferences}), and whether tables that tell of the same
 * money tell the same ({@link io.itinera.core.verify.CompareMoney}).
 */
package io.itinera.core.verify;
