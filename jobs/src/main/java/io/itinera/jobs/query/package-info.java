/**
 * Questions to the tables in SQL: under which names an engine finds them, what may be asked, and
 * what is wrong with a question.
 */
package io.itinera.jobs.query;
