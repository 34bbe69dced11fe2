package io.itinera.jobs.sample;

import java.time.LocalDate;

/**
 * A raw file of the sample company.
 *
 * @param night night with which it arrives
 * @param source source that delivers it
 * @param name its name
 * @param lines lines in it, without the header
 * @param bytes its size
 */
public record WrittenFile(LocalDate night, String source, String name, long lines, long bytes) {}
