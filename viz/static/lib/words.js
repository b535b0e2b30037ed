// The page's words in two languages, and which of them the reader chose.
const WORDS = {
  product: ["政策知识图谱", "Policy knowledge graph"],
  skip: ["跳到内容", "Skip to content"],
  menu: ["视图", "Views"],
  search: ["搜索", "Search"],
  searchHint: ["搜索机关、产品、措施、公文,或提一个问题", "Search agencies, products, measures, notices, or ask"],
  language: ["English", "中文"],
  theme: ["外观:{n}", "Appearance: {n}"],
  theme_auto: ["跟随系统", "as the system"],
  theme_light: ["浅色", "light"],
  theme_dark: ["深色", "dark"],
  docs: ["接口文档", "API"],
  loading: ["正在读取…", "Loading…"],
  retry: ["再试一次", "Try again"],
  home: ["回到首页", "Home"],
  close: ["关闭", "Close"],
  back: ["返回", "Back"],
  more: ["再显示 {n} 条", "Show {n} more"],
  moreAny: ["显示更多", "Show more"],
  failed: ["没有成功", "That did not work"],
  noView: ["没有这个页面", "There is no such page"],
  needsServer: ["这个页面要现查现算,单独的文件带不走。请用 policykg serve 打开。", "This page asks as you go, which a file by itself cannot answer. Open it with policykg serve."],
  recorded: ["数字是写入文件时全图的;换别的条件要用 policykg serve。", "The figures are those of the whole graph when the file was written; other conditions need policykg serve."],
  noServer: ["连接不上服务器,请确认 policykg serve 仍在运行。", "The server cannot be reached. Is policykg serve still running?"],
  status: ["服务器返回 {n}", "The server answered {n}"],
  truncated: ["只显示前 {n} 项,还有更多。", "Only the first {n} are shown; there are more."],
  nothing: ["没有找到。", "Nothing found."],
  export: ["导出", "Export"],
  exportPng: ["图片 PNG", "Picture, PNG"],
  exportSvg: ["矢量图 SVG", "Vector drawing, SVG"],
  exportCsv: ["表格 CSV", "Table, CSV"],
  exportQuery: ["背后的查询", "The query behind it"],
  copyLink: ["复制本页链接", "Copy the link to this page"],
  copied: ["已复制", "Copied"],
  copy: ["复制", "Copy"],
  queryTitle: ["背后的查询", "The query behind it"],
  evidence: ["依据", "Evidence"],
  panel: ["依据与详情", "Evidence and details"],
  reference: ["来自参考数据", "From reference data"],
  unnamed: ["未注明", "not stated"],
  notice: ["公文", "Notice"],
  openNotice: ["在公文中阅读", "Read in the notice"],
  openGraph: ["看关系图", "See its graph"],
  openDossier: ["看机关档案", "See its dossier"],
  openLineage: ["看政策谱系", "See its lineage"],
  openApi: ["接口", "API"],
  openSource: ["原文网页", "Source page"],
  wholeText: ["显示全文", "Show the whole text"],
  stretch: ["第 {a}–{b} 字,共 {n} 字", "characters {a}–{b} of {n}"],
  length: ["共 {n} 字", "{n} characters"],
  how: ["识别方法", "Found by"],
  confidence: ["可信度", "Confidence"],
  resolution: ["名称解析", "Name resolved by"],
  surface: ["文中写作", "Written as"],
  details: ["详情", "Details"],
  relations: ["关系", "Relations"],
  relationCount: ["共 {n} 条", "{n}"],
  noRelations: ["没有关系。", "No relations."],
  choose: ["选择", "Choose"],
  clear: ["清除", "Clear"],
  all: ["全部", "All"],
  ongoing: ["长期", "ongoing"],
  passage: ["公文原文", "From the notice"],
  measures: ["措施", "Measures"],
  year: ["年份", "Year"],
};

const language = (() => {
  const saved = remembered("policykg-language");
  if (saved === "zh" || saved === "en") return saved;
  return (navigator.language || "zh").toLowerCase().startsWith("zh") ? "zh" : "en";
})();

export const lang = language;

export function setLanguage(next) {
  remember("policykg-language", next);
  location.reload(); // every view is its address, so nothing is lost
}

// One of two words: ["中文", "English"].
export function pick(pair) {
  return pair[lang === "zh" ? 0 : 1];
}

// A word of the page, or of `own` words; what is not in either comes back as it is.
export function t(key, values, own) {
  const pair = (own && own[key]) || WORDS[key];
  let text = pair ? pick(pair) : key;
  for (const [name, value] of Object.entries(values || {})) {
    text = text.replaceAll(`{${name}}`, number(value));
  }
  return text;
}

export function number(value) {
  return typeof value === "number" ? value.toLocaleString(lang === "zh" ? "zh-CN" : "en") : String(value);
}

// A file opened from disk may have no storage.
export function remembered(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // not remembered, then
  }
}
