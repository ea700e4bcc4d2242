// Prints what Intl (ECMA-402) writes for values of every kind in many locales, as the test TestIntl reads it.
//
//	node internal/format/testdata/intl.mjs > internal/format/testdata/intl.txt
//
// Locales given as arguments take the place of the list below. Spans of time are given to Intl in the units and counts
// that they have after rounding up, since Intl neither chooses units nor rounds up.

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
const lists = ['1', '1 2', '1 8', '1 2 3', '1 2 3 4', '1 2 3 11'];

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
	const unit = (value, unit, unitDisplay) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay }).format(value);
	for (const [value, power] of sizes) {
		const bytes = power === 5 && value > 1 ? '18446700000000000000' : Math.round(value * 1000 ** power);
		yield ['bytes', bytes, unit(value, byteUnits[power], 'short')];
	}
	const units = new Intl.ListFormat(locale, { type: 'unit', style: 'long' });
	for (const span of spans) {
		const seconds = span.reduce((sum, [n, name]) => sum + n * timeUnits[name], 0);
		yield ['duration', seconds, units.format(span.map(([n, name]) => unit(n, name, 'long')))];
	}
	yield ['in', 0, new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(0, 'second')];
	const relative = new Intl.RelativeTimeFormat(locale);
	for (const [n, name] of waits) yield ['in', n * timeUnits[name], relative.format(n, name)];

	const options = { timeZone: 'UTC', calendar: 'gregory' };
	const date = { dateStyle: 'medium' }, clock = { timeStyle: 'medium' };
	for (const [kind, style] of Object.entries({ date, clock, time: { ...date, ...clock } })) {
		const format = new Intl.DateTimeFormat(locale, { ...options, ...style });
		for (const moment of moments) yield [kind, moment, format.format(new Date(moment))];
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
