// Checks an OpenAPI document against the JSON Schema of its version.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { readFileSync } from "node:fs";
import path from "node:path";

const [, , folder, file] = process.argv;
const require = createRequire(path.join(path.resolve(folder), "index.js"));
const { Validator } = await import(pathToFileURL(require.resolve("@seriousme/openapi-schema-validator")).href);
const result = await new Validator().validate(JSON.parse(readFileSync(file, "utf8")));
if (!result.valid) {
	console.error(JSON.stringify(result.errors, null, 1));
	process.exit(1);
}
