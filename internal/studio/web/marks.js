// Where a text has placeholders, findings and characters that can't be seen.

// named are invisible characters with the names that translators know them by. No-break spaces are
// frequent in some languages and have a width that can be colored, so they need no name.
const named = new Map([
	["\u00a0", ""], ["\u00ad", "SHY"], ["\u061c", "ALM"], ["\u2007", "FSP"], ["\u200b", "ZWSP"],
	["\u200c", "ZWNJ"], ["\u200d", "ZWJ"], ["\u200e", "LRM"], ["\u200f", "RLM"], ["\u202a", "LRE"],
	["\u202b", "RLE"], ["\u202c", "PDF"], ["\u202d", "LRO"], ["\u202e", "RLO"], ["\u202f", ""],
	["\u2060", "WJ"], ["\u2066", "LRI"], ["\u2067", "RLI"], ["\u2068", "FSI"], ["\u2069", "PDI"],
	["\ufeff", "BOM"],
]);

// placeholders returns the ranges of placeholders, such as {{.Item}}, and of what looks like one.
// Names is the set of the params that the text may have. Isolates around a placeholder belong to
// it.
export function placeholders(text, names) {
	const found = text.matchAll(
		/\u2066\{\{\s*\.(\w+)\s*\}\}\u2069|\{\{\s*\.(\w+)\s*\}\}|\{\{?[^{}]*\}?\}?|\}\}?/g);
	return Array.from(found, ({ index, 0: whole, 1: isolated, 2: bare }) => {
		const name = isolated ?? bare;
		return { from: index, to: index + whole.length, name, known: names.has(name) };
	});
}

// marks returns ranges {from, to, kind, label}: known placeholders, unknown ones, and invisible
// characters.
export function marks(text, names) {
	const found = placeholders(text, names);
	const ranges = found.map((p) => ({
		from: p.from, to: p.to, kind: p.known ? "placeholder" : "unknown",
	}));
	for (let i = 0; i < text.length; i++) {
		const label = named.get(text[i]);
		if (label !== undefined && !found.some((p) => p.from <= i && i < p.to))
			ranges.push({ from: i, to: i + 1, kind: "invisible", label });
	}
	return ranges;
}

// namesIn returns the names of the placeholders in a text.
export function namesIn(text) {
	return new Set(Array.from(text.matchAll(/\{\{\s*\.(\w+)/g), ([, name]) => name));
}

// paint returns nodes that show the text with its marked ranges, which may overlap.
export function paint(text, ranges) {
	const cuts = new Set([0, text.length]);
	for (const range of ranges) cuts.add(range.from).add(range.to);
	const at = [...cuts].filter((cut) => cut <= text.length).sort((a, b) => a - b);
	const nodes = [];
	for (let i = 0; i + 1 < at.length; i++) {
		const inside = ranges.filter((r) => r.from <= at[i] && at[i + 1] <= r.to);
		const part = text.slice(at[i], at[i + 1]);
		if (inside.length === 0) {
			nodes.push(part);
			continue;
		}
		const mark = document.createElement("mark");
		for (const range of inside) {
			mark.classList.add(range.kind);
			if (range.from === at[i]) mark.classList.add(range.kind + "-from");
			if (range.to === at[i + 1]) mark.classList.add(range.kind + "-to");
			if (range.label) mark.dataset.label = range.label;
		}
		mark.append(part);
		nodes.push(mark);
	}
	return nodes;
}
