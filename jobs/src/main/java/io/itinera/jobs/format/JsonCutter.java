package io.itinera.jobs.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.Reader;
import java.util.Collection;
import java.util.List;

/**
 * Records in JSON documents that follow each other, or stand in arrays, over any number of lines.
 * Only one record at a time is in memory.
 */
final class JsonCutter implements RecordCutter {

  private final LenientJson json;
  private final JsonParser parser;
  private final List<String> path;

  /** How many objects of the path are open; 0 outside of documents. */
  private int depth;

  private boolean inRecords;
  private boolean foundRecords;
  private boolean hasFields;

  /**
   * @param path names that lead from a document to the array of its records; empty where each
   *     document is a record
   */
  JsonCutter(Reader text, LenientJson json, List<String> path) throws IOException {
    this.json = json;
    this.parser = json.parser(text);
    this.path = path;
  }

  @Override
  public CutRecord next() throws IOException {
    for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
      CutRecord found = at(token);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  @Override
  public Collection<String> names() {
    return json.names();
  }

  private CutRecord at(JsonToken token) throws IOException {
    if (inRecords) {
      inRecords = token != JsonToken.END_ARRAY;
      return inRecords ? record(token) : null;
    }
    if (depth > 0) {
      return insideDocument(token);
    }
    if (token == JsonToken.START_ARRAY || token == JsonToken.END_ARRAY) {
      return null;
    }
    if (path.isEmpty() || token != JsonToken.START_OBJECT) {
      return record(token);
    }
    depth = 1;
    foundRecords = false;
    hasFields = false;
    return null;
  }

  private CutRecord insideDocument(JsonToken token) throws IOException {
    if (token == JsonToken.END_OBJECT) {
      depth--;
      boolean isLost = depth == 0 && hasFields && !foundRecords;
      return isLost
          ? CutRecord.malformed(null, "A document has no %s.".formatted(String.join(".", path)))
          : null;
    }
    hasFields = true;
    boolean isOnPath = parser.currentName().equalsIgnoreCase(path.get(depth - 1));
    JsonToken value = parser.nextToken();
    if (!isOnPath) {
      parser.skipChildren();
      return null;
    }
    return depth == path.size() ? records(value) : descend(value);
  }

  private CutRecord records(JsonToken value) throws IOException {
    foundRecords = true;
    inRecords = value == JsonToken.START_ARRAY;
    return inRecords || value == JsonToken.VALUE_NULL ? null : record(value);
  }

  private CutRecord descend(JsonToken value) throws IOException {
    if (value == JsonToken.START_OBJECT) {
      depth++;
    } else {
      parser.skipChildren();
    }
    return null;
  }

  private CutRecord record(JsonToken token) throws IOException {
    String text = json.copyOf(parser);
    return token == JsonToken.START_OBJECT
        ? json.objectOf(text)
        : CutRecord.malformed(text, "The record is not a JSON object.");
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
