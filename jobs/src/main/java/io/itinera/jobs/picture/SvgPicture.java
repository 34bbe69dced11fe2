package io.itinera.jobs.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A picture that SVG of the charts tells. */
public final class SvgPicture {

  private final Element root;
  private final Letters letters;

  private SvgPicture(Element root, Letters letters) {
    this.root = root;
    this.letters = letters;
  }

  /**
   * The picture that {@code svg} tells.
   *
   * @param letters what its texts are written in, whatever font it names
   */
  public static SvgPicture of(String svg, Letters letters) {
    try {
      DocumentBuilderFactory parsers = DocumentBuilderFactory.newInstance();
      parsers.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      // Nothing is fetched, whatever stands in it.
      parsers.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      InputSource source = new InputSource(new StringReader(svg));
      return new SvgPicture(
          parsers.newDocumentBuilder().parse(source).getDocumentElement(), letters);
    } catch (IOException | ParserConfigurationException | SAXException e) {
      throw new IllegalArgumentException("The charts wrote what is no SVG", e);
    }
  }

  /** The same as PNG, on white, each of its pixels {@code scale} pixels wide and high. */
  public byte[] png(double scale) {
    // Old image files of ImageIO would be written to disk first.
    ImageIO.setUseCache(false);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(painted(scale), "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes all bytes", e);
    }
    return png.toByteArray();
  }

  private BufferedImage painted(double scale) {
    int width = (int) Math.ceil(SvgStyle.number(root, "width", 0) * scale);
    int height = (int) Math.ceil(SvgStyle.number(root, "height", 0) * scale);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = image.createGraphics();
    canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    canvas.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    canvas.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    canvas.setColor(Color.WHITE);
    canvas.fillRect(0, 0, width, height);
    canvas.scale(scale, scale);
    new SvgPainter(root, letters).paint(root, canvas);
    canvas.dispose();
    return image;
  }
}
