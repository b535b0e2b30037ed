// Charts by Apache ECharts, in the page's colours and type.
import { t } from "./words.js";
import { colour, onTheme } from "./theme.js";
import { library } from "./vendor.js";

export const PALETTE = ["#4c6ef5", "#0ca678", "#e8590c", "#9c5bd1", "#1098ad", "#e69500", "#d6336c", "#5f8f2f", "#7d8795", "#e03131"];

// Draws a chart into an element that has a height, and keeps it fitting.
//
// option: () => an ECharts option; called again when light turns to dark. Tooltips are drawn on
//   the canvas (plain text: a `formatter` returns text, never markup).
// Returns { chart, redraw(), png(), svg(), close() }; `label` tells a screen reader what it shows.
export async function chart(element, option, label) {
  const echarts = await library("echarts");
  element.setAttribute("role", "img");
  element.setAttribute("aria-label", label);
  const drawn = echarts.init(element, null, { renderer: "canvas" });
  const redraw = () => drawn.setOption(themed(option()), { notMerge: true });
  redraw();
  const watch = new ResizeObserver(() => drawn.resize());
  watch.observe(element);
  const forget = onTheme(redraw);
  return {
    chart: drawn,
    redraw,
    png: () => drawn.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: colour("panel") }),
    svg: () => asSvg(echarts, themed(option()), drawn),
    close: () => {
      watch.disconnect();
      forget();
      drawn.dispose();
    },
  };
}

function themed(option) {
  const ink = colour("ink");
  const soft = colour("soft");
  const line = colour("line");
  const axis = (given) => given && [given].flat().map((one) => ({
    axisLine: { lineStyle: { color: line } },
    axisTick: { lineStyle: { color: line } },
    splitLine: { lineStyle: { color: line } },
    ...one,
    axisLabel: { color: soft, ...one.axisLabel },
  }));
  return {
    color: PALETTE,
    backgroundColor: "transparent",
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    textStyle: { color: ink, fontFamily: fontFamily() },
    ...option,
    ...(option.xAxis ? { xAxis: axis(option.xAxis) } : {}),
    ...(option.yAxis ? { yAxis: axis(option.yAxis) } : {}),
    ...(option.legend ? { legend: { textStyle: { color: ink }, ...option.legend } } : {}),
    tooltip: {
      backgroundColor: colour("panel"), borderColor: line, textStyle: { color: ink }, confine: true,
      ...option.tooltip,
      renderMode: "richText", // drawn as text: a name that is markup stays text
    },
  };
}

// Without double quotes: ECharts writes the names into an attribute as they are.
function fontFamily() {
  return getComputedStyle(document.body).fontFamily.replaceAll('"', "'");
}

function asSvg(echarts, option, drawn) {
  const size = { width: drawn.getWidth(), height: drawn.getHeight() };
  const paper = echarts.init(null, null, { renderer: "svg", ssr: true, ...size });
  paper.setOption({ ...option, animation: false, backgroundColor: colour("panel") });
  const text = paper.renderToSVGString();
  paper.dispose();
  return text;
}
