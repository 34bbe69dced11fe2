package io.itinera.jobs.nights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Breaks what JSON says, but mostly not its form: other types, names and depths. */
final class JsonMutations {

  private static final String HOLE = "<hole>";

  private static final List<String> NAMES =
      List.of(
          "", " ", "a.b", "`", "_path", "_record", "_corrupt_record", "\u00e4", "value", "null");

  private final Mutations mutations;

  JsonMutations(Mutations mutations) {
    this.mutations = mutations;
  }

  /** {@code text}, changed in one place; as it is where it is no JSON. */
  String of(String text) throws IOException {
    JsonNode tree;
    try {
      tree = SampleRecords.tree(text);
    } catch (JsonProcessingException e) {
      return text;
    }
    List<JsonNode> nodes = new ArrayList<>();
    collect(tree, nodes);
    if (nodes.isEmpty()) {
      return text;
    }
    JsonNode one = mutations.oneOf(nodes);
    if (one instanceof ObjectNode object && !object.isEmpty()) {
      change(object);
    } else if (one instanceof ArrayNode array && !array.isEmpty()) {
      change(array);
    }
    return SampleRecords.text(tree).replace("\"" + HOLE + "\"", mutations.value());
  }

  private static void collect(JsonNode node, List<JsonNode> nodes) {
    if (node.isContainerNode()) {
      nodes.add(node);
      node.forEach(child -> collect(child, nodes));
    }
  }

  private void change(ObjectNode object) throws IOException {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    String name = mutations.oneOf(names);
    JsonNode value = object.get(name);
    switch (mutations.oneOf(List.of(0, 1, 2, 3, 4, 5))) {
      case 0 -> object.remove(name);
      case 1 -> object.set(name.toUpperCase(Locale.ROOT), TextNode.valueOf(HOLE));
      case 2 -> object.set(mutations.oneOf(NAMES), value.deepCopy());
      default -> object.set(name, other(value));
    }
  }

  private void change(ArrayNode array) throws IOException {
    int place = mutations.oneIn(2) ? 0 : array.size() - 1;
    switch (mutations.oneOf(List.of(0, 1, 2))) {
      case 0 -> array.remove(place);
      case 1 -> array.add(array.get(place).deepCopy());
      default -> array.set(place, other(array.get(place)));
    }
  }

  private JsonNode other(JsonNode value) throws IOException {
    return switch (mutations.oneOf(List.of(0, 1, 2, 3, 4))) {
      case 0 -> TextNode.valueOf(SampleRecords.text(value));
      case 1 -> JsonNodeFactory.instance.objectNode().set("value", value);
      case 2 -> JsonNodeFactory.instance.arrayNode().add(value);
      default -> TextNode.valueOf(HOLE);
    };
  }
}
