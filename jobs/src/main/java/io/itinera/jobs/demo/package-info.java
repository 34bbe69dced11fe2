/** The folder in which a sample company lives, and what its nights have found. */
package io.itinera.jobs.demo;
