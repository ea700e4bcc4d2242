// The keys and the dialog that lists them. docs/studio.md has the same table.
import { ask, el } from "./dom.js";

export const keys = [
	["Everywhere", [
		["?", "show these keys"],
		["/", "search"],
		["Esc", "leave the box, the text, the list"],
	]],
	["In the list", [
		["j k ↓ ↑", "next and previous text"],
		["PgDn PgUp Home End", "move further"],
		["Enter", "open the text"],
	]],
	["In a box", [
		["Ctrl+Enter", "save and open the next text"],
		["Ctrl+Shift+Enter", "save for review and open the next text"],
		["Ctrl+S", "save and stay"],
		["Alt+↓ Alt+↑", "next and previous text"],
		["Alt+1 … Alt+9", "insert a placeholder"],
		["{", "choose a placeholder"],
		["Alt+0", "insert the source text"],
		["Alt+Shift+↓", "copy the text into the next plural form"],
		["Ctrl+Shift+Space", "insert a no-break space"],
		["Ctrl+.", "fix the first finding"],
	]],
	["Beside the boxes", [
		["Enter", "edit"],
		["j k ↓ ↑", "next and previous text"],
		["a", "approve"],
		["r", "reject, with a comment"],
		["d", "take the draft"],
		["x", "drop the draft"],
		["v", "show what saving will change"],
		["u", "undo what this session saved last"],
	]],
];

export function showKeys() {
	ask("Keys", el("div", { class: "keys" }, keys.map(([title, rows]) => el("section", {},
		el("h3", {}, title),
		el("dl", {}, rows.map(([names, does]) => el("div", {},
			el("dt", {}, names.split(" ").map((name) => name === "…" ? " … " : el("kbd", {}, name))),
			el("dd", {}, does)))))),
	el("p", { class: "soft" }, "On a Mac, use ⌘ for Ctrl and ⌥ for Alt.")), { class: "wide" });
}

// typing reports whether keys now go into a text.
export function typing() {
	return document.activeElement?.matches("textarea, input:not([type=radio]), select");
}
