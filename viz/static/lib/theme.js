// Light, dark, or as the system: set on the root element, remembered.
import { remember, remembered } from "./words.js";

const ORDER = ["auto", "light", "dark"];
const dark = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set();

export function theme() {
  const saved = remembered("policykg-theme");
  return ORDER.includes(saved) ? saved : "auto";
}

export function nextTheme() {
  const next = ORDER[(ORDER.indexOf(theme()) + 1) % ORDER.length];
  remember("policykg-theme", next);
  applyTheme();
  for (const listener of listeners) listener();
  return next;
}

export function applyTheme() {
  const now = theme();
  if (now === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = now;
}

export function isDark() {
  return theme() === "auto" ? dark.matches : theme() === "dark";
}

// Calls back when colours change; returns what ends that.
export function onTheme(listener) {
  listeners.add(listener);
  dark.addEventListener("change", listener);
  return () => {
    listeners.delete(listener);
    dark.removeEventListener("change", listener);
  };
}

// The value of a colour of base.css now, as drawings on a canvas need it.
export function colour(name) {
  const probe = document.createElement("i");
  probe.hidden = true;
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}
