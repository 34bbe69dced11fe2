/**
 * Sources: how the files of one kind are found, parted into records and mapped, as the
 * configuration says it, and what a record looks like before anything is made of it.
 *
 * <p>Only records that cannot be wrong; who evaluates them, and who reads them from files, is
 * elsewhere.
 */
package io.itinera.core.source;
