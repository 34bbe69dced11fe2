/**
 * What customers did to how likely they are to order nothing for some time.
 *
 * <p>Reads {@link io.itinera.core.table.CustomerDays}. Models of MLlib learn from what was known
 * before a cut-off and what came after it, are judged by a later time beside the model of
 * purchases, which needs no such examples, and are kept in {@link
 * io.itinera.core.table.ChurnModels}. What one says of a customer is a function of what that
 * customer did.
 */
package io.itinera.core.churn;
