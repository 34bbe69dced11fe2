/**
 * What customers are worth: who is still there, what they will buy, and for how much.
 *
 * <p>Models of purchases ({@link io.itinera.core.value.BgNbd}, {@link
 * io.itinera.core.value.ParetoNbd}, {@link io.itinera.core.value.Nbd}) and of spend ({@link
 * io.itinera.core.value.GammaGamma}) are fitted to counts of identical histories, which is all that
 * has to leave the cluster; each customer is then scored where their row is.
 */
package io.itinera.core.value;
