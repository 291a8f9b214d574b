// Makes the style sheets and scripts of het's pages: node build.mjs OUT
//
// From the precompiled CSS and JS of govuk-frontend it takes out what only GOV.UK itself may use (the GDS Transport font,
// the crown, the royal arms), adds our own het.css, makes a right-to-left copy, names every file after its content,
// compresses it, and writes assets.rs, which puts all of it into the program.

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2];
// Packages are looked for where they were installed: beside the output folder.
const require = createRequire(pathToFileURL(join(out, "..", "package.json")));
const postcss = require("postcss");
const rtlcss = require("rtlcss");
const govuk = dirname(require.resolve("govuk-frontend/package.json"));
const version = JSON.parse(readFileSync(join(govuk, "package.json"), "utf8")).version;

const FONTS = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif';

/** Takes out what a council may not use. */
const withoutGovernment = {
  postcssPlugin: "without-government",
  AtRule: { "font-face": (rule) => rule.remove() },
  Rule(rule) {
    if (/crown|__copyright-logo|crest/.test(rule.selector)) rule.remove();
  },
  Declaration(declaration) {
    if (/url\(\/assets\//.test(declaration.value)) declaration.remove();
    else if (declaration.value.includes("GDS Transport")) {
      declaration.value = declaration.value.replace(/"?GDS Transport"?,\s*arial,\s*sans-serif/, FONTS);
    }
  },
};

function styles() {
  const notice = `/*! Contains GOV.UK Frontend ${version}, (c) Crown copyright (Government Digital Service), MIT licence. */\n`;
  const published = readFileSync(join(govuk, "dist/govuk/govuk-frontend.min.css"), "utf8");
  const cleaned = postcss([withoutGovernment]).process(published, { from: undefined, map: false }).css;
  const css = notice + cleaned.replace(/\/\*# sourceMappingURL=.*?\*\//, "") + "\n" + readFileSync(join(here, "het.css"), "utf8");
  for (const banned of ["GDS Transport", "@font-face", "crown{", "url(/assets"]) {
    if (css.includes(banned)) throw new Error(`the style sheet still contains ${banned}`);
  }
  return { css, rtl: rtlcss.process(css) };
}

function script() {
  const published = readFileSync(join(govuk, "dist/govuk/govuk-frontend.min.js"), "utf8");
  const module = published.replace(/\/\/# sourceMappingURL=.*$/m, "").trimEnd();
  if (!/export\{[^}]*\binitAll\b[^}]*\}/.test(module)) throw new Error("govuk-frontend no longer exports initAll");
  const notice = `/*! GOV.UK Frontend ${version}, (c) Crown copyright (Government Digital Service), MIT licence. */\n`;
  return `${notice}${module}\ninitAll();\n${readFileSync(join(here, "het.js"), "utf8")}${readFileSync(join(here, "passkey.js"), "utf8")}`;
}

const { css, rtl } = styles();
const files = [
  ["STYLE", "het", "css", "text/css; charset=utf-8", css],
  ["STYLE_RTL", "het-rtl", "css", "text/css; charset=utf-8", rtl],
  ["SCRIPT", "het", "js", "text/javascript; charset=utf-8", script()],
  ["START", "start", "js", "text/javascript; charset=utf-8", readFileSync(join(here, "start.js"), "utf8")],
  ["ICON", "icon", "svg", "image/svg+xml; charset=utf-8", readFileSync(join(here, "icon.svg"), "utf8")],
];

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
let constants = "";
let table = "";
for (const [constant, name, extension, kind, text] of files) {
  const print = createHash("sha256").update(text).digest("hex").slice(0, 12);
  const file = `${name}-${print}.${extension}`;
  writeFileSync(join(out, file), text);
  writeFileSync(join(out, `${file}.gz`), gzipSync(text, { level: 9 }));
  constants += `pub(crate) const ${constant}: &str = "/assets/${file}";\n`;
  table += `    File { name: "${file}", kind: "${kind}", plain: include_bytes!("${file}"), gzip: include_bytes!("${file}.gz") },\n`;
}
writeFileSync(join(out, "assets.rs"), `${constants}static FILES: &[File] = &[\n${table}];\n`);
