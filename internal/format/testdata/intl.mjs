// Prints what Intl (ECMA-402) writes for values of every kind in many locales, as the test TestIntl reads it.
//
//	node internal/format/testdata/intl.mjs > internal/format/testdata/intl.txt
//
// Locales given as arguments take the place of the list below. Spans of time are given to Intl in the units and counts
// that they have after rounding up, since Intl neither chooses units nor rounds up.

import { createHash } from 'node:crypto';

const locales = `
	af am ar ar-EG az bg bn ca cs cy da de de-CH el en en-GB en-IN es es-419 es-MX et eu fa fi fil fr fr-CH ga gu he hi
	hr hu hy id is it ja ka kk km ko lt lv mr ms my nb ne nl pl pt pt-AO pt-PT ro ru sk sl sq sr-Latn sv sw ta th tr uk
	ur vi zh zh-Hant zu de-u-hc-h12 en-u-hc-h23 ja-u-hc-h11 en-u-hc-h24 th-u-nu-thai hi-u-nu-deva fa-u-nu-latn
`.trim().split(/\s+/);

const numbers = {
	int: ['0', '7', '-1', '999', '1234', '-1234', '12345', '1234567', '-9223372036854775808', '18446744073709551615'],
	number: [0, 0.5, -0.125, 0.0005, 2.5, 999.9996, 1234.5678, -1234567.891, 1e15, NaN, -Infinity],
	percent: [0, 0.25, 0.999, 1.5, -0.125, 12.345, 123.4],
	plain: ['0', '2026', '-12345', '1234567'],
};

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'];
const sizes = [
	[0, 0], [1, 0], [2, 0], [3, 0], [5, 0], [11, 0], [21, 0], [999, 0], [-2, 0],
	[1, 1], [1.5, 1], [2, 1], [22, 1], [999.9, 1], [1, 2], [1.1, 2], [250, 2], [2, 3], [3.2, 3], [5, 4], [21.1, 4],
	[1, 5], [18446.7, 5],
];
// Languages whose short units are partly words, so that ours are all long, and the no-break space that ours have.
const longSizes = ['am', 'ar', 'ka', 'sw'];
const unbroken = (parts) => parts.map((p, i) => p.type === 'literal' && p.value === ' ' &&
	[parts[i - 1]?.type, parts[i + 1]?.type].includes('unit') ? '\u00a0' : p.value).join('');

const timeUnits = { second: 1, minute: 60, hour: 3600, day: 86400 };
const spans = [
	[[0, 'second']], [[1, 'second']], [[2, 'second']], [[5, 'second']], [[21, 'second']], [[1, 'minute']], [[3, 'minute']],
	[[30, 'minute']], [[1, 'hour']], [[2, 'hour']], [[11, 'hour']], [[1, 'day']], [[2, 'day']], [[7, 'day']],
	[[100, 'day']], [[12345, 'day']],
	[[1, 'minute'], [30, 'second']], [[1, 'hour'], [30, 'minute']], [[2, 'hour'], [1, 'minute']], [[3, 'day'], [8, 'hour']],
];
const waits = [
	[1, 'second'], [2, 'second'], [5, 'second'], [59, 'second'], [1, 'minute'], [2, 'minute'], [5, 'minute'], [101, 'minute'], [1, 'hour'],
	[2, 'hour'], [3, 'hour'], [22, 'hour'], [47, 'hour'], [1, 'day'], [2, 'day'], [3, 'day'], [7, 'day'], [1234, 'day'],
];

const moments = [
	'2026-01-05T14:05:09Z', '2026-02-11T00:00:00Z', '2026-03-31T12:00:00Z', '2026-04-01T09:30:59Z', '2026-05-20T05:07:00Z',
	'2026-06-30T19:45:10Z', '2026-07-04T00:00:01Z', '2026-08-15T13:00:00Z', '2026-09-09T23:59:59Z', '2026-10-02T11:11:11Z',
	'2026-11-22T08:00:00Z', '1999-12-31T18:20:00Z',
];
const zones = [
	['UTC', '2026-01-05T12:00Z'], ['Asia/Kolkata', '2026-01-05T12:00Z'], ['Europe/Berlin', '2026-01-05T12:00Z'],
	['America/New_York', '2026-01-05T12:00Z'], ['America/St_Johns', '2026-01-05T12:00Z'], ['Pacific/Kiritimati', '2026-01-05T12:00Z'],
];
// Moments that most of the zones have on another day than UTC, in winter and in summer.
const zonedMoments = ['2026-01-05T23:05:09Z', '2026-07-04T00:00:01Z'];
const ranges = [
	['2026-01-05', '2026-01-05'], ['2026-01-05', '2026-01-08'], ['2026-01-05', '2026-02-08'], ['2026-12-30', '2027-01-02'],
	['2026-06-10', '2026-06-21'], ['2026-08-01', '2026-10-10'],
];
const days = ['1912-07-29', '1926-12-25', '1989-01-07', '2019-05-01', '2019-07-18', '2024-03-20', '2026-03-21'];
// The days around the beginning of each Persian year from 1300 to 1500.
const newYears = Array.from({ length: 201 }, (_, i) => [20, 21, 22].map((day) => `${1921 + i}-03-${day}`)).flat();
const currencies = ['USD', 'EUR', 'GBP', 'JPY', 'CHF', 'INR', 'CNY', 'KWD', 'BRL', 'SAR', 'CLP', 'XAF'];
const amounts = ['0', '1', '-1', '12.50', '1234.50', '-1234567.89'];
const lists = ['1', '1 2', '1 8', '1 2 3', '1 2 3 4', '1 2 3 11'];

const secondsOfTwoDays = 2 * timeUnits.day;

// A hash of the texts for each second of two days, one a line: the two largest units of the exact value, rounded up in
// the smaller one.
function durations(unit, units) {
	const names = Object.keys(timeUnits).reverse(), texts = new Map();
	const textOf = (seconds) => {
		const parts = [];
		for (const name of names) {
			const n = Math.floor(seconds / timeUnits[name]);
			if (n > 0) parts.push(unit(n, name));
			seconds -= n * timeUnits[name];
		}
		return units.format(parts);
	};
	let lines = '';
	for (let seconds = 1; seconds <= secondsOfTwoDays; seconds++) {
		const largest = names.findIndex((name) => seconds >= timeUnits[name]);
		const smaller = timeUnits[names[Math.min(largest + 1, names.length - 1)]];
		const rounded = Math.ceil(seconds / smaller) * smaller;
		if (!texts.has(rounded)) texts.set(rounded, textOf(rounded));
		lines += texts.get(rounded) + '\n';
	}
	return createHash('sha256').update(lines).digest('hex');
}

function* cases(locale) {
	const decimal = new Intl.NumberFormat(locale);
	const styles = {
		int: decimal, number: decimal,
		percent: new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }),
		plain: new Intl.NumberFormat(locale, { useGrouping: false }),
	};
	for (const [kind, values] of Object.entries(numbers)) {
		for (const v of values) yield [kind, v, styles[kind].format(typeof v === 'string' ? BigInt(v) : v)];
	}
	const inUnit = (value, unit, unitDisplay) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay });
	const unit = (value, unit, unitDisplay) => inUnit(value, unit, unitDisplay).format(value);
	const long = longSizes.includes(locale.split('-')[0]);
	for (const [value, power] of sizes) {
		const bytes = power === 5 && value > 1 ? '18446700000000000000' : Math.round(value * 1000 ** power);
		const size = inUnit(value, byteUnits[power], long || power === 0 ? 'long' : 'short');
		yield ['bytes', bytes, unbroken(size.formatToParts(value))];
	}
	const units = new Intl.ListFormat(locale, { type: 'unit', style: 'long' });
	for (const span of spans) {
		const seconds = span.reduce((sum, [n, name]) => sum + n * timeUnits[name], 0);
		yield ['duration', seconds, units.format(span.map(([n, name]) => unit(n, name, 'long')))];
	}
	yield ['durations', secondsOfTwoDays, durations((n, name) => unit(n, name, 'long'), units)];
	yield ['in', 0, new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(0, 'second')];
	const relative = new Intl.RelativeTimeFormat(locale);
	for (const [n, name] of waits) yield ['in', n * timeUnits[name], relative.format(n, name)];

	const options = { timeZone: 'UTC', calendar: 'gregory' };
	const date = { dateStyle: 'long' }, clock = { timeStyle: 'short' };
	for (const [kind, style] of Object.entries({
		date, clock, time: { ...date, ...clock }, seconds: { timeStyle: 'medium' },
		full: { dateStyle: 'full' }, medium: { dateStyle: 'medium' }, short: { dateStyle: 'short' },
		fulltime: { dateStyle: 'full', ...clock }, mediumtime: { dateStyle: 'medium', ...clock }, shorttime: { dateStyle: 'short', ...clock },
	})) {
		const format = new Intl.DateTimeFormat(locale, { ...options, ...style });
		const all = ['date', 'clock', 'time'].includes(kind);
		for (const moment of all ? moments : moments.slice(0, 4)) yield [kind, moment, format.format(new Date(moment))];
	}
	const part = (format, moment, type) => format.formatToParts(new Date(moment)).find((p) => p.type === type).value;
	for (const [timeZone, moment] of zones) {
		const format = new Intl.DateTimeFormat(locale, { hour: 'numeric', timeZone,
			timeZoneName: timeZone === 'UTC' ? 'short' : 'shortOffset' });
		yield ['zone', timeZone, part(format, moment, 'timeZoneName')];
	}
	const zonedOptions = { ...options, year: 'numeric', month: 'long', day: 'numeric', hour: 'numeric', minute: '2-digit',
		timeZoneName: 'short' };
	const zoned = new Intl.DateTimeFormat(locale, zonedOptions);
	for (const moment of moments.slice(0, 4)) yield ['zoned', moment, zoned.format(new Date(moment))];
	for (const [timeZone] of zones.slice(1)) {
		const format = new Intl.DateTimeFormat(locale, { ...zonedOptions, timeZone, timeZoneName: 'shortOffset' });
		for (const moment of zonedMoments) yield ['zoned', `${moment} ${timeZone}`, format.format(new Date(moment))];
	}
	for (const [kind, dateStyle] of [['range', 'long'], ['mediumrange', 'medium']]) {
		const format = new Intl.DateTimeFormat(locale, { ...options, dateStyle });
		for (const [from, to] of ranges) yield [kind, `${from} ${to}`, format.formatRange(new Date(from), new Date(to))];
	}
	for (const calendar of ['', 'persian', 'buddhist', 'roc', 'japanese']) {
		for (const dateStyle of ['full', 'long', 'medium', 'short']) {
			const extensions = locale.includes('-u-') ? locale.replace('-u-', calendar ? `-u-ca-${calendar}-` : '-u-') :
				calendar ? `${locale}-u-ca-${calendar}` : locale;
			const format = new Intl.DateTimeFormat(extensions, { timeZone: 'UTC', dateStyle });
			for (const day of dateStyle === 'long' ? days : days.slice(-3)) yield [`calendar ${calendar} ${dateStyle}`, day, format.format(new Date(day))];
		}
	}
	if (locale === 'en') {
		const format = new Intl.DateTimeFormat('en-u-ca-persian', { timeZone: 'UTC', dateStyle: 'long' });
		for (const day of newYears) yield ['calendar persian long', day, format.format(new Date(day))];
	}
	for (const currency of currencies) {
		for (const [kind, currencyDisplay] of [['money', 'symbol'], ['narrow', 'narrowSymbol']]) {
			const format = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay });
			const digits = format.resolvedOptions().maximumFractionDigits;
			for (const amount of amounts) {
				const exact = digits === 0 ? amount.split('.')[0] : amount;
				yield [kind, `${exact} ${currency}`, format.format(exact)];
			}
		}
	}
	for (const [kind, type] of Object.entries({ and: 'conjunction', or: 'disjunction' })) {
		const format = new Intl.ListFormat(locale, { type });
		for (const list of lists) yield [kind, list, format.format(list.split(' ').map((n) => decimal.format(n)))];
	}
}

// Everything that an editor or a terminal would not show is escaped.
const escape = (c) => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0');
const quote = (s) => JSON.stringify(s).replace(/[\u00a0\u00ad\u061c\u2000-\u200f\u2028-\u202f\u2060-\u206f\ufeff]/g, escape);

const { node, icu, cldr } = process.versions;
console.log(`# What Intl writes: Node ${node}, ICU ${icu}, CLDR ${cldr}. Made by intl.mjs; see UNICODE-LICENSE for the data's licence.`);
for (const locale of process.argv.length > 2 ? process.argv.slice(2) : locales) {
	console.log(`\n[${locale}]`);
	for (const [kind, value, text] of cases(locale)) console.log(`${kind}\t${value}\t${quote(text)}`);
}
