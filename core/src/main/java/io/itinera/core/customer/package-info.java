/**
 * The identity card of every customer.
 *
 * <p>Touchpoints are summed once per customer and day ({@link io.itinera.core.table.CustomerDays}),
 * days once per customer ({@link io.itinera.core.table.CustomerTotals}); cards ({@link
 * io.itinera.core.table.Customers}) join totals with what profiles say. A night sums only the days
 * and customers it touched.
 */
package io.itinera.core.customer;
