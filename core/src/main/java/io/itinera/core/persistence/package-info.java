/**
 * Values of a dimension, such as a campaign, that go on counting after the touchpoint that set
 * them: whose they are then (allocation), and for how long (expiration).
 */
package io.itinera.core.persistence;
