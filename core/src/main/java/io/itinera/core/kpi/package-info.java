/**
 * What the contacts of a day came to, by channel, type and place, beside what they are for.
 *
 * <p>Measures of a day follow from its touchpoints and their sessions ({@link
 * io.itinera.core.kpi.MeasureTouchpoints}), how many customers they reached from whose they are
 * ({@link io.itinera.core.kpi.CountCustomers}): a merge changes only the latter. Goals are judged
 * by both ({@link io.itinera.core.kpi.JudgeGoals}).
 */
package io.itinera.core.kpi;
