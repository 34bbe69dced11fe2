// Brings a page of the report to life: draws figures from the data that stands in the page, lets keys
// move through them, and makes files of tables. Without it the tables stand there all the same.
(function () {
  "use strict";

  const root = document.documentElement;
  const data = JSON.parse(document.getElementById("data").textContent);
  const rtl = root.dir === "rtl";
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const charts = [];
  let printing = false;

  // ---- Numbers and days, as the language writes them ---------------------------------------------

  const formats = {};
  function number(value, least, most, style) {
    const key = [least, most, style].join();
    formats[key] = formats[key] || new Intl.NumberFormat(data.tag,
      { style: style || "decimal", minimumFractionDigits: least, maximumFractionDigits: most });
    return formats[key].format(value);
  }

  function day(text) {
    return new Intl.DateTimeFormat(data.tag, { day: "numeric", month: "short", timeZone: "UTC" })
      .format(new Date(text + "T00:00:00Z"));
  }

  function short(value) {
    return new Intl.NumberFormat(data.tag, { notation: "compact", maximumFractionDigits: 1 }).format(value);
  }

  // ---- Colours -----------------------------------------------------------------------------------

  function isDark() {
    return root.dataset.theme ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
  }

  function look() {
    const style = getComputedStyle(root);
    const get = (name) => style.getPropertyValue(name).trim();
    return { ink: get("--ink"), soft: get("--soft"), line: get("--line"), panel: get("--panel"),
      accent: get("--accent"), dark: isDark(), colours: isDark() ? dark : light,
      font: getComputedStyle(document.body).fontFamily };
  }

  const { kinds, prepare, light, dark } = drawings({ data, rtl, number, day, short, isMoving: () => !still && !printing });

  // ---- A figure on its page ----------------------------------------------------------------------

  /** What somebody has chosen, kept in the address so that it can be sent to others. */
  const address = new URLSearchParams(location.hash.slice(1));

  class Chart {
    constructor(figure, element) {
      this.figure = figure;
      this.figureElement = element;
      this.box = element.querySelector(".chart");
      this.line = element.querySelector(".told");
      this.state = {};
      for (const [key, value] of address) {
        if (key.startsWith(figure.id + ".")) this.state[key.slice(figure.id.length + 1)] = value;
      }
      this.at = -1;
      this.surface = this.box.appendChild(document.createElement("div"));
      this.surface.setAttribute("aria-hidden", "true");
      this.box.tabIndex = 0;
      this.box.setAttribute("role", "group");
      this.box.setAttribute("aria-label", figure.title + ". " + data.texts["script.keys"]);
      this.box.addEventListener("keydown", (event) => this.key(event));
      this.box.addEventListener("blur", () => this.leave());
      this.draw();
    }

    draw() {
      const made = kinds[this.figure.kind](this.figure, look(), this);
      this.points = made.points;
      this.pick = made.pick;
      this.surface.style.height = made.height + "px";
      if (this.drawn) this.drawn.dispose();
      this.drawn = echarts.init(this.surface, null, { renderer: "svg" });
      this.drawn.setOption(made.option);
      if (made.pick) this.drawn.on("click", (event) => { if (event.dataType !== "edge" && event.seriesIndex === 0) made.pick(event.dataIndex); });
    }

    /** How wide it may be. */
    get width() {
      return this.box.clientWidth;
    }

    key(event) {
      const step = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1, ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (event.key === "Escape") this.leave();
      else if ((event.key === "Enter" || event.key === " ") && this.pick && this.at >= 0) this.pick(this.at);
      else if (event.key === "Home") this.go(0);
      else if (event.key === "End") this.go(this.points.length - 1);
      else if (step) this.go(this.at < 0 ? 0 : (this.at + step + this.points.length) % this.points.length);
      else return;
      event.preventDefault();
    }

    go(to) {
      this.quiet();
      this.at = to;
      const { seriesIndex, dataIndex, say: text } = this.points[to];
      this.drawn.dispatchAction({ type: "highlight", seriesIndex, dataIndex });
      this.drawn.dispatchAction({ type: "showTip", seriesIndex, dataIndex });
      this.line.textContent = text + "." + (this.pick ? " " + data.texts["script.choose"] : "");
    }

    quiet() {
      if (this.at >= 0 && this.points[this.at]) {
        const { seriesIndex, dataIndex } = this.points[this.at];
        this.drawn.dispatchAction({ type: "downplay", seriesIndex, dataIndex });
        this.drawn.dispatchAction({ type: "hideTip" });
      }
    }

    leave() {
      this.quiet();
      this.at = -1;
    }

    note(text) {
      const box = this.figureElement.querySelector(".controls");
      let line = box.querySelector("output");
      if (!line) line = box.appendChild(document.createElement("output"));
      line.textContent = text;
    }

    /** Makes the controls, unless they are there. */
    controls(make) {
      const box = this.figureElement.querySelector(".controls");
      if (box.dataset.state === JSON.stringify(this.state)) return;
      const focused = document.activeElement && box.contains(document.activeElement) ? document.activeElement.name : null;
      box.replaceChildren(...make());
      box.dataset.state = JSON.stringify(this.state);
      if (focused) box.querySelector("[name='" + focused + "']").focus();
    }

    /** Makes the table beside it anew. */
    table(headings, rows) {
      const element = this.figureElement;
      const [head, body] = [element.querySelector("thead tr"), element.querySelector("tbody")];
      head.replaceChildren();
      body.replaceChildren();
      headings.forEach(([heading], i) => {
        const cell = head.appendChild(document.createElement("th"));
        cell.scope = "col";
        cell.className = i === 1 ? "word" : "number";
        cell.textContent = heading;
      });
      for (const row of rows) {
        const line = body.appendChild(document.createElement("tr"));
        row.forEach((value, i) => {
          const cell = line.appendChild(document.createElement("td"));
          cell.className = i === 1 ? "word" : "number";
          cell.appendChild(document.createElement("bdi")).textContent = value;
        });
      }
      element.querySelector("details.rows .size").textContent = "";
    }

    select(label, options, name) {
      const element = document.createElement("label");
      element.append(label);
      const select = element.appendChild(document.createElement("select"));
      select.name = name;
      for (const [value, text] of options) select.add(new Option(text, value, false, value === this.state[name]));
      select.addEventListener("change", () => this.choose(name, select.value));
      return element;
    }

    range(label, least, most, name) {
      const element = document.createElement("label");
      element.append(label);
      const range = element.appendChild(document.createElement("input"));
      Object.assign(range, { type: "range", min: least, max: most, step: 1, value: this.state[name], name });
      range.addEventListener("change", () => this.choose(name, range.value));
      return element;
    }

    choose(name, value) {
      this.state[name] = value;
      this.at = -1;
      this.draw();
      for (const [key, chosen] of Object.entries(this.state)) {
        if (chosen) address.set(this.figure.id + "." + key, chosen);
        else address.delete(this.figure.id + "." + key);
      }
      try { history.replaceState(null, "", "#" + address); } catch (refused) { location.hash = address; }
    }
  }

  // ---- Files -------------------------------------------------------------------------------------

  /** RFC 4180; a text that a spreadsheet would compute is one no more. */
  function csv(figure) {
    const cell = (value, isNumber) => {
      if (value === null) return "";
      const text = isNumber ? String(value) : String(value).replace(/^([=+\-@\t\r\n|%])/, "'$1");
      return /[",\r\n]/.test(text) ? "\"" + text.replace(/"/g, "\"\"") + "\"" : text;
    };
    const lines = [figure.fields.map((field) => field.name).join(",")];
    for (const row of figure.rows) lines.push(row.map((value) => cell(value, typeof value === "number")).join(","));
    return "\ufeff" + lines.join("\r\n") + "\r\n";
  }

  function save(figure) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([csv(figure)], { type: "text/csv;charset=utf-8" }));
    link.download = figure.file + ".csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  // ---- The page ----------------------------------------------------------------------------------

  function redraw() {
    charts.forEach((chart) => chart.draw());
  }

  function themes() {
    const button = document.getElementById("theme");
    const name = () => { button.textContent = data.texts[isDark() ? "script.light" : "script.dark"]; };
    try { root.dataset.theme = localStorage.getItem("itinera-theme") || ""; } catch (refused) { root.dataset.theme = ""; }
    if (!root.dataset.theme) delete root.dataset.theme;
    button.hidden = false;
    name();
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      try { localStorage.setItem("itinera-theme", root.dataset.theme); } catch (refused) { /* Only this page, then. */ }
      name();
      redraw();
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { name(); redraw(); });
  }

  function start() {
    themes();
    for (const figure of data.figures) {
      prepare(figure);
      const element = document.getElementById(figure.id);
      if (element.querySelector(".chart")) charts.push(new Chart(figure, element));
      const button = element.querySelector(".csv");
      if (button) {
        button.hidden = false;
        button.addEventListener("click", () => save(figure));
      }
    }
    let width = innerWidth;
    addEventListener("resize", () => { if (width !== innerWidth) { width = innerWidth; charts.forEach((chart) => chart.drawn.resize()); } });
    let theme;
    addEventListener("beforeprint", () => {
      document.querySelectorAll("details.rows").forEach((each) => { each.open = true; });
      theme = root.dataset.theme;
      root.dataset.theme = "light";
      printing = true;
      redraw();
    });
    addEventListener("afterprint", () => {
      if (theme) root.dataset.theme = theme;
      else delete root.dataset.theme;
      printing = false;
      redraw();
    });
    root.dataset.ready = "true";
  }

  document.fonts.ready.then(start, start);
})();
