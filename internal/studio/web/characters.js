// Buttons for characters that keyboards lack.
import { button, el } from "./dom.js";

const everywhere = [
	["\u00a0", "NBSP", "no-break space"], ["\u202f", "NNBSP", "narrow no-break space"],
	["’", "’", "apostrophe"], ["“", "“", "quotation mark"], ["”", "”", "quotation mark"],
	["«", "«", "quotation mark"], ["»", "»", "quotation mark"], ["–", "–", "dash"],
	["…", "…", "ellipsis"],
];
const rightToLeft = [
	["\u200f", "RLM", "right-to-left mark"], ["\u200e", "LRM", "left-to-right mark"],
	["\u200c", "ZWNJ", "zero-width non-joiner"],
];

// characters returns a toolbar that calls insert with a character. It takes the focus once; arrow
// keys move in it.
export function characters(dir, insert) {
	const list = dir === "rtl" ? [...everywhere, ...rightToLeft] : everywhere;
	const buttons = list.map(([character, label, name], i) => button(label, () => insert(character), {
		"aria-label": `${name} ${label}`, title: name, tabindex: i ? "-1" : "0",
	}));
	const move = (event) => {
		const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
		const at = buttons.indexOf(event.target);
		const next = buttons[(at + step + buttons.length) % buttons.length];
		if (!next) return;
		event.preventDefault();
		event.target.tabIndex = -1;
		next.tabIndex = 0;
		next.focus();
	};
	return el("div", {
		class: "characters", role: "toolbar", "aria-label": "Insert a character", onkeydown: move,
	}, buttons);
}
