/**
 * Purchases to what each customer may buy next.
 *
 * <p>Reads {@link io.itinera.core.table.CustomerDays}, makes {@link
 * io.itinera.core.table.NextProducts} and figures for {@link io.itinera.core.table.ModelReports}.
 * Products bought by the same customers are counted in one pass; what is offered is a function of
 * one customer's products.
 */
package io.itinera.core.offer;
