// Gives the renderer bodies that no server would send, and prints how many it survived.
//
//	node hostile.mjs <folder with the exported files>

import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [dir] = process.argv.slice(2);
const { fromProblem, is, messageArguments } = await import(pathToFileURL(`${dir}/render.js`));
const texts = JSON.parse(readFileSync(`${dir}/texts/ar.json`));

let deep = {};
for (let i = 0; i < 3000; i++) deep = { errors: [deep] };
const odd = [undefined, null, true, 0, -1, NaN, 1e308, 1.5, '', 'x', '\ud800', 'toString', [], [[]], [null], {}, { from: 1 },
	{ amount: '1e9', currency: 'EUR' }, { amount: '1', currency: 'xx' }, { amount: {}, currency: [] }, '2026-13-45', '9999999-01-01T', '-271821-04-20T00:00Z',
	'x'.repeat(1e5), '\u202e'.repeat(1e4), Array(1000).fill(-5), Object.create(null), () => 1, Symbol('s'), 10n];
const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];
const bodies = [...odd, deep, ...names.flatMap((name) => [
	JSON.parse(`{"domain":"${name}","name":"${name}","code":1,"params":{"${name}":{"left":5}},"errors":[{"__proto__":{"title":1}}]}`),
	JSON.parse(`{"${name}":{"title":"polluted"}}`),
])];
for (const [key, entry] of Object.entries(texts.codes)) {
	const [domain, name] = key.split('/');
	for (const value of odd) {
		const params = JSON.parse('{"__proto__":{"polluted":1}}');
		for (const param in entry.params) params[param] = value;
		bodies.push({ domain, name, code: entry.code, params, title: value, detail: value, lang: value, errors: value });
	}
	bodies.push({ domain, name, code: entry.code }, { domain, name, code: entry.code + 1 }, { domain, name, code: entry.code, params: [] });
}
const options = [undefined, {}, { locale: 'nonsense_!' }, { locale: '' }, { timeZone: 'Nowhere' }, { locale: 'ar-EG', timeZone: 'UTC' }];
let survived = 0;
for (const body of bodies) {
	for (const option of options) {
		for (const given of [undefined, texts]) {
			const p = fromProblem(body, given, option);
			is(p, '__proto__/x');
			messageArguments(p, texts, option);
			if (typeof p.title !== 'string' || p.title === '' || !Array.isArray(p.errors)) throw new Error(`${JSON.stringify(p)} has no title`);
			for (const part of [p.title, p.detail ?? '', p.help ?? '']) {
				if (part.includes('undefined') || part.includes('[object') || part.includes('NaN')) throw new Error(part);
			}
			survived++;
		}
	}
}
if ({}.polluted !== undefined || {}.title !== undefined) throw new Error('Object.prototype was changed');

// The server's text is preferred: its own language, and an argument that only it has.
const own = { domain: 'standard', name: 'NO_SUCH', code: 1, title: 'T', detail: 'D', help: 'H', lang: 'ar', dir: 'rtl' };
const known = Object.entries(texts.codes).find(([, e]) => typeof e.title === 'string' && e.detail === null);
const [domain, name] = known[0].split('/');
for (const [why, body, want] of [
	['unknown code', { ...own, lang: 'en', dir: 'ltr' }, ['T', 'D', 'H', 'en', 'ltr']],
	['same language', { ...own, domain, name, code: known[1].code }, ['T', 'D', 'H', 'ar', 'rtl']],
	['private argument', { ...own, domain, name, code: known[1].code, lang: 'en', dir: 'ltr' }, ['T', 'D', known[1].help ?? 'H', 'en', 'ltr']],
	['no detail', { domain, name, code: known[1].code, title: 'T', lang: 'en' }, [known[1].title, undefined, known[1].help ?? undefined, 'ar', 'rtl']],
	['number of another code', { domain, name, code: 1, title: 'T', lang: 'en', dir: 'ltr' }, ['T', undefined, undefined, 'en', 'ltr']],
]) {
	const p = fromProblem(body, texts), got = [p.title, p.detail, p.help, p.lang, p.dir];
	if (JSON.stringify(got) !== JSON.stringify(want)) throw new Error(`${why}: ${JSON.stringify(got)}, want ${JSON.stringify(want)}`);
}
console.log(survived);
