// Formats the TOML files of a folder, those of its subfolders included:
//
//	ERRLINGO_FORMATTERS=DIR node format.mjs prettier|dprint|taplo|taplo-sorted folder
//
// The formatters are npm packages installed in DIR. .ci/run knows which ones and their versions.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import process from "node:process";

const [tool, folder] = process.argv.slice(2);
const require = createRequire(path.resolve(process.env.ERRLINGO_FORMATTERS) + path.sep);
const files = readdirSync(folder, { recursive: true })
	.filter((name) => name.endsWith(".toml"))
	.map((name) => path.join(folder, name));

async function formatter() {
	switch (tool) {
		case "prettier": {
			const prettier = require("prettier");
			const plugins = [require("prettier-plugin-toml")];
			return (filepath, text) => prettier.format(text, { filepath, plugins });
		}
		case "dprint": {
			const { createContext } = require("@dprint/formatter");
			const context = createContext();
			context.addPlugin(readFileSync(require("@dprint/toml").getPath()));
			return (filePath, fileText) => context.formatText({ filePath, fileText });
		}
	}
	throw new Error(`there is no formatter ${tool}`);
}

if (tool.startsWith("taplo")) {
	const options = tool === "taplo-sorted" ? ["--option", "reorder_keys=true"] : [];
	const cli = require.resolve("@taplo/cli/dist/cli.js");
	execFileSync(process.execPath, [cli, "format", ...options, ...files], { stdio: "inherit" });
} else {
	const format = await formatter();
	for (const file of files) {
		writeFileSync(file, await format(file, readFileSync(file, "utf8")));
	}
}
