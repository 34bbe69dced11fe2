package io.itinera.jobs.report;

import io.itinera.jobs.picture.Letters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mozilla.javascript.BaseFunction;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.NativeArray;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;

/**
 * Draws figures without a browser: the pages' own script gives each chart its options, and the
 * charts write SVG.
 *
 * <p>The scripts run on Rhino and reach nothing of Java but what is handed to them: how wide texts
 * are, and how the language writes numbers and days.
 */
final class Charts implements AutoCloseable {

  private static final Pattern COLOUR = Pattern.compile("--([a-z]+): ([^;]+);");
  private static final Pattern FONT_SIZE = Pattern.compile("([0-9.]+)px");

  private static final String BROWSER =
      "var console = { log() {}, warn() {}, error() {} };"
          + " var setTimeout = () => 0, clearTimeout = () => {};";

  private final Letters letters;
  private final Context rhino;
  private final ScriptableObject scope;

  /** Loads the scripts, once for all charts that this thread draws, until closed. */
  Charts(Letters letters) {
    this.letters = letters;
    this.rhino = Context.enter();
    rhino.setLanguageVersion(Context.VERSION_ECMASCRIPT);
    // Compiling all of the charts takes longer than drawing some with them.
    rhino.setInterpretedMode(true);
    this.scope = rhino.initSafeStandardObjects();
    run(BROWSER, "browser");
    for (String script : List.of("bundle/charts.js", "drawings.js", "pictures.js")) {
      run(Bundle.text(script), script);
    }
  }

  private void run(String script, String name) {
    rhino.evaluateString(scope, script, name, 1, null);
  }

  /**
   * Draws a figure.
   *
   * @param width in pixels
   */
  Chart draw(FigureView figure, int width) {
    Language language = figure.language();
    Object[] arguments = {
      PageView.data(List.of(figure), language), words(language), look(language), width
    };
    BaseFunction picture = (BaseFunction) scope.get("picture", scope);
    Scriptable drawn = (Scriptable) picture.call(rhino, scope, scope, arguments);
    List<String> told = new ArrayList<>();
    for (Object each : (NativeArray) drawn.get("told", drawn)) {
      told.add(Context.toString(each));
    }
    double height = Context.toNumber(drawn.get("height", drawn));
    return new Chart(Context.toString(drawn.get("svg", drawn)), width, (int) height, told);
  }

  private Scriptable words(Language language) {
    return object(
        Map.of(
            "width", function(of -> letters.width(text(of, 0), fontSize(text(of, 1)))),
            "number", function(of -> number(language, of)),
            "day", function(of -> language.dayOfYear(text(of, 0))),
            "short", function(of -> language.compact(((Number) of[0]).doubleValue()))));
  }

  private static String number(Language language, Object[] of) {
    int least = ((Number) of[1]).intValue();
    int most = ((Number) of[2]).intValue();
    return of.length > 3 && "percent".equals(of[3])
        ? language.percent(of[0], least, most)
        : language.number(of[0], least, most);
  }

  private static String text(Object[] arguments, int place) {
    return Context.toString(arguments[place]);
  }

  private static double fontSize(String font) {
    Matcher size = FONT_SIZE.matcher(font);
    return size.find() ? Double.parseDouble(size.group(1)) : 12;
  }

  /** The light colours of the pages. */
  private Scriptable look(Language language) {
    Scriptable look =
        object(Map.of("rtl", language.direction().equals("rtl"), "font", "Noto Sans"));
    Matcher colour = COLOUR.matcher(Bundle.text("report.css"));
    while (colour.find()) {
      if (!look.has(colour.group(1), look)) {
        look.put(colour.group(1), look, colour.group(2));
      }
    }
    return look;
  }

  private Scriptable object(Map<String, Object> properties) {
    Scriptable object = rhino.newObject(scope);
    properties.forEach((name, value) -> object.put(name, object, value));
    return object;
  }

  private static BaseFunction function(Function<Object[], Object> body) {
    return new BaseFunction() {
      private static final long serialVersionUID = 1L;

      @Override
      public Object call(Context rhino, Scriptable scope, Scriptable self, Object[] arguments) {
        return body.apply(arguments);
      }
    };
  }

  @Override
  public void close() {
    rhino.close();
  }
}
