package io.itinera.jobs.picture;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.TexturePaint;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.NoninvertibleTransformException;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Paints elements of SVG, those that the charts' renderer writes. */
final class SvgPainter {

  /** From the middle of letters down to the line that they stand on, in sizes of the font. */
  private static final double MIDDLE = 0.36;

  /** Pixels of a pattern's tile for each of its units, so that it stays sharp when turned. */
  private static final int FINE = 4;

  private final Map<String, Element> byId = new HashMap<>();
  private final Letters letters;

  /**
   * @param root has the patterns and outlines that elements point to
   * @param letters of texts
   */
  SvgPainter(Element root, Letters letters) {
    this.letters = letters;
    index(root);
  }

  private void index(Element element) {
    if (element.hasAttribute("id")) {
      byId.put(element.getAttribute("id"), element);
    }
    children(element).forEach(this::index);
  }

  private static List<Element> children(Element element) {
    List<Element> children = new ArrayList<>();
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child) {
        children.add(child);
      }
    }
    return children;
  }

  /** Paints {@code element} and what stands in it. */
  void paint(Element element, Graphics2D canvas) {
    Graphics2D own = (Graphics2D) canvas.create();
    String clip = SvgStyle.link(element, "clip-path");
    if (clip != null) {
      Element outline = children(byId.get(clip)).get(0);
      own.clip(SvgStyle.transform(outline, "transform").createTransformedShape(shape(outline)));
    }
    own.transform(SvgStyle.transform(element, "transform"));
    switch (element.getTagName()) {
      case "svg", "g" -> paintAll(element, own);
      case "rect", "path" -> paintShape(element, shape(element), own);
      case "text" -> paintText(element, own);
      // What others point to, and what happens under a mouse.
      case "defs", "style" -> {}
      default ->
          throw new IllegalArgumentException("Cannot draw the element " + element.getTagName());
    }
    own.dispose();
  }

  private void paintAll(Element element, Graphics2D canvas) {
    children(element).forEach(child -> paint(child, canvas));
  }

  private static Shape shape(Element element) {
    return element.getTagName().equals("path")
        ? SvgPath.of(element.getAttribute("d"))
        : new Rectangle2D.Double(
            SvgStyle.number(element, "x", 0),
            SvgStyle.number(element, "y", 0),
            SvgStyle.number(element, "width", 0),
            SvgStyle.number(element, "height", 0));
  }

  private void paintShape(Element element, Shape shape, Graphics2D canvas) {
    String pattern = SvgStyle.link(element, "fill");
    if (pattern != null) {
      fillWith(byId.get(pattern), shape, canvas);
    } else {
      fill(SvgStyle.colour(element, "fill"), shape, canvas);
    }
    draw(element, shape, canvas);
  }

  private static void fill(Color colour, Shape shape, Graphics2D canvas) {
    if (colour != null) {
      canvas.setColor(colour);
      canvas.fill(shape);
    }
  }

  private static void draw(Element element, Shape shape, Graphics2D canvas) {
    Color colour = SvgStyle.colour(element, "stroke");
    if (colour != null && SvgStyle.number(element, "stroke-width", 1) > 0) {
      canvas.setColor(colour);
      canvas.setStroke(SvgStyle.stroke(element));
      canvas.draw(shape);
    }
  }

  private void fillWith(Element pattern, Shape shape, Graphics2D canvas) {
    double width = SvgStyle.number(pattern, "width", 0);
    double height = SvgStyle.number(pattern, "height", 0);
    if (width <= 0 || height <= 0) {
      return;
    }
    AffineTransform turn = SvgStyle.transform(pattern, "patternTransform");
    BufferedImage tile = tile(pattern, width, height);
    Graphics2D turned = (Graphics2D) canvas.create();
    turned.transform(turn);
    turned.setPaint(new TexturePaint(tile, new Rectangle2D.Double(0, 0, width, height)));
    try {
      turned.fill(turn.createInverse().createTransformedShape(shape));
    } catch (NoninvertibleTransformException e) {
      throw new IllegalStateException("patterns are turned, not flattened", e);
    }
    turned.dispose();
  }

  private BufferedImage tile(Element pattern, double width, double height) {
    int across = Math.max(1, (int) Math.round(width * FINE));
    int down = Math.max(1, (int) Math.round(height * FINE));
    BufferedImage tile = new BufferedImage(across, down, BufferedImage.TYPE_INT_ARGB);
    Graphics2D canvas = tile.createGraphics();
    canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    canvas.scale(across / width, down / height);
    paintAll(pattern, canvas);
    canvas.dispose();
    return tile;
  }

  private void paintText(Element element, Graphics2D canvas) {
    String text = element.getTextContent();
    if (text.isBlank()) {
      return;
    }
    double size = SvgStyle.fontSize(element);
    TextLayout layout =
        letters.layout(text, size, SvgStyle.isBold(element) ? Font.BOLD : Font.PLAIN);
    double share =
        switch (element.getAttribute("text-anchor")) {
          case "middle" -> 0.5;
          case "end" -> 1;
          default -> 0;
        };
    double x = SvgStyle.number(element, "x", 0) - share * layout.getAdvance();
    double y = SvgStyle.number(element, "y", 0) + MIDDLE * size;
    Shape outline = layout.getOutline(AffineTransform.getTranslateInstance(x, y));
    // The rim that parts letters from what is behind them.
    draw(element, outline, canvas);
    fill(SvgStyle.colour(element, "fill"), outline, canvas);
  }
}
