package io.itinera.jobs.read;

import static io.itinera.jobs.read.Landing.read;
import static io.itinera.testing.TableText.assertRows;

import io.itinera.core.source.FileRules.Format;
import io.itinera.testing.SparkExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class ReadAvroTest {

  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Sale", "fields": [
                {"name": "id", "type": "long"},
                {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                {"name": "micros", "type": {"type": "long", "logicalType": "timestamp-micros"}},
                {"name": "local", "type":
                  {"type": "long", "logicalType": "local-timestamp-millis"}},
                {"name": "day", "type": {"type": "int", "logicalType": "date"}},
                {"name": "amount", "type":
                  {"type": "bytes", "logicalType": "decimal", "precision": 10, "scale": 2}},
                {"name": "raw", "type": "bytes"},
                {"name": "share", "type": "double"},
                {"name": "kind", "type":
                  {"type": "enum", "name": "Kind", "symbols": ["STORE", "WEB"]}},
                {"name": "note", "type": ["null", "string"], "default": null},
                {"name": "items", "type": {"type": "array", "items":
                  {"type": "record", "name": "Item", "fields": [
                    {"name": "sku", "type": "string"}]}}},
                {"name": "more", "type": {"type": "map", "values": "string"}}]}
              """);

  @TempDir private Path folder;

  @Test
  void recordsAreTakenAsJsonWithTheirLogicalTypes(SparkSession spark) throws IOException {
    Landing landing = new Landing(folder);
    landing.write("a.avro", file(sale(1, "caf\u00e9 \"x\"", 0.5), sale(2, null, Double.NaN)));
    landing.write("empty.avro", "");
    landing.write("none.avro", file());

    assertRows(
        read(
                spark,
                landing.source(
                    Format.AVRO, "*.avro", "id", "at", "micros", "local", "day", "amount", "share"))
            .selectExpr("_position", "at", "micros", "local", "day", "amount", "share"),
        """
        _position | at                   | micros                      | local               | day        | amount | share
        1         | 2026-01-31T10:00:00Z | 2026-01-31T10:00:00.000001Z | 2026-01-31T10:00    | 2026-01-31 | -12.5  | 0.5
        2         | 2026-01-31T10:00:00Z | 2026-01-31T10:00:00.000001Z | 2026-01-31T10:00    | 2026-01-31 | -12.5  | NaN
        """);
    assertRows(
        read(
            spark,
            landing
                .source(Format.AVRO, "a.avro", "id", "raw", "kind", "note", "items", "more")
                .schema(
                    "id BIGINT, raw STRING, kind STRING, note STRING,"
                        + " items ARRAY<STRUCT<sku: STRING>>, more MAP<STRING, STRING>")
                .ignore("at", "micros", "local", "day", "amount")),
        """
        id | raw  | kind | note     | items      | more     | other
        1  | AQI= | WEB  | café "x" | [{a}, {b}] | {k -> v} | share=0.5
        2  | AQI= | WEB  |          | [{a}, {b}] | {k -> v} | share=NaN
        """);
  }

  @Test
  void brokenFilesGiveWhatStandsBeforeTheBreak(SparkSession spark) throws IOException {
    Landing landing = new Landing(folder);
    byte[] whole = file(sale(1, null, 0), sale(2, null, 0));
    landing.write("cut.avro", Arrays.copyOf(whole, whole.length - 20));
    landing.write("none.avro", Arrays.copyOf(whole, 20));
    landing.write("text.avro", "no avro");

    assertRows(
        read(spark, landing.source(Format.AVRO, "*.avro", "id")),
        """
        file      | _position | _problem        | id
        cut.avro  | 1         |                 | 1
        cut.avro  | 2         | unreadable-file |
        none.avro | 1         | unreadable-file |
        text.avro | 1         | unreadable-file |
        """);
  }

  private static GenericRecord sale(long id, String note, double share) {
    Schema items = SCHEMA.getField("items").schema();
    List<GenericRecord> lines =
        List.of("a", "b").stream()
            .map(
                sku ->
                    (GenericRecord)
                        new GenericRecordBuilder(items.getElementType()).set("sku", sku).build())
            .toList();
    long millis = 1_769_853_600_000L;
    BigInteger cents = new BigDecimal("-12.50").unscaledValue();
    return new GenericRecordBuilder(SCHEMA)
        .set("id", id)
        .set("at", millis)
        .set("micros", millis * 1000 + 1)
        .set("local", millis)
        .set("day", (int) (millis / 86_400_000))
        .set("amount", ByteBuffer.wrap(cents.toByteArray()))
        .set("raw", ByteBuffer.wrap(new byte[] {1, 2}))
        .set("share", share)
        .set("kind", new GenericData.EnumSymbol(SCHEMA.getField("kind").schema(), "WEB"))
        .set("note", note)
        .set("items", lines)
        .set("more", Map.of("k", "v"))
        .build();
  }

  /** A container file with one block for each record. */
  private static byte[] file(GenericRecord... records) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(SCHEMA))) {
      writer.setCodec(CodecFactory.deflateCodec(6)).create(SCHEMA, bytes);
      for (GenericRecord record : records) {
        writer.append(record);
        writer.sync();
      }
    }
    return bytes.toByteArray();
  }
}
