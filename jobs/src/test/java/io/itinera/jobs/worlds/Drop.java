package io.itinera.jobs.worlds;

import java.time.Instant;
import java.util.Optional;

/**
 * What happens to a path of the landing folder before a night.
 *
 * @param content absent where the file is moved away
 * @param modified time of writing
 */
record Drop(String path, Optional<String> content, Instant modified) {}
