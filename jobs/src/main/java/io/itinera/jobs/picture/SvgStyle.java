package io.itinera.jobs.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.AffineTransform;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.w3c.dom.Element;

/** What the attributes of an element say of its place, colours and lines. */
final class SvgStyle {

  private static final Pattern CALL = Pattern.compile("([a-z]+)\\(([^)]*)\\)");
  private static final Pattern LINK = Pattern.compile("url\\(#([^)]+)\\)");
  private static final Pattern FONT_SIZE = Pattern.compile("([0-9.]+)px");
  private static final Pattern BOLD = Pattern.compile("font-weight: ?(bold|[6-9]00)|font: ?bold");
  private static final double USUAL_FONT_SIZE = 12;
  private static final int OPAQUE = 255;

  private SvgStyle() {}

  static double number(Element element, String name, double otherwise) {
    String text = element.getAttribute(name);
    return text.isEmpty() ? otherwise : Double.parseDouble(text.replace("px", ""));
  }

  /** The id of what the attribute {@code name} points to; null for no such thing. */
  static String link(Element element, String name) {
    Matcher link = LINK.matcher(element.getAttribute(name));
    return link.matches() ? link.group(1) : null;
  }

  /** Where {@code attribute} moves, turns and stretches it to. */
  static AffineTransform transform(Element element, String attribute) {
    AffineTransform all = new AffineTransform();
    Matcher call = CALL.matcher(element.getAttribute(attribute));
    while (call.find()) {
      double[] values = numbers(call.group(2));
      all.concatenate(
          switch (call.group(1)) {
            case "translate" ->
                AffineTransform.getTranslateInstance(values[0], values.length > 1 ? values[1] : 0);
            case "scale" ->
                AffineTransform.getScaleInstance(values[0], values[values.length > 1 ? 1 : 0]);
            case "rotate" -> AffineTransform.getRotateInstance(Math.toRadians(values[0]));
            case "matrix" -> new AffineTransform(values);
            default -> throw new IllegalArgumentException("Cannot draw " + call.group());
          });
    }
    return all;
  }

  private static double[] numbers(String text) {
    return Arrays.stream(text.trim().split("[\\s,]+")).mapToDouble(Double::parseDouble).toArray();
  }

  /** Its colour for {@code name}, fill or stroke; null for none. */
  static Color colour(Element element, String name) {
    String text = element.getAttribute(name).replace(" ", "");
    if (text.isEmpty()) {
      return name.equals("fill") ? Color.BLACK : null;
    }
    if (text.equals("none") || text.equals("transparent")) {
      return null;
    }
    double opacity = number(element, name + "-opacity", 1) * number(element, "opacity", 1);
    Matcher call = CALL.matcher(text);
    if (call.matches()) {
      double[] parts = numbers(call.group(2));
      double own = parts.length > 3 ? parts[3] : 1;
      return new Color(
          (int) parts[0], (int) parts[1], (int) parts[2], (int) Math.round(OPAQUE * own * opacity));
    }
    String full = text.length() == 4 ? text.replaceAll("(?<=.)(.)", "$1$1") : text;
    Color solid = Color.decode(full);
    return new Color(
        solid.getRed(), solid.getGreen(), solid.getBlue(), (int) Math.round(OPAQUE * opacity));
  }

  /** How its line is drawn. */
  static BasicStroke stroke(Element element) {
    int cap =
        switch (element.getAttribute("stroke-linecap")) {
          case "round" -> BasicStroke.CAP_ROUND;
          case "square" -> BasicStroke.CAP_SQUARE;
          default -> BasicStroke.CAP_BUTT;
        };
    int join =
        switch (element.getAttribute("stroke-linejoin")) {
          case "round" -> BasicStroke.JOIN_ROUND;
          case "bevel" -> BasicStroke.JOIN_BEVEL;
          default -> BasicStroke.JOIN_MITER;
        };
    float width = (float) number(element, "stroke-width", 1);
    String dashes = element.getAttribute("stroke-dasharray");
    if (dashes.isEmpty() || dashes.equals("none")) {
      return new BasicStroke(width, cap, join);
    }
    double[] lengths = numbers(dashes);
    float[] dash = new float[lengths.length];
    for (int i = 0; i < dash.length; i++) {
      dash[i] = (float) lengths[i];
    }
    float phase = (float) number(element, "stroke-dashoffset", 0);
    return new BasicStroke(width, cap, join, 10, dash, phase);
  }

  /** Pixels of its letters. */
  static double fontSize(Element element) {
    Matcher size = FONT_SIZE.matcher(element.getAttribute("style"));
    return size.find() ? Double.parseDouble(size.group(1)) : USUAL_FONT_SIZE;
  }

  /** Whether its letters are bold. */
  static boolean isBold(Element element) {
    return BOLD.matcher(element.getAttribute("style")).find();
  }
}
