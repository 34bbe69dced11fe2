/** What a person at a terminal sees: how far a night is, and rows as aligned text, CSV or JSON. */
package io.itinera.jobs.screen;
