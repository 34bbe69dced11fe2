package io.itinera.jobs.format;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;

/**
 * Records of an Avro container file, each as JSON: times as ISO 8601, decimals as numbers, bytes in
 * base 64.
 */
final class AvroCutter implements RecordCutter {

  private final DataFileStream<IndexedRecord> records;
  private final LenientJson json;

  AvroCutter(InputStream bytes, LenientJson json) throws IOException {
    this.json = json;
    GenericData data = new GenericData();
    data.addLogicalTypeConversion(new Conversions.DecimalConversion());
    data.addLogicalTypeConversion(new Conversions.UUIDConversion());
    data.addLogicalTypeConversion(new TimeConversions.DateConversion());
    data.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
    data.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
    data.addLogicalTypeConversion(new TimeConversions.LocalTimestampMillisConversion());
    data.addLogicalTypeConversion(new TimeConversions.LocalTimestampMicrosConversion());
    records = new DataFileStream<>(bytes, new GenericDatumReader<>(null, null, data));
  }

  @Override
  public CutRecord next() throws IOException {
    try {
      if (!records.hasNext()) {
        // Avro calls a block that ends too early the end of the file, but then still counts on it.
        if (records.hasNext()) {
          throw new EOFException("A block of the file is cut short");
        }
        return null;
      }
      StringWriter text = new StringWriter();
      try (JsonGenerator generator = json.generator(text)) {
        write(records.next(), generator);
      }
      return json.objectOf(text.toString());
    } catch (AvroRuntimeException e) {
      throw new IOException("A block of the file is broken", e);
    }
  }

  @Override
  public Collection<String> names() {
    return records.getSchema().getType() == Schema.Type.RECORD
        ? records.getSchema().getFields().stream().map(Schema.Field::name).toList()
        : List.of();
  }

  private static void write(Object value, JsonGenerator to) throws IOException {
    if (value == null) {
      to.writeNull();
    } else if (value instanceof IndexedRecord row) {
      to.writeStartObject();
      for (Schema.Field field : row.getSchema().getFields()) {
        to.writeFieldName(field.name());
        write(row.get(field.pos()), to);
      }
      to.writeEndObject();
    } else if (value instanceof Map<?, ?> map) {
      to.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        to.writeFieldName(String.valueOf(entry.getKey()));
        write(entry.getValue(), to);
      }
      to.writeEndObject();
    } else if (value instanceof Collection<?> items) {
      to.writeStartArray();
      for (Object item : items) {
        write(item, to);
      }
      to.writeEndArray();
    } else {
      writeLeaf(value, to);
    }
  }

  private static void writeLeaf(Object value, JsonGenerator to) throws IOException {
    if (value instanceof ByteBuffer bytes) {
      byte[] content = new byte[bytes.remaining()];
      bytes.duplicate().get(content);
      to.writeString(Base64.getEncoder().encodeToString(content));
    } else if (value instanceof Boolean flag) {
      to.writeBoolean(flag);
    } else if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      to.writeNumber(number.toString());
    } else {
      to.writeString(value.toString());
    }
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
