// One node: what is known of it, and its relations, each with the words it rests on.
import { get } from "./api.js";
import { el, kind, say } from "./dom.js";
import * as routes from "./routes.js";

const FACTS = {
  document_number: "发文字号", issuers: "发文机关", kind: "类别", jurisdiction: "辖区",
  issued_on: "成文日期", published_on: "发布日期", validity: "有效性", path: "条目",
  due_text: "完成时限", due_on: "时限日期", aliases: "别称", level: "层级", code: "区划代码",
  metric: "指标", comparator: "比较", value: "数值", unit: "单位", by: "期限",
  name_en: "英文名", category: "类目", class: "大类", reason: "未识别原因", source_uri: "来源文件",
};
const WORDS = {
  supply: "供给型", environment: "环境型", demand: "需求型", national: "国家", province: "省级",
  prefecture: "地市级", county: "县级", township: "乡级", government: "人民政府", department: "部门",
  unit: "内设机构", party: "党的机关", court: "法院", procuratorate: "检察院",
  public_institution: "事业单位", collective: "集合主体", geographical_indication: "地理标志",
  regional_brand: "区域品牌", university: "高校", research_institute: "科研院所", laboratory: "实验室",
  centre: "中心", association: "协会", company: "企业", zone: "功能区",
};

export async function drawEntity(container, id, { back, remember, signal }) {
  container.replaceChildren(el("p", { class: "note" }, "正在读取…"));
  const path = "/api/v1/entities/" + encodeURIComponent(id);
  const found = await get(path, { limit: 100 }, signal);
  const groups = new Map();
  const list = el("div", {});
  const text = found.properties.text;
  container.replaceChildren(
    el("a", { class: "back", href: back }, "← 返回"),
    el("div", {}, kind(found)),
    el("h1", {}, found.name),
    facts(found),
    found.properties.status === "loaded" ? el("a", { class: "read-all", href: routes.wholeText(id) }, "阅读全文") : "",
    text && found.label === "Measure" ? el("div", { class: "body-text", tabindex: "0" }, text) : "",
    list,
  );
  addRows(list, groups, found, id);
  remember(found.relations);
  addMore(list, groups, found, { id, path, remember });
  say(found.name + ",共读到 " + found.relations.length + " 条关系");
  return found;
}

export function markRow(eid) {
  for (const row of document.querySelectorAll("[data-eid]")) {
    const on = row.dataset.eid === eid;
    row.setAttribute("aria-current", String(on));
    if (on) row.scrollIntoView({ block: "nearest" });
  }
}

function facts(found) {
  const list = el("dl", { class: "facts" });
  for (const [key, title] of Object.entries(FACTS)) {
    let value = found.properties[key];
    if (Array.isArray(value)) value = value.join("、");
    if (value === undefined || value === null || value === "" || value === found.name) continue;
    list.append(el("dt", {}, title), el("dd", {}, WORDS[value] || String(value)));
  }
  if (found.properties.ongoing) list.append(el("dt", {}, "完成时限"), el("dd", {}, "长期"));
  return list;
}

function title(relation, outwards, other) {
  const [name, what] = [relation.name, other.label_name];
  if (relation.type === "PART_OF") return outwards ? "所属" + what : "下属" + what;
  if (relation.type === "LOCATED_IN") return outwards ? "所在" + what : "位于此地的" + what;
  if (relation.type === "SETS") return outwards ? "设定的" + what : "设定它的" + what;
  return outwards ? "它" + name + "的" + what : name + "它的" + what;
}

function addRows(list, groups, found, id) {
  for (const relation of [...found.relations].sort(byPlace)) {
    const outwards = relation.start.id === id;
    const other = outwards ? relation.end : relation.start;
    const name = title(relation, outwards, other);
    if (!groups.has(name)) {
      const rows = el("ul", { class: "rows" });
      const count = el("span", { class: "count" });
      list.append(el("h2", {}, name, count), rows);
      groups.set(name, { rows, count });
    }
    const group = groups.get(name);
    group.rows.append(row(relation, other, id));
    group.count.textContent = String(group.rows.children.length);
  }
}

// within a type of relation, in the order of the notice's text
function byPlace(a, b) {
  const [x, y] = [a.evidence, b.evidence];
  if (a.type !== b.type || !x || !y) return 0;
  return x.notice_id < y.notice_id ? -1 : x.notice_id > y.notice_id ? 1 : x.start - y.start;
}

function row(relation, other, id) {
  const found = relation.evidence;
  const inside = [el("span", { class: "row-name" }, other.name)];
  if (found) {
    inside.push(el("span", { class: "row-quote" }, "“" + found.quote + "”"));
    inside.push(el("span", { class: "row-note" }, found.notice_title));
  } else {
    inside.push(el("span", { class: "row-note" }, "参考数据:" + (relation.source || "未注明")));
  }
  const words = el("a", { class: "row-main", href: routes.words(id, relation), "data-eid": relation.eid }, ...inside);
  const open = el("a", { class: "row-open", href: routes.entity(other.id), "aria-label": "打开 " + other.name }, "打开 ›");
  return el("li", { class: "row" }, words, open);
}

function addMore(list, groups, found, { id, path, remember }) {
  if (!found.next_cursor) return;
  const button = el("button", { class: "more", type: "button" }, "加载更多关系");
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const next = await get(path, { limit: 100, cursor: found.next_cursor });
      button.remove();
      addRows(list, groups, next, id);
      remember(next.relations);
      addMore(list, groups, next, { id, path, remember });
    } catch (error) {
      button.disabled = false;
      button.textContent = error.message + " 再试一次";
    }
  });
  list.after(button);
}

