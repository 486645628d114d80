// Generated from src/report/html/client by "npm run gen".
export const clientScript = `"use strict";
(() => {
  // copying.ts
  function prepareCopying() {
    if (!window.isSecureContext) return;
    for (const button of document.querySelectorAll("[data-copy]")) prepare(button);
  }
  function prepare(button) {
    const code = button.previousElementSibling;
    if (!code) return;
    const tell = (text) => () => {
      button.textContent = text;
    };
    button.hidden = false;
    button.addEventListener("click", () => {
      navigator.clipboard.writeText((code.textContent ?? "").trim()).then(tell("Copied"), tell("Not allowed"));
    });
    for (const left of ["pointerleave", "blur"]) button.addEventListener(left, tell("Copy"));
  }

  // colours.ts
  var Colours = class {
    #style = getComputedStyle(document.documentElement);
    /** @param name as in the sheet, without the dashes */
    of(name) {
      return this.#style.getPropertyValue(\`--\${name}\`).trim();
    }
  };

  // format.ts
  function showValue(value, unit) {
    if (value === null || value === void 0) return "–";
    return unit === "share" ? percent(value) : \`\${number(value)}\${suffixes[unit]}\`;
  }
  var suffixes = { perSecond: "/s", milliseconds: " ms", count: "" };
  function showTick(value, unit) {
    if (value === null) return "";
    if (unit === "share") return percent(value);
    if (Math.abs(value) >= 1e6) return \`\${Number((value / 1e6).toPrecision(3))}M\`;
    if (Math.abs(value) >= 1e4) return \`\${Number((value / 1e3).toPrecision(3))}k\`;
    return String(Number(value.toPrecision(3)));
  }
  function showPlace(value, x) {
    if (x === "time") return elapsed(value);
    if (x === "percentile") return percentile(value);
    return \`\${number(value)}\${x === "rate" ? "/s" : " ms"}\`;
  }
  function showPlaceTick(value, x) {
    if (value === null) return "";
    return x === "time" || x === "percentile" ? showPlace(value, x) : showTick(value, "count");
  }
  function number(value) {
    const size = Math.abs(value);
    const digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 3;
    return Number(value.toFixed(digits)).toLocaleString("en");
  }
  function percent(share) {
    return \`\${Math.round(share * 100)} %\`;
  }
  function elapsed(seconds) {
    const whole = Math.floor(seconds);
    const two = (value) => String(value).padStart(2, "0");
    const hours = Math.floor(whole / 3600);
    const minutes = Math.floor(whole / 60) % 60;
    return hours > 0 ? \`\${hours}:\${two(minutes)}:\${two(whole % 60)}\` : \`\${minutes}:\${two(whole % 60)}\`;
  }
  function percentile(nines) {
    const beyond = 100 * 10 ** -nines;
    return \`\${Number((100 - beyond).toFixed(Math.max(0, Math.ceil(nines) - 1)))} %\`;
  }

  // legend.ts
  function showLegend(model, at) {
    const legend = document.getElementById(\`chart-\${model.id}-legend\`);
    if (!legend) return;
    const entries = model.lines.map(({ label, tone, values }) => {
      const swatch = document.createElement("i");
      swatch.className = tone;
      const value = document.createElement("b");
      value.textContent = at === null ? "" : showValue(values[at], model.unit);
      const entry = document.createElement("span");
      entry.append(swatch, \`\${label} \`, value);
      return entry;
    });
    legend.replaceChildren(...entries);
    const place = at === null ? void 0 : model.at[at];
    if (place === void 0) return;
    const where = document.createElement("span");
    where.className = "at";
    where.textContent = showPlace(place, model.x);
    legend.append(where);
  }

  // backdrop.ts
  var fontSize = 11;
  function drawBackdrop(plot, model, data, colours) {
    if (model.x !== "time") return;
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.fillStyle = colours.of("band");
    for (const { from, to, shaded } of data.windows) {
      const [left, right] = spanOf(plot, from, to);
      if (shaded && right > left) ctx.fillRect(left, bbox.top, right - left, bbox.height);
    }
    ctx.restore();
  }
  function drawNotes(plot, model, data, colours) {
    const { ctx } = plot;
    ctx.save();
    ctx.font = \`\${fontSize * ratioOf(plot)}px system-ui, sans-serif\`;
    ctx.textAlign = "left";
    ctx.textBaseline = "bottom";
    if (model.x === "time") {
      drawWindowNames(plot, data, colours);
      for (const { at } of data.marks) drawUpright(plot, at, colours.of("third"));
    }
    if (model.found) {
      drawUpright(plot, model.found.at, colours.of("good"));
      writeBeside(plot, model.found.at, model.found.label, colours.of("good"));
    }
    for (const { value, label } of model.limits) drawLimit(plot, value, label, colours.of("bad"));
    ctx.restore();
  }
  function drawWindowNames(plot, { windows, marks }, colours) {
    const { ctx, bbox } = plot;
    const gap = 4 * ratioOf(plot);
    ctx.fillStyle = colours.of("muted");
    let free = Number.NEGATIVE_INFINITY;
    for (const { name, from, to } of windows) {
      const [left, right] = spanOf(plot, from, to);
      if (right <= left) continue;
      const width = ctx.measureText(name).width;
      const x = Math.min(Math.max(left, free), bbox.left + bbox.width - width);
      if (x < free || x >= right) continue;
      ctx.fillText(name, x, bbox.top - gap);
      free = x + width + 2 * gap;
    }
    ctx.fillStyle = colours.of("third");
    for (const [at, { at: second }] of marks.entries()) {
      const x = plot.valToPos(second, "x", true);
      if (x >= bbox.left && x <= bbox.left + bbox.width)
        ctx.fillText(String(at + 1), x + gap / 2, bbox.top + fontSize * ratioOf(plot) + gap);
    }
  }
  function drawUpright(plot, at, colour) {
    const { ctx, bbox } = plot;
    const x = crisp(plot, plot.valToPos(at, "x", true));
    if (x < bbox.left || x > bbox.left + bbox.width) return;
    stroke(plot, colour, () => {
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
    });
  }
  function writeBeside(plot, at, label, colour) {
    const { ctx, bbox } = plot;
    const x = plot.valToPos(at, "x", true);
    const width = ctx.measureText(label).width;
    const gap = 4 * ratioOf(plot);
    const fits = x + gap + width <= bbox.left + bbox.width;
    ctx.fillStyle = colour;
    ctx.fillText(label, fits ? x + gap : x - gap - width, bbox.top + fontSize * ratioOf(plot) + gap);
  }
  function drawLimit(plot, value, label, colour) {
    const { ctx, bbox } = plot;
    const y = crisp(plot, plot.valToPos(value, "y", true));
    if (y < bbox.top || y > bbox.top + bbox.height) return;
    stroke(plot, colour, () => {
      ctx.moveTo(bbox.left, y);
      ctx.lineTo(bbox.left + bbox.width, y);
    });
    ctx.fillStyle = colour;
    const width = ctx.measureText(label).width;
    ctx.fillText(label, bbox.left + bbox.width - width, y - 2 * ratioOf(plot));
  }
  function stroke(plot, colour, path) {
    const { ctx } = plot;
    ctx.strokeStyle = colour;
    ctx.lineWidth = ratioOf(plot);
    ctx.lineCap = "butt";
    ctx.lineDashOffset = 0;
    ctx.setLineDash([3 * ratioOf(plot), 3 * ratioOf(plot)]);
    ctx.beginPath();
    path();
    ctx.stroke();
  }
  function crisp(plot, at) {
    return Math.round(at) + Math.round(ratioOf(plot)) % 2 / 2;
  }
  function spanOf({ bbox, valToPos }, from, to) {
    const right = bbox.left + bbox.width;
    const within = (x) => Math.min(right, Math.max(bbox.left, x));
    return [within(valToPos(from, "x", true)), within(valToPos(to, "x", true))];
  }
  function ratioOf({ ctx, width }) {
    return ctx.canvas.width / width;
  }

  // range.ts
  function valueRange(model, logarithmic) {
    const limits = model.limits.map(({ value }) => value);
    return (_, min, max) => {
      const highest = Math.max(max ?? 0, ...limits);
      if (!logarithmic) return [0, highest > 0 ? highest * 1.08 : 1];
      const lowest = min !== null && min > 0 ? min : lowestOf(model);
      return [lowest / 1.3, Math.max(highest, lowest * 8) * 1.3];
    };
  }
  function lowestOf({ lines }) {
    let lowest = Number.POSITIVE_INFINITY;
    for (const { values } of lines) {
      for (const value of values) if (value !== null && value > 0 && value < lowest) lowest = value;
    }
    return lowest === Number.POSITIVE_INFINITY ? 1 : lowest;
  }
  var wide = 200;
  function decades(plot, splits, axis) {
    const scale = plot.scales[axis === 0 ? "x" : "y"];
    if (scale?.distr !== 3) return splits;
    const few = (scale.max ?? 1) / (scale.min ?? 1) > wide;
    return splits.map((value) => {
      const leading = Math.round(value / 10 ** Math.floor(Math.log10(value) + 1e-9));
      return leading === 1 || !few && (leading === 2 || leading === 5) ? value : null;
    });
  }

  // options.ts
  var chartHeight = 224;
  var font = '12px system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif';
  var dashes = { first: [], second: [7, 4], third: [2, 3] };
  function chartOptions(model, data, look) {
    const { colours, logarithmic } = look;
    return {
      width: look.width,
      height: chartHeight,
      padding: [model.x === "time" ? 18 : 10, 20, 0, 0],
      legend: { show: false },
      cursor: cursorOf(model, look),
      scales: {
        x: { time: false, ...horizontalScale(model) },
        y: { distr: logarithmic ? 3 : 1, range: valueRange(model, logarithmic) }
      },
      axes: [horizontalAxis(model, colours), verticalAxis(model, colours)],
      series: [{}, ...model.lines.map((line) => seriesOf(line, colours))],
      hooks: {
        drawClear: [(plot) => drawBackdrop(plot, model, data, colours)],
        draw: [(plot) => drawNotes(plot, model, data, colours)],
        setCursor: [(plot) => look.moved(plot.cursor.idx ?? null)],
        setSelect: [(plot) => zoomTo(plot, model, look.zoom)]
      }
    };
  }
  function cursorOf(model, { zoom, colours }) {
    const time = model.x === "time";
    return {
      y: false,
      points: { size: 8, fill: (_, line) => colours.of(model.lines[line - 1]?.tone ?? "first") },
      // Zoom decides what is shown; a chart that zoomed by itself would leave the others behind.
      drag: { x: true, y: false, setScale: !time, dist: 4 },
      ...time && {
        sync: {
          key: "time",
          filters: { pub: (type) => type === "mousemove" || type === "mouseleave" }
        },
        bind: {
          dblclick: () => () => {
            zoom.show(void 0);
            return null;
          }
        }
      }
    };
  }
  function zoomTo(plot, { x }, zoom) {
    const { left, width } = plot.select;
    if (x !== "time" || width === 0) return;
    zoom.show({ min: plot.posToVal(left, "x"), max: plot.posToVal(left + width, "x") });
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  }
  function horizontalScale({ x, at }) {
    const first = at[0] ?? 0;
    const last = at.at(-1) ?? 1;
    if (x === "milliseconds") return { distr: 3, range: (_, min, max) => [min, max] };
    if (first === last) return { range: () => [first - 1, last + 1] };
    return { range: (_, min, max) => [min, max] };
  }
  var timeSteps = [
    1,
    2,
    5,
    10,
    15,
    30,
    60,
    120,
    300,
    600,
    900,
    1800,
    3600,
    7200,
    14400,
    43200,
    86400
  ];
  function horizontalAxis(model, colours) {
    return {
      ...axisOf(colours),
      size: 28,
      space: 56,
      ...model.x === "time" && { incrs: timeSteps },
      ...model.x === "percentile" && { incrs: [1] },
      values: (_, splits) => splits.map((value) => showPlaceTick(value, model.x))
    };
  }
  function verticalAxis(model, colours) {
    return {
      ...axisOf(colours),
      size: 48,
      space: 36,
      ...model.unit === "count" && { incrs: wholeSteps },
      values: (_, splits) => splits.map((value) => showTick(value, model.unit))
    };
  }
  var wholeSteps = Array.from(
    { length: 10 },
    (_, power) => [1, 2, 5].map((step) => step * 10 ** power)
  ).flat();
  function axisOf(colours) {
    const line = colours.of("line");
    return {
      font,
      filter: decades,
      stroke: colours.of("muted"),
      gap: 6,
      grid: { stroke: line, width: 1, filter: decades },
      ticks: { show: false }
    };
  }
  function seriesOf({ label, tone, shape }, colours) {
    const stroke2 = colours.of(tone);
    const filled = shape === "area" || shape === "steps" && tone === "first";
    const stepped = shape === "steps" ? uPlot.paths.stepped?.({ align: 1 }) : void 0;
    return {
      label,
      stroke: stroke2,
      width: 1.75,
      dash: dashes[tone],
      points: { ...shape === "points" && { show: true }, size: 6, fill: colours.of("surface") },
      ...filled && { fill: colours.of(\`\${tone}-area\`) },
      ...stepped && { paths: stepped }
    };
  }

  // zoom.ts
  var Zoom = class {
    #plots = /* @__PURE__ */ new Set();
    #button = document.querySelector("[data-zoom-out]");
    #span;
    constructor() {
      this.#button?.addEventListener("click", () => this.show(void 0));
    }
    join(plot) {
      this.#plots.add(plot);
    }
    leave(plot) {
      this.#plots.delete(plot);
    }
    /** @param span seconds; undefined shows the whole run */
    show(span) {
      this.#span = span;
      this.#tell();
      for (const plot of this.#plots) this.apply(plot);
    }
    #tell() {
      if (!this.#button) return;
      this.#button.hidden = this.#span === void 0;
      if (!this.#span) return;
      const { min, max } = this.#span;
      this.#button.textContent = \`\${showPlace(min, "time")} to \${showPlace(max, "time")}: see all again\`;
    }
    apply(plot) {
      const span = this.#span ?? wholeOf(plot);
      plot.setScale("x", { min: span.min, max: span.max });
    }
  };
  function wholeOf(plot) {
    const at = plot.data[0] ?? [];
    const min = at[0] ?? 0;
    const max = at[at.length - 1] ?? min;
    return max > min ? { min, max } : { min: min - 1, max: max + 1 };
  }

  // draw.ts
  function drawCharts(data) {
    const zoom = new Zoom();
    const logarithmic = new Set(
      data.charts.filter((model) => model.logarithmic === true).map(({ id }) => id)
    );
    const make = (model, place) => {
      const options = chartOptions(model, data, {
        colours: new Colours(),
        width: place.clientWidth,
        logarithmic: logarithmic.has(model.id),
        zoom,
        moved: (at) => showLegend(model, at)
      });
      const lines = model.lines.map(({ values }) => [...values]);
      const plot = new uPlot(options, [[...model.at], ...lines], place);
      if (model.x === "time") zoom.join(plot);
      showLegend(model, null);
      return plot;
    };
    const drawn = data.charts.flatMap((model) => {
      const place = document.getElementById(\`chart-\${model.id}\`);
      return place ? [{ model, place, plot: make(model, place) }] : [];
    });
    const again = (chart) => {
      zoom.leave(chart.plot);
      chart.plot.destroy();
      chart.plot = make(chart.model, chart.place);
      if (chart.model.x === "time") zoom.apply(chart.plot);
    };
    for (const chart of drawn) {
      followWidth(chart);
      prepareChoice(chart.model, logarithmic, () => again(chart));
    }
    return { redraw: () => drawn.forEach(again) };
  }
  function followWidth(chart) {
    new ResizeObserver(() => {
      const width = chart.place.clientWidth;
      if (width > 0 && width !== chart.plot.width) chart.plot.setSize({ width, height: chartHeight });
    }).observe(chart.place);
  }
  function prepareChoice(model, logarithmic, again) {
    const button = document.querySelector(\`[data-logarithmic="\${model.id}"]\`);
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      const on = !logarithmic.has(model.id);
      if (on) logarithmic.add(model.id);
      else logarithmic.delete(model.id);
      button.setAttribute("aria-pressed", String(on));
      again();
    });
  }

  // page-data.ts
  function pageData() {
    const text = document.getElementById("data")?.textContent ?? "";
    const data = JSON.parse(text);
    return data;
  }

  // sorting.ts
  function prepareSorting() {
    for (const table of document.querySelectorAll("table[data-sortable]")) {
      const heads = [...table.querySelectorAll("thead th")];
      heads.forEach((head, column) => {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = head.textContent;
        head.replaceChildren(button);
        button.addEventListener("click", () => sort(table, heads, column));
      });
    }
  }
  function sort(table, heads, column) {
    const head = heads[column];
    const first = column === 0 ? "ascending" : "descending";
    const other = column === 0 ? "descending" : "ascending";
    const order = head?.getAttribute("aria-sort") === first ? other : first;
    for (const one of heads) one.removeAttribute("aria-sort");
    head?.setAttribute("aria-sort", order);
    const sign = order === "ascending" ? 1 : -1;
    const groups = [...table.tBodies].sort(
      (a, b) => sign * compare(cellOf(a, column), cellOf(b, column))
    );
    table.append(...groups);
  }
  function cellOf(group, column) {
    return group.rows[0]?.cells[column];
  }
  function compare(a, b) {
    const x = a?.dataset["value"];
    const y = b?.dataset["value"];
    if (x === void 0 || y === void 0) {
      return (a?.textContent ?? "").localeCompare(b?.textContent ?? "");
    }
    return numberOf(x) - numberOf(y);
  }
  function numberOf(value) {
    return value === "" ? -1 : Number(value);
  }

  // theme.ts
  var key = "csms-report-theme";
  function prepareTheme(changed) {
    const system = matchMedia("(prefers-color-scheme: dark)");
    const root = document.documentElement;
    const button = document.querySelector("[data-theme-toggle]");
    const current = () => chosen() ?? (system.matches ? "dark" : "light");
    const show = () => {
      if (button) button.textContent = current() === "dark" ? "Light" : "Dark";
      changed();
    };
    const stored = remembered();
    if (stored) root.dataset["theme"] = stored;
    if (button) button.hidden = false;
    show();
    button?.addEventListener("click", () => {
      const next = current() === "dark" ? "light" : "dark";
      root.dataset["theme"] = next;
      remember(next);
      show();
    });
    system.addEventListener("change", show);
  }
  function chosen() {
    return themeOf(document.documentElement.dataset["theme"]);
  }
  function preparePaper(changed) {
    let folded = [];
    addEventListener("beforeprint", () => {
      folded = [...document.querySelectorAll("details:not([open])")];
      for (const details of folded) details.open = true;
      changed();
    });
    addEventListener("afterprint", () => {
      for (const details of folded) details.open = false;
      changed();
    });
  }
  function remembered() {
    try {
      return themeOf(localStorage.getItem(key));
    } catch {
      return void 0;
    }
  }
  function remember(theme) {
    try {
      localStorage.setItem(key, theme);
    } catch {
    }
  }
  function themeOf(text) {
    return text === "light" || text === "dark" ? text : void 0;
  }

  // main.ts
  document.documentElement.classList.add("scripted");
  prepareCopying();
  prepareSorting();
  var charts = drawCharts(pageData());
  prepareTheme(() => charts.redraw());
  preparePaper(() => charts.redraw());
})();
`
