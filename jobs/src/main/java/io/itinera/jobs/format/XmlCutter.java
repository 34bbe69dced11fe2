package io.itinera.jobs.format;

import io.itinera.jobs.files.Lines;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
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
  private final FieldSpelling spelling;
  private final NamesSeen seen = new NamesSeen();

  XmlCutter(InputStream bytes, String element, Fields fields, FieldSpelling spelling)
      throws IOException {
    this.bytes = bytes;
    this.element = element;
    this.fields = fields;
    this.spelling = spelling;
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
            && reader.getLocalName().equalsIgnoreCase(element)) {
          Map<String, String> other = new HashMap<>();
          String text = copy(other);
          return text.length() > Lines.LONGEST
              ? CutRecord.cutOff(text.substring(0, SHOWN))
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
    Deque<Open> open = new ArrayDeque<>();
    int childStart = 0;
    do {
      switch (reader.getEventType()) {
        case XMLStreamConstants.START_ELEMENT -> {
          childStart = open.size() == 1 ? text.length() : childStart;
          open.push(
              open.isEmpty()
                  ? new Open(element, spelling, new HashSet<>())
                  : open.peek().child(reader.getLocalName()));
          Map<String, String> attributes = attributes(open.peek().inside());
          open(open.peek().name(), attributes, text);
          if (open.size() == 1) {
            attributes.forEach((name, value) -> keep(ATTRIBUTE + name, value, other));
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          String name = open.pop().name();
          text.append("</").append(name).append('>');
          if (open.size() == 1) {
            keep(name, text.substring(childStart), other);
          }
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          escape(reader.getText(), text);
        }
        default -> {
          // Comments and instructions are no data.
        }
      }
      if (!open.isEmpty()) {
        reader.next();
      }
    } while (!open.isEmpty());
    return text.toString();
  }

  /**
   * An element that is not closed yet.
   *
   * @param name as the source spells it
   * @param inside how the source spells what is in it
   * @param asSpelt names in it that the file spells as the source does
   */
  private record Open(String name, FieldSpelling inside, Set<String> asSpelt) {

    /** An element in it. Where the file has the source's spelling, another one is not the field. */
    Open child(String name) {
      String spelt = inside.of(name);
      if (spelt.equals(name)) {
        asSpelt.add(name);
      }
      String chosen = asSpelt.contains(spelt) ? name : spelt;
      return new Open(chosen, inside.inside(name), new HashSet<>());
    }
  }

  /** Attributes of the element at which the reader stands, as the source spells them. */
  private Map<String, String> attributes(FieldSpelling inside) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
    }
    Map<String, String> respelt = new LinkedHashMap<>();
    attributes.forEach(
        (name, value) -> {
          String spelt = inside.of(ATTRIBUTE + name).substring(ATTRIBUTE.length());
          respelt.put(attributes.containsKey(spelt) ? name : spelt, value);
        });
    return respelt;
  }

  @Override
  public Collection<String> names() {
    return seen.all();
  }

  private void keep(String name, String value, Map<String, String> other) {
    seen.add(name);
    if (fields.isOther(name) && !value.isBlank()) {
      other.merge(name, value, (first, next) -> first + next);
    }
  }

  private static void open(String name, Map<String, String> attributes, StringBuilder text) {
    text.append('<').append(name);
    attributes.forEach(
        (attribute, value) -> {
          text.append(' ').append(attribute).append("=\"");
          escape(value, text);
          text.append('"');
        });
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
