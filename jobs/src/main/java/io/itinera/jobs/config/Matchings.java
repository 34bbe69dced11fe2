package io.itinera.jobs.config;

import java.util.Map;
import java.util.Optional;

/**
 * Ways of comparing profiles.
 *
 * @param on the one by which nights compare them; empty: they do not
 * @param all by name
 */
public record Matchings(Optional<Matching> on, Map<String, Matching> all) {}
