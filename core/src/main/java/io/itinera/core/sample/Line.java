package io.itinera.core.sample;

import java.time.LocalDate;

/**
 * One line of one delivered file.
 *
 * @param deliveredOn night of its delivery: the file arrives on the morning after this day
 * @param file kind of the file
 * @param name the file's name
 * @param superseded a later delivery of a file with the same name replaces this one
 * @param position orders the lines of a file; lines of one position are ordered by text
 */
record Line(
    LocalDate deliveredOn,
    SampleFile file,
    String name,
    boolean superseded,
    long position,
    String text) {}
