// The drawing in a frame: tells the page around it what is clicked, selects what that page says.
"use strict";
PolicyGraph.onEdge = (id) => parent.postMessage({ policykg: "edge", id }, "*");
PolicyGraph.onNode = (id) => parent.postMessage({ policykg: "node", id }, "*");
addEventListener("message", (event) => {
  if (event.source === parent && event.data && event.data.policykg === "select") {
    PolicyGraph.select(String(event.data.id));
  }
});
PolicyGraph.start();
parent.postMessage({ policykg: "ready", id: "" }, "*");
