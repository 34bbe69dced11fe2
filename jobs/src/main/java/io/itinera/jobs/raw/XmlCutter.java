package io.itinera.jobs.raw;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The elements of one name in an XML document, wherever they stand, each as a text of its own.
 * Namespaces are left out, so that a schema can name elements plainly; nothing outside the document
 * is ever fetched. Only one record at a time is in memory.
 */
final class XmlCutter implements RecordCutter {

  private static final int SHOWN = 1000;

  /** What Spark puts before the names of attributes. */
  private static final String ATTRIBUTE = "_";

  private final InputStream bytes;
  private final XMLStreamReader reader;
  private final String element;
  private final Fields fields;

  XmlCutter(InputStream bytes, String element, Fields fields) throws IOException {
    this.bytes = bytes;
    this.element = element;
    this.fields = fields;
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      reader = factory.createXMLStreamReader(bytes);
    } catch (XMLStreamException e) {
      throw broken(e);
    }
  }

  @Override
  public CutRecord next() throws IOException {
    try {
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamConstants.START_ELEMENT
            && reader.getLocalName().equals(element)) {
          Map<String, String> other = new HashMap<>();
          String text = copy(other);
          return text.length() > Lines.LONGEST
              ? Lines.cutOff(text.substring(0, SHOWN))
              : CutRecord.of(text, other.isEmpty() ? null : other);
        }
      }
      return null;
    } catch (XMLStreamException e) {
      throw broken(e);
    }
  }

  /** The element at which the reader stands; what nobody asked for is put into {@code other}. */
  private String copy(Map<String, String> other) throws XMLStreamException {
    StringBuilder text = new StringBuilder();
    int depth = 0;
    int childStart = 0;
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      keep(ATTRIBUTE + reader.getAttributeLocalName(i), reader.getAttributeValue(i), other);
    }
    do {
      switch (reader.getEventType()) {
        case XMLStreamConstants.START_ELEMENT -> {
          depth++;
          childStart = depth == 2 ? text.length() : childStart;
          open(text);
        }
        case XMLStreamConstants.END_ELEMENT -> {
          depth--;
          text.append("</").append(reader.getLocalName()).append('>');
          if (depth == 1) {
            keep(reader.getLocalName(), text.substring(childStart), other);
          }
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          escape(reader.getText(), text);
        }
        default -> {
          // Comments and instructions are no data.
        }
      }
      if (depth > 0) {
        reader.next();
      }
    } while (depth > 0);
    return text.toString();
  }

  private void keep(String name, String value, Map<String, String> other) {
    if (fields.isOther(name) && !value.isBlank()) {
      other.merge(name, value, (first, next) -> first + next);
    }
  }

  private void open(StringBuilder text) {
    text.append('<').append(reader.getLocalName());
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      text.append(' ').append(reader.getAttributeLocalName(i)).append("=\"");
      escape(reader.getAttributeValue(i), text);
      text.append('"');
    }
    text.append('>');
  }

  private static void escape(String plain, StringBuilder text) {
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      switch (c) {
        case '<' -> text.append("&lt;");
        case '>' -> text.append("&gt;");
        case '&' -> text.append("&amp;");
        case '"' -> text.append("&quot;");
        default -> text.append(c);
      }
    }
  }

  private static IOException broken(XMLStreamException e) {
    return new IOException(
        "The document breaks at line %d, column %d"
            .formatted(e.getLocation().getLineNumber(), e.getLocation().getColumnNumber()),
        e);
  }

  @Override
  public void close() throws IOException {
    try (bytes) {
      reader.close();
    } catch (XMLStreamException e) {
      throw broken(e);
    }
  }
}
