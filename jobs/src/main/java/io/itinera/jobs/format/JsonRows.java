package io.itinera.jobs.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.itinera.core.table.RejectionReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.json.JSONOptions;
import org.apache.spark.sql.catalyst.json.JacksonParser;
import org.apache.spark.sql.catalyst.util.BadRecordException;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.collection.immutable.Nil$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Lines of JSON to rows of a schema. Each is parsed once, by Spark's own parser, while somebody
 * looks on: which fields it has that nobody asked for, and whether it spells one as its source does
 * not. Only such a line, and one that does not fit, is looked at again.
 */
final class JsonRows {

  private static final String MISFIT = "The record does not fit the source's schema.";

  private final LenientJson json;
  private final JacksonParser parser;

  /**
   * @param schema of the rows
   */
  JsonRows(LenientJson json, JSONOptions options, StructType schema) {
    this.json = json;
    this.parser = new JacksonParser(schema, options, false, noFilters());
  }

  @SuppressWarnings("unchecked") // An empty list is one of anything.
  private static <T> Seq<T> noFilters() {
    return (Seq<T>) (Seq<?>) Nil$.MODULE$;
  }

  /** A record with its row; malformed if the line is not one JSON object of the schema. */
  CutRecord of(String line) {
    WatchedJson[] watched = new WatchedJson[1];
    InternalRow row =
        row(
            line,
            (factory, text) -> {
              watched[0] = json.watched(factory, text);
              return watched[0];
            });
    if (row != null && watched[0].isPlain()) {
      return CutRecord.parsed(line, row, watched[0].others());
    }
    CutRecord known = json.objectOf(line);
    if (known.problem() != null) {
      return known;
    }
    String respelt = known.cells().get(0);
    String text = respelt == null ? line : respelt;
    InternalRow anew = row(text, JsonRows::plain);
    return anew == null
        ? new CutRecord(
            line,
            List.of(),
            readable(text),
            known.other(),
            RejectionReason.MALFORMED.text(),
            MISFIT)
        : CutRecord.parsed(line, anew, known.other());
  }

  /** Names of the fields of all records so far. */
  Collection<String> names() {
    return json.names();
  }

  /** Null if {@code text} is not one object of the schema. */
  private InternalRow row(String text, scala.Function2<JsonFactory, String, JsonParser> open) {
    try {
      List<InternalRow> rows =
          List.copyOf(
              CollectionConverters.asJavaCollection(
                  parser.parse(text, open, UTF8String::fromString)));
      return rows.size() == 1 ? rows.get(0) : null;
    } catch (Exception e) {
      // Scala declares no exceptions, so the compiler knows of no checked one here.
      if (e instanceof BadRecordException) {
        return null;
      }
      throw e;
    }
  }

  /** What can be read of a record that does not fit; null for nothing. */
  private InternalRow readable(String text) {
    try {
      parser.parse(text, JsonRows::plain, UTF8String::fromString);
      return null;
    } catch (Exception e) {
      if (e instanceof BadRecordException misfit) {
        InternalRow[] rows = misfit.partialResults().apply();
        return rows.length == 1 ? rows[0] : null;
      }
      throw e;
    }
  }

  private static JsonParser plain(JsonFactory factory, String text) {
    try {
      return factory.createParser(text);
    } catch (IOException e) {
      throw new UncheckedIOException("A text in memory cannot fail to be read", e);
    }
  }
}
