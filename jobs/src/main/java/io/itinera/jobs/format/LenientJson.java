package io.itinera.jobs.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.catalyst.json.JSONOptions;
import scala.jdk.javaapi.CollectionConverters;

/** JSON as lenient as Spark's own options for it ask. */
final class LenientJson {

  private final JsonFactory factory;
  private final Fields fields;
  private final FieldSpelling spelling;
  private final NamesSeen seen = new NamesSeen();

  /**
   * @param fields of a record that somebody asks for
   * @param spelling how the source spells its fields
   */
  LenientJson(Map<String, String> options, Fields fields, FieldSpelling spelling) {
    this.fields = fields;
    this.spelling = spelling;
    factory =
        new JSONOptions(
                scala.collection.immutable.Map.from(CollectionConverters.asScala(options)),
                "UTC",
                "_corrupt_record")
            .buildJsonFactory();
  }

  FieldSpelling spelling() {
    return spelling;
  }

  /** {@code text}, to be parsed by somebody else. */
  WatchedJson watched(JsonFactory by, String text) {
    try {
      return new WatchedJson(by.createParser(text), this);
    } catch (IOException e) {
      throw new UncheckedIOException("A text in memory cannot fail to be read", e);
    }
  }

  /** Notes a field of a record; whether it is one that nobody asked for, but worth keeping. */
  boolean noted(String name) {
    seen.add(name);
    return fields.isOther(name);
  }

  JsonParser parser(Reader text) throws IOException {
    return factory.createParser(text);
  }

  JsonGenerator generator(Writer text) throws IOException {
    return factory.createGenerator(text);
  }

  /**
   * A record whose text is {@code line}, malformed unless that is one JSON object. Its one cell is
   * the same text with the source's spelling of all fields; null if it is spelt so already.
   */
  CutRecord objectOf(String line) {
    try (JsonParser parser = factory.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return CutRecord.malformed(line, "The line is not a JSON object.");
      }
      Map<String, String> other = null;
      boolean isOdd = false;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        seen.add(name);
        isOdd |= !spelling.of(name).equals(name);
        JsonToken value = parser.nextToken();
        if (value == JsonToken.VALUE_NULL || !fields.isOther(name)) {
          isOdd |= isAnyOdd(parser, spelling.inside(name));
        } else {
          other = withField(other, name, parser);
        }
      }
      if (parser.nextToken() != null) {
        return CutRecord.malformed(line, "The line continues after its JSON object.");
      }
      return isOdd
          ? respelt(line, other)
          : CutRecord.of(line, Collections.singletonList(null), other);
    } catch (JsonProcessingException e) {
      return CutRecord.malformed(line, "The line is not JSON.");
    } catch (IOException e) {
      throw new IllegalStateException("A text in memory cannot fail to be read", e);
    }
  }

  /** Names of the fields of all records so far. */
  Collection<String> names() {
    return seen.all();
  }

  private CutRecord respelt(String line, Map<String, String> other) throws IOException {
    RespellJson respell = new RespellJson(this);
    try (JsonParser parser = factory.createParser(line)) {
      parser.nextToken();
      String respelt = respell.value(parser, spelling);
      return CutRecord.of(line, Collections.singletonList(respelt), respell.others(other));
    }
  }

  /** {@code value}, any JSON, with the source's spelling of all fields; itself if it is broken. */
  String respelt(String value) {
    try (JsonParser parser = factory.createParser(value)) {
      return parser.nextToken() == null ? value : new RespellJson(this).value(parser, spelling);
    } catch (IOException e) {
      return value;
    }
  }

  /** Whether a name inside the value at which {@code parser} stands is spelt in another way. */
  private static boolean isAnyOdd(JsonParser parser, FieldSpelling spelling) throws IOException {
    boolean isOdd = false;
    if (spelling.isFree()) {
      parser.skipChildren();
    } else if (parser.currentToken() == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        isOdd |= isAnyOdd(parser, spelling);
      }
    } else if (parser.currentToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        isOdd |= !spelling.of(name).equals(name);
        parser.nextToken();
        isOdd |= isAnyOdd(parser, spelling.inside(name));
      }
    }
    return isOdd;
  }

  /** The value at which {@code parser} stands, exactly as it is but for white space. */
  String copyOf(JsonParser parser) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = factory.createGenerator(text)) {
      int depth = 0;
      do {
        generator.copyCurrentEventExact(parser);
        depth += parser.currentToken().isStructStart() ? 1 : 0;
        depth -= parser.currentToken().isStructEnd() ? 1 : 0;
      } while (depth > 0 && parser.nextToken() != null);
    }
    return text.toString();
  }

  /** {@code other} with the field {@code name}, at whose value {@code parser} stands. */
  private Map<String, String> withField(Map<String, String> other, String name, JsonParser parser)
      throws IOException {
    String text = parser.currentToken().isStructStart() ? copyOf(parser) : parser.getText();
    return with(other, name, text);
  }

  /** {@code fields} and one more, unless it is blank. */
  static Map<String, String> with(Map<String, String> fields, String name, String text) {
    if (text.isBlank()) {
      return fields;
    }
    Map<String, String> added = fields == null ? new HashMap<>() : fields;
    added.put(name, text);
    return added;
  }
}
