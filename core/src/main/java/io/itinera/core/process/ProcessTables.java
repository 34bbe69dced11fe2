package io.itinera.core.process;

import io.itinera.core.table.ProcessConstraints;
import io.itinera.core.table.ProcessProfiles;
import io.itinera.core.table.ProcessSpectra;
import io.itinera.core.table.ProcessSteps;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * What a night tells of the process.
 *
 * @param steps rows of {@link ProcessSteps}
 * @param spectra rows of {@link ProcessSpectra}
 * @param profiles rows of {@link ProcessProfiles}
 * @param constraints rows of {@link ProcessConstraints}
 */
public record ProcessTables(
    List<Row> steps, List<Row> spectra, List<Row> profiles, List<Row> constraints) {

  public ProcessTables {
    steps = List.copyOf(steps);
    spectra = List.copyOf(spectra);
    profiles = List.copyOf(profiles);
    constraints = List.copyOf(constraints);
  }
}
