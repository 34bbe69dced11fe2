package io.itinera.jobs.launch;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * A command line as typed, and what came of it.
 *
 * @param code the exit code
 * @param out what stood on the screen
 * @param err what was complained about
 */
record TypedLine(int code, String out, String err) {

  static TypedLine run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true)).execute(arguments);
    return new TypedLine(code, out.toString(), err.toString());
  }
}
