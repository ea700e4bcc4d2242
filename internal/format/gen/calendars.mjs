// Prints what calendars.txt holds: how locales write the calendars whose npm packages end before
// CLDR 48. Its argument is a checkout of github.com/unicode-org/cldr-json at the tag 48.0.0.
//
//	node internal/format/gen/calendars.mjs cldr-json > internal/format/gen/calendars.txt
//
// Each line is a calendar, the locales that write it in the same way, and separated by tabs: the
// patterns of a date in four lengths, the eras, the eras in the shortest form, and for a calendar
// with months of its own these in full and in short. The last era of a list is today's.

import { readFileSync, readdirSync } from 'node:fs';

const root = process.argv[2];
const version = JSON.parse(readFileSync(`${root}/cldr-json/cldr-cal-roc-full/package.json`)).version;
if (version !== '48.0.0') throw new Error(`version ${version}, want 48.0.0`);

const calendars = { persian: ['0'], buddhist: ['0'], roc: ['0', '1'], japanese: ['232', '233', '234', '235', '236'] };

// pattern returns a pattern whose first year of an era, if it has a name, is the field U. The
// long name of an era is written out, since only calendars with one era have it.
function pattern(value, eras) {
	const named = value._numbers === 'y=jpanyear';
	return (value._value ?? value)
		.replaceAll('Y', 'y')
		.replace(/y+/g, (y) => (named ? 'U' : y))
		.replace(/(?<!G)GGGG(?!G)/, () => `'${eras.eraNames[0]}'`);
}

console.log(`# Calendars of CLDR ${version}, made by calendars.mjs. The data is Unicode's; see ../UNICODE-LICENSE.`);
for (const [calendar, eras] of Object.entries(calendars)) {
	const dir = `${root}/cldr-json/cldr-cal-${calendar}-full/main`;
	const locales = new Map();
	for (const locale of readdirSync(dir).sort()) {
		const file = JSON.parse(readFileSync(`${dir}/${locale}/ca-${calendar}.json`));
		const data = file.main[locale].dates.calendars[calendar];
		const lines = [
			['full', 'long', 'medium', 'short'].map((length) => pattern(data.dateFormats[length], data.eras)),
			eras.map((era) => data.eras.eraAbbr[era]),
			eras.map((era) => data.eras.eraNarrow[era]),
		];
		if (calendar === 'persian') {
			const months = data.months.format;
			for (const names of [months.wide, months.abbreviated]) lines.push(Object.values(names));
		}
		const section = lines.map((line) => line.join('|')).join('\t');
		locales.set(section, [...(locales.get(section) ?? []), locale]);
	}
	for (const [section, names] of locales) console.log(`${calendar}\t${names.join(' ')}\t${section}`);
}
