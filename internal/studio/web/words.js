// What differs between two texts, word by word.

// diff returns parts {op, text} with the operations same, gone and new. It finds a longest common
// sequence of words; texts are short, so a table is fast enough.
export function diff(before, after) {
	const a = split(before), b = split(after);
	const rest = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
	for (let i = a.length - 1; i >= 0; i--)
		for (let j = b.length - 1; j >= 0; j--)
			rest[i][j] = a[i] === b[j] ? rest[i + 1][j + 1] + 1
				: Math.max(rest[i + 1][j], rest[i][j + 1]);
	const parts = [];
	let gone = "", added = "", space = "";
	const flush = () => {
		if (gone) parts.push({ op: "gone", text: gone });
		if (added) parts.push({ op: "new", text: added });
		if (space) parts.push({ op: "same", text: space });
		gone = added = space = "";
	};
	// A space between two changes is part of them, so that a changed phrase is read as a whole.
	const change = (a, b) => {
		gone += space + a;
		added += space + b;
		space = "";
	};
	let i = 0, j = 0;
	while (i < a.length || j < b.length) {
		if (i < a.length && j < b.length && a[i] === b[j]) {
			if ((gone || added) && !space && !a[i].trim()) {
				space = a[i];
			} else {
				flush();
				parts.push({ op: "same", text: a[i] });
			}
			i++, j++;
		} else if (j === b.length || (i < a.length && rest[i + 1][j] >= rest[i][j + 1])) {
			change(a[i++], "");
		} else {
			change("", b[j++]);
		}
	}
	flush();
	return parts;
}

// split cuts a text into placeholders, words, spaces and single other characters.
function split(text) {
	return text.match(/\{\{[^{}]*\}\}|[\p{L}\p{M}\p{N}]+|\s+|[^]/gu) ?? [];
}
