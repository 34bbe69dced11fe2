package io.itinera.jobs.raw;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.Writer;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.catalyst.json.JSONOptions;
import scala.jdk.javaapi.CollectionConverters;

/** JSON as lenient as Spark's own options for it ask. */
final class JsonText {

  private final JsonFactory factory;
  private final Fields fields;

  JsonText(Map<String, String> options, Fields fields) {
    this.fields = fields;
    factory =
        new JSONOptions(
                scala.collection.immutable.Map.from(CollectionConverters.asScala(options)),
                "UTC",
                "_corrupt_record")
            .buildJsonFactory();
  }

  JsonParser parser(Reader text) throws IOException {
    return factory.createParser(text);
  }

  JsonGenerator generator(Writer text) throws IOException {
    return factory.createGenerator(text);
  }

  /** A record whose text is {@code line}, malformed unless that is one JSON object. */
  CutRecord objectOf(String line) {
    try (JsonParser parser = factory.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return CutRecord.malformed(line, "The line is no JSON object.");
      }
      Map<String, String> other = null;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        other = withField(other, parser);
      }
      return parser.nextToken() == null
          ? CutRecord.of(line, other)
          : CutRecord.malformed(line, "The line goes on behind its JSON object.");
    } catch (JsonProcessingException e) {
      return CutRecord.malformed(line, "The line is no JSON.");
    } catch (IOException e) {
      throw new IllegalStateException("A text in memory cannot fail to be read", e);
    }
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

  /** {@code other} with the field at whose name {@code parser} stands, if nobody asked for it. */
  private Map<String, String> withField(Map<String, String> other, JsonParser parser)
      throws IOException {
    String name = parser.currentName();
    JsonToken value = parser.nextToken();
    if (!fields.isOther(name) || value == JsonToken.VALUE_NULL) {
      parser.skipChildren();
      return other;
    }
    String text = value.isStructStart() ? copyOf(parser) : parser.getText();
    if (text.isBlank()) {
      return other;
    }
    Map<String, String> added = other == null ? new HashMap<>() : other;
    added.put(name, text);
    return added;
  }
}
