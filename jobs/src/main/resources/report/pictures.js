// Draws a figure where there is no browser: runs on Rhino beside the charts and drawings.js.
//
// `letters` tells how wide texts are and how the language writes numbers and days.
function picture(json, letters, view, width) {
  "use strict";

  const data = JSON.parse(json);
  echarts.setPlatformAPI({ measureText: (text, font) => ({ width: letters.width(text || "", font || "") }) });
  const { kinds, prepare, light } = drawings({ data, rtl: view.rtl, number: letters.number, day: letters.day,
    short: letters.short, isMoving: () => false });
  const figure = data.figures[0];
  prepare(figure);
  const chart = { width, state: {}, controls: () => {}, note: () => {}, table: () => {} };
  const made = kinds[figure.kind](figure, Object.assign({ dark: false, colours: light }, view), chart);
  const drawn = echarts.init(null, null, { renderer: "svg", ssr: true, width, height: made.height });
  drawn.setOption(made.option);
  const svg = drawn.renderToSVGString();
  drawn.dispose();
  return { svg, height: made.height, told: made.points.map((point) => point.say) };
}
