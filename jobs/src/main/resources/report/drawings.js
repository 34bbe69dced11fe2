// How each kind of figure is drawn: gives the charts' option, the height, and the points that keys move
// through. The page's script draws with it in a browser, and the short form on the JVM, by Rhino, which
// knows no classes, no spread arguments, no holes in patterns, and keeps the first value of a `const` in a loop.
//
// `page` gives the data, whether it is read from right to left, whether something may move, and how the
// language writes numbers and days: { data, rtl, isMoving, number, day, short }.
function drawings(page) {
  "use strict";

  const { data, rtl, number, day, short } = page;

  // ---- Words and numbers -------------------------------------------------------------------------

  function say(key, ...values) {
    return values.reduce((text, value, i) => text.replace("{" + i + "}", value), data.texts[key]);
  }

  function duration(seconds) {
    const size = Math.abs(seconds);
    if (size < 120) return say("unit.seconds", number(seconds, 0, size < 10 ? 1 : 0));
    if (size < 7200) return say("unit.minutes", number(seconds / 60, 0, 1));
    return size < 172800 ? say("unit.hours", number(seconds / 3600, 0, 1))
      : say("unit.days", number(seconds / 86400, 0, 1));
  }

  function shown(figure, name, value) {
    if (value === null || value === undefined) return "–";
    switch (figure.measures[name]) {
      case "count": return number(value, 0, 0);
      case "decimal": return number(value, 0, 2);
      case "share": return number(value, 0, 1, "percent");
      case "money": return number(value, 2, 2);
      case "seconds": return duration(value);
      case "days": return number(value, 1, 1);
      case "date": return day(value);
      default: return figure.words[value] || String(value);
    }
  }

  function axisNumber(measure) {
    return (value) => measure === "share" ? number(value, 0, 1, "percent")
      : measure === "seconds" ? duration(value) : short(value);
  }

  // ---- Colours -----------------------------------------------------------------------------------

  const LIGHT = ["#2457c5", "#c2570c", "#0b7d6d", "#8540cf", "#b8326f", "#6b6d0b", "#4d5f7d", "#8f5a2f"];
  const DARK = ["#8fb4ff", "#ffab7a", "#5fd6c0", "#cba6ff", "#ff9cc4", "#d3d46a", "#b1bfd8", "#e0b48c"];

  function base(view) {
    return {
      color: view.colours,
      animation: page.isMoving(),
      animationDuration: 300,
      textStyle: { fontFamily: view.font, color: view.ink, fontSize: 13 },
      aria: { enabled: true, label: { enabled: false }, decal: { show: false, decals: decals(view) } },
      tooltip: { confine: true, appendTo: undefined, backgroundColor: view.panel, borderColor: view.line,
        textStyle: { color: view.ink, fontFamily: view.font }, extraCssText: "direction:" + (rtl ? "rtl" : "ltr") },
    };
  }

  /** Patterns beside colours, for those who cannot tell these apart; the first has none. */
  function decals(view) {
    const color = view.dark ? "rgba(0, 0, 0, .38)" : "rgba(255, 255, 255, .5)";
    const lines = (rotation, gap) => ({ color, symbol: "rect", symbolSize: 1, dashArrayX: [1, 0], dashArrayY: [2, gap], rotation });
    const dots = (size, gap) => ({ color, symbol: "circle", symbolSize: size, dashArrayX: [[6, 6], [0, 6, 6, 0]], dashArrayY: [gap, 0] });
    return [{ symbol: "none" }, lines(Math.PI / 4, 5), dots(.5, 6), lines(0, 4), lines(-Math.PI / 4, 5), lines(Math.PI / 2, 5), dots(.9, 6), lines(Math.PI / 4, 2)];
  }

  function axisStyle(view) {
    return { axisLabel: { color: view.soft, fontSize: 13 }, axisLine: { lineStyle: { color: view.line } },
      splitLine: { lineStyle: { color: view.line } }, axisTick: { show: false } };
  }

  /** What stands beside the mouse: a name and lines of heading and value, never markup. */
  function tip(title, lines) {
    const box = document.createElement("div");
    box.className = "tip";
    const name = box.appendChild(document.createElement("b"));
    name.textContent = title;
    lines.forEach(([heading, value]) => {
      const line = box.appendChild(document.createElement("span"));
      line.appendChild(document.createElement("span")).textContent = heading;
      line.appendChild(document.createElement("bdi")).textContent = value;
    });
    return box;
  }

  /** Heading and value of each column of a row but those that `names` have. */
  function rest(figure, row, names) {
    return figure.fields.filter((field) => !names.includes(field.name))
      .map((field) => [field.heading, shown(figure, field.name, row[figure.places[field.name]])]);
  }

  function told(title, lines) {
    return title + ". " + lines.map(([heading, value]) => heading + ": " + value).join("; ");
  }

  function largest(numbers) {
    return numbers.reduce((most, each) => Math.max(most, each));
  }

  function cut(text, most) {
    return text.length > most ? text.slice(0, most - 1) + "…" : text;
  }

  // ---- Kinds of figures --------------------------------------------------------------------------
  // Each gives an option of the charts, and its points: what keys move through, with what is told.

  const kinds = {};

  function barLike(figure, view, chart, stacked) {
    const category = figure.roles.category[0];
    const names = figure.roles.values;
    const groups = new Map();
    figure.rows.forEach((row) => {
      const key = row[figure.places[category]];
      if (!groups.has(key)) groups.set(key, names.map(() => 0));
      names.forEach((name, i) => { groups.get(key)[i] += Number(row[figure.places[name]] || 0); });
    });
    const keys = [...groups.keys()].slice(0, 40);
    const labels = keys.map((key) => shown(figure, category, key));
    const measure = figure.measures[names[0]];
    const lines = (i) => names.map((name, n) =>
      [figure.headings[name], shown(figure, name, groups.get(keys[i])[n])]);
    const option = Object.assign(base(view), {
      grid: { left: 8, right: rtl ? 8 : 64, top: names.length > 1 ? 34 : 4, bottom: 4, containLabel: true },
      legend: names.length > 1 ? legend(view, names.map((name) => figure.headings[name])) : { show: false },
      xAxis: Object.assign(axisStyle(view), { type: "value", inverse: rtl,
        axisLabel: { color: view.soft, formatter: axisNumber(measure), hideOverlap: true } }),
      yAxis: Object.assign(axisStyle(view), { type: "category", inverse: true, position: rtl ? "right" : "left",
        data: labels, axisLabel: { color: view.ink, fontSize: 13, width: chart.width > 700 ? 300 : 170, overflow: "truncate" }, splitLine: { show: false } }),
      series: names.map((name, n) => ({
        type: "bar", name: figure.headings[name], stack: stacked ? "all" : undefined, barMaxWidth: 26,
        itemStyle: { borderRadius: stacked ? 0 : (rtl ? [4, 0, 0, 4] : [0, 4, 4, 0]), borderColor: view.panel, borderWidth: stacked ? 1 : 0 },
        label: { show: !stacked && names.length === 1, position: rtl ? "left" : "right", color: view.ink,
          formatter: (item) => shown(figure, name, item.value) },
        data: keys.map((key) => groups.get(key)[n]),
      })),
    });
    if (!stacked && rtl) option.grid.left = 64;
    option.aria.decal.show = names.length > 1;
    Object.assign(option.tooltip, { trigger: "axis", axisPointer: { type: "shadow" },
      formatter: (items) => tip(labels[items[0].dataIndex], lines(items[0].dataIndex)) });
    return { option, height: Math.max(150, keys.length * (names.length > 1 && !stacked ? 44 : 34) + 70),
      points: keys.map((key, i) => ({ seriesIndex: 0, dataIndex: i, say: told(labels[i], lines(i)) })) };
  }

  kinds.bars = (figure, view, chart) => barLike(figure, view, chart, false);
  kinds.parts = (figure, view, chart) => barLike(figure, view, chart, true);

  function legend(view, names) {
    return { data: rtl ? [...names].reverse() : names, top: 0, left: rtl ? undefined : 0, right: rtl ? 0 : undefined, align: rtl ? "right" : "left",
      textStyle: { color: view.ink, fontFamily: view.font, fontSize: 13 }, itemWidth: 18, itemHeight: 12, icon: "roundRect",
      inactiveColor: view.soft, type: "plain" };
  }

  kinds.daily = (figure, view) => {
    const [dayName] = figure.roles.day, [seriesName] = figure.roles.series, [value] = figure.roles.values;
    const days = [...new Set(figure.rows.map((row) => row[figure.places[dayName]]))].sort();
    const sums = new Map();
    figure.rows.forEach((row) => {
      const key = row[figure.places[seriesName]];
      if (!sums.has(key)) sums.set(key, new Map());
      sums.get(key).set(row[figure.places[dayName]], Number(row[figure.places[value]]));
    });
    const total = (key) => [...sums.get(key).values()].reduce((a, b) => a + b, 0);
    const keys = [...sums.keys()].sort((a, b) => total(b) - total(a) || (a < b ? -1 : 1));
    const lines = (i) => keys.filter((key) => sums.get(key).has(days[i]))
      .map((key) => [shown(figure, seriesName, key), shown(figure, value, sums.get(key).get(days[i]))]);
    const option = Object.assign(base(view), {
      grid: { left: 8, right: 8, top: 40, bottom: 4, containLabel: true },
      legend: legend(view, keys.map((key) => shown(figure, seriesName, key))),
      xAxis: Object.assign(axisStyle(view), { type: "category", inverse: rtl, data: days.map(day), splitLine: { show: false },
        axisLabel: { color: view.soft, hideOverlap: true } }),
      yAxis: Object.assign(axisStyle(view), { type: "value", position: rtl ? "right" : "left",
        axisLabel: { color: view.soft, formatter: axisNumber(figure.measures[value]) } }),
      series: keys.map((key) => ({ type: "bar", stack: "all", name: shown(figure, seriesName, key), barMaxWidth: 28,
        itemStyle: { borderColor: view.panel, borderWidth: .5 }, data: days.map((each) => sums.get(key).get(each) || 0) })),
    });
    option.aria.decal.show = true;
    Object.assign(option.tooltip, { trigger: "axis", axisPointer: { type: "shadow" },
      formatter: (items) => tip(day(days[items[0].dataIndex]), lines(items[0].dataIndex)) });
    return { option, height: 300,
      points: days.map((each, i) => ({ seriesIndex: 0, dataIndex: i, say: told(day(each), lines(i)) })) };
  };

  function cells(figure, view, across, down, downLabel) {
    const value = figure.roles.values[0];
    const rows = figure.rows.filter((row) => across.every((name) => row[figure.places[name]] !== null)
      && down.every((name) => row[figure.places[name]] !== null));
    const keyOf = (row, names) => names.map((name) => row[figure.places[name]]).join("\u0000");
    const columns = [...new Map(rows.map((row) => [keyOf(row, across), row])).entries()];
    const lanes = [...new Map(rows.map((row) => [keyOf(row, down), row])).entries()];
    const x = new Map(columns.map(([key], i) => [key, i])), y = new Map(lanes.map(([key], i) => [key, i]));
    const sizes = rows.map((row) => Number(row[figure.places[value]]));
    const low = -largest([0, ...sizes.map((size) => -size)]), high = largest([0.000001, ...sizes]);
    const reach = Math.max(-low, high);
    return { value, rows, columns, lanes, low, high, reach,
      place: (row) => [x.get(keyOf(row, across)), y.get(keyOf(row, down))],
      title: (row) => [...down, ...across].map((name) => shown(figure, name, row[figure.places[name]])).join(" · ") };
  }

  function shades(view, field) {
    const none = view.dark ? "#222a3a" : "#f1f4fa";
    const range = field.low < 0
      ? (view.dark ? ["#a34a18", none, "#3566c4"] : ["#f0955a", none, "#6d9bf0"])
      : (view.dark ? [none, "#2a4f9c", "#3566c4"] : [none, "#b9d0fb", "#6d9bf0"]);
    return { show: false, type: "continuous", min: field.low < 0 ? -field.reach : 0, max: field.reach, inRange: { color: range } };
  }

  kinds.grid = (figure, view, chart) => {
    const field = cells(figure, view, figure.roles.across, figure.roles.down);
    const [across] = figure.roles.across, [down] = figure.roles.down;
    if (field.columns.some(([key]) => field.lanes.some(([other]) => other === key))) {
      // Both sides name the same things: in the same order, so that what stays is the diagonal.
      const order = (a, b) => (a[0].startsWith("(") - b[0].startsWith("(")) || (a[0] < b[0] ? -1 : 1);
      field.columns.sort(order);
      field.lanes.sort(order);
    }
    const lines = (row) => rest(figure, row, [across, down]);
    // Scores: frequency rises with the direction of reading, recency falls from above.
    if (figure.measures[across] === "count") field.columns.sort((a, b) => a[0] - b[0]);
    if (figure.measures[down] === "count") field.lanes.sort((a, b) => b[0] - a[0]);
    const xs = new Map(field.columns.map(([key], i) => [key, i])), ys = new Map(field.lanes.map(([key], i) => [key, i]));
    const side = chart.width > 700 ? 260 : 120;
    const room = (chart.width - side / 2) / field.columns.length;
    const wide = field.columns.length > 6 || room < 70;
    const option = Object.assign(base(view), {
      // The name of the axis stands right above its labels, however high these are in a language.
      grid: { left: 8, right: 8, top: 8, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "all" },
      xAxis: Object.assign(axisStyle(view), { type: "category", position: "top", inverse: rtl, name: figure.headings[across],
        nameLocation: "middle", nameGap: wide ? 8 : 28, nameMoveOverlap: true, nameTextStyle: { color: view.soft, fontSize: 13 }, axisLine: { show: false },
        data: field.columns.map(([id, row]) => shown(figure, across, row[figure.places[across]])), splitLine: { show: false },
        axisLabel: { color: view.ink, interval: 0, rotate: wide ? (rtl ? -35 : 35) : 0, width: wide ? 110 : room - 8, overflow: "truncate" } }),
      yAxis: Object.assign(axisStyle(view), { type: "category", inverse: true, position: rtl ? "right" : "left",
        data: field.lanes.map(([id, row]) => shown(figure, down, row[figure.places[down]])), splitLine: { show: false },
        axisLine: { show: false }, axisLabel: { color: view.ink, width: side, overflow: "truncate" } }),
      visualMap: shades(view, field),
      series: [{ type: "heatmap", data: field.rows.map((row) => ({
        value: [xs.get(String(row[figure.places[across]])), ys.get(String(row[figure.places[down]])), Number(row[figure.places[field.value]])] })),
        itemStyle: { borderColor: view.panel, borderWidth: 3, borderRadius: 6 },
        label: { show: true, color: view.ink, fontSize: 13, formatter: (item) => shown(figure, field.value, item.value[2]) },
        emphasis: { itemStyle: { borderColor: view.accent, borderWidth: 2 } } }],
    });
    Object.assign(option.tooltip, { formatter: (item) => tip(field.title(field.rows[item.dataIndex]), lines(field.rows[item.dataIndex])) });
    return { option, height: Math.max(170, field.lanes.length * 40 + (wide ? 124 : 64)),
      points: field.rows.map((row, i) => ({ seriesIndex: 0, dataIndex: i, say: told(field.title(row), lines(row)) })) };
  };

  kinds.matrix = (figure, view, chart) => {
    const [stage, type] = figure.roles.down, [channel] = figure.roles.across;
    const field = cells(figure, view, [channel], [stage, type]);
    const columns = field.columns.map(([id, row]) => row[figure.places[channel]]);
    const groups = new Map();
    field.lanes.forEach(([id, row]) => {
      const key = row[figure.places[stage]];
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(row[figure.places[type]]);
    });
    const ordered = rtl ? [...columns].reverse() : columns;
    const lane = (row) => row[figure.places[stage]] + "\u0000" + row[figure.places[type]];
    const lines = (row) => rest(figure, row, [stage, type, channel]);
    const header = { itemStyle: { borderColor: view.line, color: "transparent" }, label: { color: view.ink, fontFamily: view.font, fontSize: 13 },
      dividerLineStyle: { color: view.line } };
    const option = Object.assign(base(view), {
      matrix: {
        left: 1, right: 1, top: 1, bottom: 1,
        x: Object.assign({ data: ordered.map((each) => ({ value: shown(figure, channel, each) })), levelSize: 34 }, header,
          // Joined letters are less wide than the charts take them for.
          { label: Object.assign({}, header.label, rtl ? { overflow: "none" } : {}) }),
        y: Object.assign({ levelSize: [110, 170], data: [...groups].map(([key, types]) => ({ value: shown(figure, stage, key),
          children: types.map((each) => ({ value: key + "\u0000" + each })) })) }, header,
          { label: Object.assign({}, header.label, { overflow: "truncate", formatter: (item) => {
            const text = String(item.name ?? item.value ?? "");
            const at = text.indexOf("\u0000");
            return at < 0 ? text : shown(figure, type, text.slice(at + 1));
          } }) }),
        body: { itemStyle: { borderColor: view.line, borderWidth: 1 } },
        corner: { itemStyle: { borderColor: view.line, color: "transparent" } },
        backgroundStyle: { borderColor: view.line },
      },
      visualMap: shades(view, field),
      series: [{ type: "heatmap", coordinateSystem: "matrix", data: field.rows.map((row) => ({
        value: [shown(figure, channel, row[figure.places[channel]]), lane(row), Number(row[figure.places[field.value]])] })),
        itemStyle: { borderColor: view.panel, borderWidth: 3, borderRadius: 6 },
        label: { show: true, color: view.ink, fontSize: 13, formatter: (item) => shown(figure, field.value, item.value[2]) },
        emphasis: { itemStyle: { borderColor: view.accent, borderWidth: 2 } } }],
    });
    if (rtl) mirrorMatrix(option, view, groups, (key) => shown(figure, stage, key), (each) => shown(figure, type, each));
    Object.assign(option.tooltip, { formatter: (item) => item.seriesIndex > 0 ? undefined
      : tip(field.title(field.rows[item.dataIndex]), lines(field.rows[item.dataIndex])) });
    const pick = (i) => {
      const row = field.rows[i];
      const detail = chart.figureElement.querySelector(".detail");
      detail.replaceChildren();
      detail.appendChild(document.createElement("h3")).textContent = field.title(row);
      const list = detail.appendChild(document.createElement("dl"));
      lines(row).forEach(([heading, value]) => {
        const item = list.appendChild(document.createElement("div"));
        item.appendChild(document.createElement("dt")).textContent = heading;
        item.appendChild(document.createElement("dd")).appendChild(document.createElement("bdi")).textContent = value;
      });
    };
    return { option, height: field.lanes.length * 36 + 36, pick,
      points: field.rows.map((row, i) => ({ seriesIndex: 0, dataIndex: i, say: told(field.title(row), lines(row)) })) };
  };

  /** The charts know no headings at the right: two columns there stand for them. */
  function mirrorMatrix(option, view, groups, stageOf, typeOf) {
    const cellsOf = [];
    groups.forEach((types, key) => {
      types.forEach((each, i) => {
        const lane = key + "\u0000" + each;
        cellsOf.push({ value: ["\u0001type", lane, 0], text: typeOf(each) });
        cellsOf.push({ value: ["\u0001stage", lane, 0], text: i === Math.floor((types.length - 1) / 2) ? stageOf(key) : "" });
      });
    });
    option.matrix.y.show = false;
    option.matrix.x.data.push({ value: "\u0001type", size: 170 }, { value: "\u0001stage", size: 110 });
    option.matrix.x.label = Object.assign({}, option.matrix.x.label, { formatter: (item) => String(item.name ?? "").startsWith("\u0001") ? " " : String(item.name ?? "") });
    option.visualMap.seriesIndex = 0;
    option.series.push({ type: "heatmap", coordinateSystem: "matrix", silent: true, data: cellsOf, itemStyle: { color: "transparent" },
      label: { show: true, color: view.ink, fontSize: 13, formatter: (item) => item.data.text } });
  }

  // ---- Flows -------------------------------------------------------------------------------------

  const ENDS = ["(conversion)", "(ended)", "(later)", "(start)"];

  /** Nodes of the chosen anchor with what came in and where it went, in the order of steps. */
  function nodesOf(figure, way, anchor) {
    const at = figure.places;
    const rows = figure.rows.filter((row) => row[at.way] === way && row[at.anchor] === anchor);
    const nodes = new Map();
    rows.forEach((row) => {
      const key = row[at.step] + "\u0000" + row[at.name];
      if (!nodes.has(key)) {
        nodes.set(key, { step: row[at.step], name: row[at.name], arrived: 0, went: 0, other: 0, converted: 0, ended: 0 });
      }
      const node = nodes.get(key), count = Number(row[at.journeys_count]), next = row[at.next_name];
      node.arrived += count;
      if (next === "(conversion)") node.converted += count;
      else if (next === "(ended)" || next === "(start)") node.ended += count;
      else if (next === "(other)" || next === "(later)") node.other += count;
      else node.went += count;
    });
    return { rows, nodes: [...nodes.values()].sort((a, b) => a.step - b.step || b.arrived - a.arrived || (a.name < b.name ? -1 : 1)) };
  }

  kinds.flows = (figure, view, chart) => {
    const at = figure.places;
    const anchors = (way) => [...new Set(figure.rows.filter((row) => row[at.way] === way).map((row) => row[at.anchor]))]
      .sort((a, b) => ENDS.indexOf(b) - ENDS.indexOf(a) || (a < b ? -1 : 1));
    const ways = [...new Set(figure.rows.map((row) => row[at.way]))];
    const way = ways.includes(chart.state.way) ? chart.state.way : ways[0];
    const anchor = anchors(way).includes(chart.state.anchor) ? chart.state.anchor : anchors(way)[0];
    chart.state.way = way;
    chart.state.anchor = anchor;
    chart.controls(() => [
      chart.select(data.texts["script.direction"], ways.map((each) => [each, shown(figure, "way", each)]), "way"),
      chart.select(data.texts["script.step"], anchors(chart.state.way).map((each) => [each, shown(figure, "anchor", each)]), "anchor"),
    ]);
    const { rows, nodes } = nodesOf(figure, way, anchor);
    const depth = largest(nodes.map((node) => node.step)) + 1;
    const mirrored = (way === "to") !== rtl;
    const id = (step, name) => step + "\u0000" + name;
    const all = new Map(nodes.map((node) => [id(node.step, node.name), node]));
    const links = new Map();
    rows.forEach((row) => {
      const next = row[at.next_name];
      const target = id(row[at.step] + 1, next);
      if (!all.has(target)) all.set(target, { step: row[at.step] + 1, name: next, arrived: 0, isEnd: true });
      if (all.get(target).isEnd) all.get(target).arrived += Number(row[at.journeys_count]);
      const key = id(row[at.step], row[at.name]) + "\u0001" + target;
      links.set(key, (links.get(key) || 0) + Number(row[at.journeys_count]));
    });
    const colour = new Map();
    const quiet = view.dark ? "#5b6780" : "#aab4c6";
    const colourOf = (name) => {
      if (name === "(conversion)") return view.colours[2];
      if (ENDS.includes(name) || name === "(other)") return quiet;
      if (!colour.has(name)) colour.set(name, view.colours[[0, 1, 3, 4, 5, 6, 7][colour.size % 7]]);
      return colour.get(name);
    };
    const list = [...all.entries()];
    const lines = (node) => node.isEnd ? [[figure.headings.journeys_count, shown(figure, "journeys_count", node.arrived)]]
      : columns(way).slice(2).map(([heading, name]) => [heading, number(node[name], 0, 0)]);
    const titleOf = (node) => number(node.step, 0, 0) + " · " + shown(figure, "name", node.name);
    const last = largest(list.map(([key, node]) => node.step));
    const most = largest(list.map(([key, node]) => node.arrived));
    const isNamed = (node) => node.arrived > most / 80;
    const labelOf = (node) => cut(shown(figure, "name", node.name), 26) + "  " + number(node.arrived, 0, 0);
    // Names stand behind their nodes, as one reads; those of the last column have room beside it.
    const outer = mirrored === rtl ? last : 0;
    const outermost = list.map(([key, node]) => node).filter((node) => isNamed(node) && node.step === outer);
    const room = 16 + 7.2 * largest([0].concat(outermost.map((node) => labelOf(node).length)));
    const option = Object.assign(base(view), {
      series: [{
        type: "sankey", nodeAlign: "left", nodeWidth: 14, nodeGap: 12, draggable: false, layoutIterations: 32,
        left: rtl ? room : 8, right: rtl ? 8 : room, top: 8, bottom: 8, emphasis: { focus: "adjacency" },
        data: list.map(([key, node]) => ({ name: key, depth: mirrored ? last - node.step : node.step,
          itemStyle: { color: colourOf(node.name), borderColor: view.panel },
          label: { show: isNamed(node), position: rtl ? "left" : "right", color: view.ink, fontSize: 13, fontFamily: view.font, formatter: labelOf(node) } })),
        links: [...links].map(([key, value]) => {
          const [source, target] = key.split("\u0001");
          return { source: mirrored ? target : source, target: mirrored ? source : target, value };
        }),
        lineStyle: { color: "source", opacity: view.dark ? .35 : .28, curveness: .5 },
      }],
    });
    Object.assign(option.tooltip, { formatter: (item) => {
      if (item.dataType === "edge") {
        const [from, to] = mirrored ? [item.data.target, item.data.source] : [item.data.source, item.data.target];
        return tip(titleOf(all.get(from)) + (rtl ? " ← " : " → ") + titleOf(all.get(to)), [[figure.headings.journeys_count, number(item.data.value, 0, 0)]]);
      }
      const node = all.get(item.name);
      return tip(titleOf(node), lines(node));
    } });
    chart.table(columns(way), nodes.map((node) =>
      columns(way).map(([key, name]) => name === "name" ? shown(figure, "name", node.name) : number(node[name], 0, 0))));
    return { option, height: 460,
      points: list.map(([, node], i) => ({ seriesIndex: 0, dataIndex: i, say: told(titleOf(node), lines(node)) })) };
  };

  function columns(way) {
    const names = [["script.step", "step"], ["script.name", "name"], ["script.arrived", "arrived"], ["script.went_on", "went"], ["script.other", "other"]];
    return (way === "from" ? [...names, ["script.converted", "converted"], ["script.ended", "ended"]] : [...names, ["script.began", "ended"]])
      .map(([key, name]) => [data.texts[key], name]);
  }

  // ---- What follows what -------------------------------------------------------------------------

  kinds.network = (figure, view, chart) => {
    const at = figure.places;
    const strongest = Math.min(6, Math.max(1, Number(chart.state.edges) || 3));
    chart.state.edges = String(strongest);
    const names = [...new Set(figure.rows.flatMap((row) => [row[at.from_step], row[at.to_step]]))].sort();
    const focus = names.includes(chart.state.focus) ? chart.state.focus : "";
    chart.state.focus = focus;
    const rows = figure.rows.filter((row) => row[at.edge_rank] <= strongest
      && (!focus || row[at.from_step] === focus || row[at.to_step] === focus));
    const shownNames = names.filter((name) => rows.some((row) => row[at.from_step] === name || row[at.to_step] === name));
    chart.controls(() => [
      chart.range(data.texts["script.strongest"], 1, 6, "edges"),
      chart.select(data.texts["script.neighbours"], [["", data.texts["script.all"]], ...names.map((each) => [each, shown(figure, "from_step", each)])], "focus"),
    ]);
    const weight = rows.reduce((sum, row) => sum + Number(row[at.transitions_count]), 0);
    chart.note(say("script.edges", number(rows.length, 0, 0), number(figure.rows[0][at.edges_count], 0, 0),
      number(weight / figure.rows[0][at.weight], 0, 1, "percent")));
    const through = new Map(names.map((name) => [name, 0]));
    figure.rows.forEach((row) => [row[at.from_step], row[at.to_step]].forEach((name) => through.set(name, through.get(name) + Number(row[at.transitions_count]))));
    const inner = names.filter((name) => !ENDS.includes(name) && name !== "(exit)");
    // The same place every night: by name on a circle, the beginning before it and the ends after it.
    const place = (name) => {
      if (name === "(start)") return [-1.75, 0];
      if (name === "(conversion)") return [1.75, -.55];
      if (name === "(exit)") return [1.75, .55];
      const angle = Math.PI - 2 * Math.PI * inner.indexOf(name) / inner.length;
      return [Math.cos(angle), Math.sin(angle) * .9];
    };
    const most = largest(figure.rows.map((row) => Number(row[at.transitions_count])));
    const size = (name) => 18 + 30 * Math.sqrt(through.get(name) / largest([...through.values()]));
    const lines = (row) => rest(figure, row, ["from_step", "to_step", "edge_rank", "edges_count", "weight"]);
    const titleOf = (row) => shown(figure, "from_step", row[at.from_step]) + (rtl ? " ← " : " → ") + shown(figure, "to_step", row[at.to_step]);
    const option = Object.assign(base(view), {
      series: [{
        type: "graph", layout: "none", left: 90, right: 90, top: 50, bottom: 50, edgeSymbol: ["none", "arrow"], edgeSymbolSize: 9,
        data: shownNames.map((name) => ({ name, x: place(name)[0] * (rtl ? -1 : 1), y: place(name)[1], symbolSize: size(name),
          itemStyle: { color: name === "(conversion)" ? view.colours[2] : ENDS.includes(name) || name === "(exit)" ? (view.dark ? "#7f8aa3" : "#6b778d") : view.colours[0],
            borderColor: view.panel, borderWidth: 2 },
          label: { show: true, position: place(name)[1] < 0 ? "top" : "bottom", color: view.ink, fontSize: 13, fontFamily: view.font, formatter: cut(shown(figure, "from_step", name), 28) } })),
        links: rows.map((row) => ({ source: row[at.from_step], target: row[at.to_step], value: row[at.transitions_count],
          lineStyle: { width: 1 + 9 * Math.sqrt(row[at.transitions_count] / most), opacity: .45, color: view.dark ? "#7d8db0" : "#8a9bbd",
            curveness: row[at.from_step] === row[at.to_step] ? .8 : .18 },
          label: { show: Boolean(focus) && rows.length <= 16 && row[at.median_seconds] !== null, formatter: row[at.median_seconds] === null ? "" : duration(row[at.median_seconds]),
            color: view.soft, fontSize: 12, backgroundColor: view.panel, padding: [1, 4], borderRadius: 3 } })),
        emphasis: { focus: "adjacency", lineStyle: { opacity: .9 } },
      }],
    });
    Object.assign(option.tooltip, { formatter: (item) => item.dataType === "edge" ? tip(titleOf(rows[item.dataIndex]), lines(rows[item.dataIndex]))
      : tip(shown(figure, "from_step", item.name), [[figure.headings.transitions_count, number(through.get(item.name), 0, 0)]]) });
    return { option, height: 480, pick: (i) => { chart.choose("focus", chart.state.focus === shownNames[i] ? "" : shownNames[i]); },
      points: shownNames.map((name, i) => ({ seriesIndex: 0, dataIndex: i, say: told(shown(figure, "from_step", name),
        rows.filter((row) => row[at.from_step] === name).map((row) => [shown(figure, "to_step", row[at.to_step]),
          number(row[at.transitions_count], 0, 0) + " (" + shown(figure, "probability", row[at.probability]) + ")"])) })) };
  };

  kinds.timeline = (figure, view, chart) => {
    const at = figure.places;
    const [who] = figure.roles.who, [time] = figure.roles.time, [laneName] = figure.roles.lane, [size] = figure.roles.values;
    const people = [...new Set(figure.rows.map((row) => row[at[who]]))];
    if (!people.includes(chart.state.who)) chart.state.who = people[0];
    chart.controls(() => [chart.select(data.texts["script.person"], people.map((each) => [each, each]), "who")]);
    const rows = figure.rows.filter((row) => row[at[who]] === chart.state.who);
    const lanes = [...new Set(rows.map((row) => row[at[laneName]]))];
    const lines = (row) => rest(figure, row, [who, laneName]);
    const isEnd = (row) => row[at.converted] === "(conversion)";
    const option = Object.assign(base(view), {
      grid: { left: 8, right: 24, top: 12, bottom: 22, containLabel: true },
      xAxis: Object.assign(axisStyle(view), { type: "value", inverse: rtl, name: figure.headings[time], nameLocation: "middle", nameGap: 28,
        nameTextStyle: { color: view.soft }, axisLabel: { color: view.soft, formatter: short } }),
      yAxis: Object.assign(axisStyle(view), { type: "category", inverse: true, position: rtl ? "right" : "left",
        data: lanes.map((each) => shown(figure, laneName, each)), axisLabel: { color: view.ink, width: 160, overflow: "truncate" } }),
      series: [{ type: "scatter", data: rows.map((row) => ({
        value: [row[at[time]], lanes.indexOf(row[at[laneName]])], symbol: isEnd(row) ? "diamond" : "circle",
        symbolSize: 10 + Math.min(20, 3 * Math.sqrt(row[at[size]])) + (isEnd(row) ? 5 : 0),
        itemStyle: { color: isEnd(row) ? view.colours[2] : view.colours[0], opacity: .85, borderColor: view.panel, borderWidth: 1 } })) }],
    });
    Object.assign(option.tooltip, { formatter: (item) => tip(shown(figure, laneName, rows[item.dataIndex][at[laneName]]), lines(rows[item.dataIndex])) });
    return { option, height: lanes.length * 52 + 80,
      points: rows.map((row, i) => ({ seriesIndex: 0, dataIndex: i, say: told(shown(figure, laneName, row[at[laneName]]), lines(row)) })) };
  };

  /** Where the columns of a figure stand, what they measure and how they are headed. */
  function prepare(figure) {
    figure.places = {};
    figure.measures = {};
    figure.headings = {};
    figure.fields.forEach((field, i) => {
      figure.places[field.name] = i;
      figure.measures[field.name] = field.measure;
      figure.headings[field.name] = field.heading;
    });
  }

  return { kinds, prepare, light: LIGHT, dark: DARK };
}
