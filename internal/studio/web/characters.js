// Buttons for characters that keyboards lack. The server knows which ones a language has.
import { button, el } from "./dom.js";

// characters returns a toolbar that calls insert with a character. It takes the focus once; arrow
// keys move in it.
export function characters(list, insert) {
	const buttons = list.map(({ text, label, name }, i) => button(label, () => insert(text), {
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
