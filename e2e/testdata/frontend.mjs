// Shows each body of cases.jsonl with the renderer, and its messages with two other libraries, and prints what differs
// from what a Go client shows.
//
//	node frontend.mjs <folder with the exported files> <folder with node_modules>

import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [dir, tools] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(name));
const installed = createRequire(`${tools}/`);
const { fromProblem, messageArguments } = await load(`${dir}/render.js`);
const { MessageFormat } = await load(`${tools}/node_modules/messageformat/lib/index.js`);
const { IntlMessageFormat } = await load(installed.resolve('intl-messageformat'));

const cache = new Map();
const cached = (key, make) => cache.get(key) ?? cache.set(key, make()).get(key);
const file = (name) => cached(name, () => JSON.parse(readFileSync(`${dir}/${name}.json`)));

const compared = {}, wrong = [];
function compare(by, c, part, got, want) {
	compared[by] = (compared[by] ?? 0) + 1;
	if ((got ?? '') !== want) {
		wrong.push({ By: by, Reader: c.reader, Kind: c.kind, Part: part, Body: JSON.stringify(c.body).slice(0, 300), Want: want, Got: got ?? '' });
	}
}

for await (const line of createInterface({ input: createReadStream(`${dir}/cases.jsonl`) })) {
	const c = JSON.parse(line), texts = file(`texts/${c.locale}`);
	const options = { locale: c.reader, timeZone: 'UTC' };
	// A text in the reader's language is the server's own. Here it is written again as well.
	const p = fromProblem({ ...c.body, lang: c.body.lang === c.locale ? 'und' : c.body.lang }, texts, options);
	for (const part of ['title', 'detail', 'help']) compare('render.ts', c, part, p[part], c[part]);
	if (p.lang !== 'und') compare('render.ts', c, 'lang', p.lang, c.lang);
	const entry = texts.codes[`${p.domain}/${p.name}`];
	if (!entry || p.lang !== c.locale) continue;

	const args = messageArguments(p, texts, options);
	for (const part of ['title', 'detail', 'help']) {
		const id = `${p.domain}/${p.name}.${part}`;
		const mf2 = file(`mf2/${c.locale}`)[id], icu = file(`icu/${c.locale}`)[id];
		const params = entry.params ?? {};
		const missing = Object.keys(params).some((param) => !(param in args));
		// A form in words is not for -1, which these syntaxes cannot say.
		const negative = Object.keys(params).some((param) => params[param] === 'int' && args[param] < 0);
		if (mf2 === undefined || missing || negative) continue;
		const one = cached(`mf2 ${c.reader} ${id}`, () => new MessageFormat(c.reader, mf2, { bidiIsolation: 'none' }));
		compare('messageformat', c, part, one.format(args, (e) => { throw e; }), c[part]);
		const two = cached(`icu ${c.reader} ${id}`, () => new IntlMessageFormat(icu, c.reader, undefined, { ignoreTag: true }));
		compare('intl-messageformat', c, part, two.format(args), c[part]);
	}
}
console.log(JSON.stringify({ Compared: compared, Wrong: wrong }));
