// Loads and saves a translator's file:
//
//	ERRLINGO_EXCHANGE=DIR node exchange.mjs gettext-parser|xliff|xliff2 file
//
// The npm packages gettext-parser and xliff are installed in DIR. .ci/tools knows their versions.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import process from "node:process";

const [tool, file] = process.argv.slice(2);
const require = createRequire(path.resolve(process.env.ERRLINGO_EXCHANGE) + path.sep);

async function saved() {
	switch (tool) {
		case "gettext-parser": {
			const { po } = require("gettext-parser");
			return po.compile(po.parse(readFileSync(file)));
		}
		case "xliff": {
			const xliff = require("xliff");
			return xliff.jsToXliff12(await xliff.xliff12ToJs(readFileSync(file, "utf8")));
		}
		case "xliff2": {
			const xliff = require("xliff");
			return xliff.js2xliff(await xliff.xliff2js(readFileSync(file, "utf8")));
		}
	}
	throw new Error(`unknown program ${tool}`);
}

writeFileSync(file, await saved());
