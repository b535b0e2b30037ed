// Calls of the HTTP API; a problem+json answer becomes an Error with its detail.
import { t } from "./words.js";

// In a file that stands alone, what answers instead of a server.
const offline = () => globalThis.PolicyOffline;

export function address(path, parameters) {
  const given = Object.entries(parameters || {}).filter(([, value]) => value !== null && value !== undefined && value !== "");
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return query ? path + "?" + query : path;
}

export async function get(path, parameters, signal) {
  if (offline()) return offline().get(path, parameters || {});
  let response;
  try {
    response = await fetch(address(path, parameters), { signal, headers: { Accept: "application/json" } });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error(t("noServer"));
  }
  const body = await response.json().catch(() => ({}));
  if (response.ok) return body;
  const error = new Error(body.detail || body.title || t("status", { n: response.status }));
  error.status = response.status;
  throw error;
}

// Rows of a query of the catalogue: { rows, truncated, next_cursor, notes }. Pages are 200 rows at
// most; `most` asks for several, one after the other.
export async function getRows(name, parameters, signal, most = 200) {
  const path = "/api/v1/queries/" + encodeURIComponent(name);
  let found = await get(path, { ...parameters, limit: Math.min(most, 200) }, signal);
  const rows = [...found.rows];
  while (found.next_cursor && rows.length < most) {
    const limit = Math.min(most, 200);
    found = await get(path, { ...parameters, limit, cursor: found.next_cursor }, signal);
    rows.push(...found.rows);
  }
  return { ...found, rows };
}
