/**
 * Pictures without a browser: what the charts' SVG renderer writes, painted by the JDK alone.
 *
 * <p>Knows the part of SVG that Apache ECharts writes, and refuses the rest: no style sheets, no
 * scripts, nothing from outside. Letters are shaped and ordered by the JDK's own layout engine, so
 * that Arabic reads as it should.
 */
package io.itinera.jobs.picture;
