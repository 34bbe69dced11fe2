package io.itinera.jobs.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/** A parser of one record that notes what it comes by, while somebody else reads the values. */
final class WatchedJson extends JsonParserDelegate {

  private final LenientJson json;

  /** Of each open object how its fields are spelt, of each open array how those of its elements. */
  private FieldSpelling[] spellings = new FieldSpelling[8];

  private boolean[] areArrays = new boolean[8];
  private int depth;
  private FieldSpelling ofNext;
  private boolean isObject;
  private boolean isOdd;
  private boolean isWhole;
  private String otherName;
  private Map<String, String> others;

  WatchedJson(JsonParser parser, LenientJson json) {
    super(parser);
    this.json = json;
    this.ofNext = json.spelling();
  }

  /** Whether it is one object, with nothing behind it, in the source's own spelling. */
  boolean isPlain() {
    return isObject && isWhole && !isOdd;
  }

  /** Fields that nobody asked for; null for none. */
  Map<String, String> others() {
    return others;
  }

  @Override
  public JsonToken nextToken() throws IOException {
    JsonToken token = delegate.nextToken();
    if (token != null) {
      note(token);
    }
    return token;
  }

  private void note(JsonToken token) throws IOException {
    switch (token) {
      case START_OBJECT, START_ARRAY -> open(token == JsonToken.START_ARRAY);
      case END_OBJECT, END_ARRAY -> depth--;
      case FIELD_NAME -> name(delegate.currentName());
      case VALUE_NULL -> otherName = null;
      default -> {
        if (depth == 1 && otherName != null) {
          others = LenientJson.with(others, otherName, delegate.getText());
          otherName = null;
        }
      }
    }
  }

  private void open(boolean isArray) {
    FieldSpelling spelling = depth > 0 && areArrays[depth] ? spellings[depth] : ofNext;
    if (depth == 0) {
      isObject = !isArray;
    }
    depth++;
    if (depth == spellings.length) {
      spellings = Arrays.copyOf(spellings, 2 * depth);
      areArrays = Arrays.copyOf(areArrays, 2 * depth);
    }
    spellings[depth] = spelling;
    areArrays[depth] = isArray;
  }

  private void name(String name) {
    FieldSpelling here = spellings[depth];
    isOdd |= !here.isSpelt(name);
    ofNext = here.inside(name);
    if (depth == 1) {
      otherName = json.noted(name) ? name : null;
    }
  }

  @Override
  public JsonParser skipChildren() throws IOException {
    JsonToken token = delegate.currentToken();
    if (token == null || !token.isStructStart()) {
      return this;
    }
    if (depth == 2 && otherName != null) {
      others = LenientJson.with(others, otherName, json.copyOf(delegate));
      otherName = null;
    } else if (spellings[depth].isFree()) {
      delegate.skipChildren();
    } else {
      skipWatched();
      return this;
    }
    depth--;
    return this;
  }

  /** Nobody reads what is in here, but a field of it may be spelt in another way. */
  private void skipWatched() throws IOException {
    int outside = depth - 1;
    while (depth > outside && nextToken() != null) {
      // The tokens are noted, which is all.
    }
  }

  @Override
  public void close() throws IOException {
    if (!delegate.isClosed()) {
      try {
        isWhole = depth == 0 && delegate.nextToken() == null;
      } catch (JsonProcessingException e) {
        isWhole = false;
      }
    }
    super.close();
  }
}
