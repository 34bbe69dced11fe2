/**
 * The prompt of {@code itinera sql}: what somebody types, line by line, with its history and its
 * completions, and the answers to it.
 */
package io.itinera.jobs.prompt;
