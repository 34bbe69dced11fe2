package io.itinera.jobs.picture;

import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.NoninvertibleTransformException;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The outline that the attribute {@code d} of a path tells (<a
 * href="https://www.w3.org/TR/SVG11/paths.html">SVG 1.1, 8.3</a>), but for smooth curves.
 */
final class SvgPath {

  private static final int CIRCLE = 360;

  private static final Pattern PART =
      Pattern.compile("[a-zA-Z&&[^eE]]|[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?");

  private final Deque<String> parts;
  private final Path2D path = new Path2D.Double();
  private Point2D at = new Point2D.Double();
  private Point2D begin = at;

  private SvgPath(String commands) {
    parts =
        PART.matcher(commands)
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toCollection(ArrayDeque::new));
  }

  /** The outline of {@code commands}, such as {@code M0 0L10 0Z}. */
  static Path2D of(String commands) {
    SvgPath read = new SvgPath(commands);
    char command = 0;
    while (!read.parts.isEmpty()) {
      if (Character.isLetter(read.parts.element().charAt(0))) {
        command = read.parts.remove().charAt(0);
      }
      read.add(command);
      // Points after the first of a move are lines.
      command = command == 'M' ? 'L' : command == 'm' ? 'l' : command;
    }
    return read.path;
  }

  private void add(char command) {
    boolean isRelative = Character.isLowerCase(command);
    switch (Character.toUpperCase(command)) {
      case 'M' -> {
        begin = point(isRelative);
        path.moveTo(begin.getX(), begin.getY());
        at = begin;
      }
      case 'L' -> lineTo(point(isRelative));
      case 'H' -> lineTo(new Point2D.Double(number() + (isRelative ? at.getX() : 0), at.getY()));
      case 'V' -> lineTo(new Point2D.Double(at.getX(), number() + (isRelative ? at.getY() : 0)));
      case 'Q' -> {
        Point2D bend = point(isRelative);
        at = point(isRelative);
        path.quadTo(bend.getX(), bend.getY(), at.getX(), at.getY());
      }
      case 'C' -> {
        Point2D first = point(isRelative);
        Point2D second = point(isRelative);
        at = point(isRelative);
        path.curveTo(
            first.getX(), first.getY(), second.getX(), second.getY(), at.getX(), at.getY());
      }
      case 'A' -> arc(isRelative);
      case 'Z' -> {
        path.closePath();
        at = begin;
      }
      default -> throw new IllegalArgumentException("Cannot draw the command " + command);
    }
  }

  private double number() {
    return Double.parseDouble(parts.remove());
  }

  private Point2D point(boolean isRelative) {
    double x = number();
    double y = number();
    return isRelative ? new Point2D.Double(at.getX() + x, at.getY() + y) : new Point2D.Double(x, y);
  }

  private void lineTo(Point2D to) {
    path.lineTo(to.getX(), to.getY());
    at = to;
  }

  /** From two ends to centre and angles: SVG 1.1, appendix F.6.5, on a circle of radius 1. */
  private void arc(boolean isRelative) {
    double rx = Math.abs(number());
    double ry = Math.abs(number());
    double turn = Math.toRadians(number());
    boolean isLarge = number() != 0;
    boolean isSweep = number() != 0;
    Point2D to = point(isRelative);
    if (rx == 0 || ry == 0 || at.distance(to) == 0) {
      lineTo(to);
      return;
    }
    AffineTransform ellipse = AffineTransform.getRotateInstance(turn);
    ellipse.scale(rx, ry);
    Point2D first = onCircle(ellipse, at);
    Point2D last = onCircle(ellipse, to);
    double apart = first.distance(last);
    // A radius that does not reach grows until it does.
    double radius = Math.max(1, apart / 2);
    double aside = Math.sqrt(Math.max(0, Math.pow(radius / apart, 2) - 0.25));
    aside = isSweep == isLarge ? -aside : aside;
    double x = (first.getX() + last.getX()) / 2 - aside * (last.getY() - first.getY());
    double y = (first.getY() + last.getY()) / 2 + aside * (last.getX() - first.getX());
    double start = Math.toDegrees(Math.atan2(first.getY() - y, first.getX() - x));
    double extent = Math.toDegrees(Math.atan2(last.getY() - y, last.getX() - x)) - start;
    extent += isSweep && extent < 0 ? CIRCLE : !isSweep && extent > 0 ? -CIRCLE : 0;
    // Angles of Java run the other way.
    Arc2D arc =
        new Arc2D.Double(
            x - radius, y - radius, 2 * radius, 2 * radius, -start, -extent, Arc2D.OPEN);
    path.append(arc.getPathIterator(ellipse), true);
    at = to;
  }

  private static Point2D onCircle(AffineTransform ellipse, Point2D point) {
    try {
      return ellipse.inverseTransform(point, null);
    } catch (NoninvertibleTransformException e) {
      throw new IllegalStateException("radii are not 0", e);
    }
  }
}
