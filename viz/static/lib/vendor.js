// Libraries that some views need, fetched when the first of them does.
const FILES = {
  cytoscape: "cytoscape/cytoscape.min.js",
  echarts: "echarts/echarts.min.js",
  graphology: "graphology/graphology.umd.min.js",
  Sigma: "sigma/sigma.min.js",
};
const wanted = new Map();

// name: of the global that the file defines
export function library(name) {
  if (globalThis[name]) return Promise.resolve(globalThis[name]);
  if (!wanted.has(name)) wanted.set(name, fetchScript("/static/vendor/" + FILES[name]).then(() => globalThis[name]));
  return wanted.get(name);
}

function fetchScript(source) {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = source;
    script.onload = done;
    script.onerror = () => failed(new Error(source));
    document.head.append(script);
  });
}
