/**
 * What a record would become: a touchpoint, a profile, a cost, or nothing for a reason.
 *
 * <p>{@link io.itinera.core.map.MapRecords} has Spark evaluate a source's expressions and hands
 * each record's values to {@link io.itinera.core.map.MapRecord}, plain Java that is the same for
 * all sources; a row of {@link io.itinera.core.map.Candidates} comes of it. Nothing is decided here
 * between records: that is settled when all are known.
 */
package io.itinera.core.map;
