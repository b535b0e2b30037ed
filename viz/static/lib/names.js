// What labels and types of relations are called and coloured; read once from the ontology.
import { get } from "./api.js";
import { el, svg } from "./dom.js";
import { lang, t } from "./words.js";

const known = { labels: new Map(), edges: new Map(), relations: new Map() };

export async function learnNames() {
  const found = await get("/api/v1/ontology");
  for (const term of found.labels) known.labels.set(term.label, term);
  for (const term of found.edges) known.edges.set(term.label, term);
  for (const term of found.relations) known.relations.set(term.label, term);
}

const word = (term, otherwise) => (term ? (lang === "zh" ? term.name : term.name_en) : otherwise);

export const labels = () => [...known.labels.keys()];
export const edgeTypes = () => [...known.edges.keys()];
export const labelName = (label) => word(known.labels.get(label), label);
export const labelColour = (label) => (known.labels.get(label) || {}).colour || "#868e96";
export const labelShape = (label) => (known.labels.get(label) || {}).shape || "dot";
export const edgeName = (type) => word(known.edges.get(type), type);

// The name of one relation as the API gives it: DERIVES_FROM by its kind, SUPPORTS by where it begins.
export function relationName(relation) {
  if (lang === "zh" && relation.name) return relation.name;
  const kind = (relation.properties || {}).relation;
  if (kind && known.relations.has(kind)) return word(known.relations.get(kind), kind);
  if (relation.type === "SUPPORTS" && relation.start && relation.start.label !== "Measure") return lang === "zh" ? "配合" : "assists";
  if (relation.type === "SUPPORTS") return lang === "zh" ? "支持" : "supports";
  return edgeName(relation.type);
}

// A coloured dot and the label's name.
export function kind(label) {
  const dot = svg("svg", { viewBox: "0 0 10 10", "aria-hidden": "true" }, svg("circle", { cx: 5, cy: 5, r: 5, fill: labelColour(label) }));
  return el("span", { class: "kind" }, dot, labelName(label));
}

const PROPERTIES = {
  document_number: ["发文字号", "Document number"], issuers: ["发文机关", "Issued by"], kind: ["类别", "Kind"],
  jurisdiction: ["辖区", "Jurisdiction"], issued_on: ["成文日期", "Dated"], published_on: ["发布日期", "Published"],
  validity: ["有效性", "Validity"], path: ["条目", "Item"], due_text: ["完成时限", "Due, as written"],
  due_on: ["时限日期", "Due"], aliases: ["别称", "Also called"], level: ["层级", "Level"], code: ["区划代码", "Division code"],
  metric: ["指标", "Metric"], comparator: ["比较", "Comparison"], value: ["数值", "Value"], unit: ["单位", "Unit"],
  by: ["期限", "By"], name_zh: ["中文名", "Chinese name"], name_en: ["英文名", "English name"], category: ["类目", "Category"],
  class: ["大类", "Class"], reason: ["未识别原因", "Not resolved because"], share: ["沿用比例", "Share reused"],
  surface: ["文中写作", "Written as"], resolution: ["名称解析", "Name resolved by"],
};
const VALUES = {
  supply: ["供给型", "supply"], environment: ["环境型", "environment"], demand: ["需求型", "demand"],
  national: ["国家", "national"], province: ["省级", "province"], prefecture: ["地市级", "prefecture"],
  county: ["县级", "county"], township: ["乡级", "township"], government: ["人民政府", "government"],
  department: ["部门", "department"], unit: ["内设机构", "unit"], party: ["党的机关", "party body"], court: ["法院", "court"],
  procuratorate: ["检察院", "procuratorate"], public_institution: ["事业单位", "public institution"],
  collective: ["集合主体", "collective"], geographical_indication: ["地理标志", "geographical indication"],
  regional_brand: ["区域品牌", "regional brand"], university: ["高校", "university"],
  research_institute: ["科研院所", "research institute"], laboratory: ["实验室", "laboratory"], centre: ["中心", "centre"],
  association: ["协会", "association"], company: ["企业", "company"], zone: ["功能区", "functional zone"],
};

export const valueName = (value) => (VALUES[value] ? VALUES[value][lang === "zh" ? 0 : 1] : String(value));

// A node's or edge's properties that have a name, as [name, text]; `except` the node's own name.
export function propertyRows(properties, except) {
  const rows = [];
  for (const [key, pair] of Object.entries(PROPERTIES)) {
    let value = properties[key];
    if (Array.isArray(value)) value = value.filter((one) => one !== except).join("、");
    if (value === undefined || value === null || value === "" || value === except) continue;
    if (key === "share") value = Math.round(value * 100) + " %";
    rows.push([pair[lang === "zh" ? 0 : 1], valueName(value)]);
  }
  if (properties.ongoing) rows.push([PROPERTIES.due_on[lang === "zh" ? 0 : 1], t("ongoing")]);
  return rows;
}
