// A box for one form of a text. It is an ordinary textarea, so spelling, undo and input methods
// work as everywhere. Behind it, a mirror of the same text paints placeholders and findings. A
// known placeholder is one unit: the caret never stops inside it, and one key deletes it. In a text
// from right to left, each placeholder is shown between two invisible isolates, or its braces would
// turn around. They are not part of the value.
import { el, fill } from "./dom.js";
import { marks, paint, placeholders } from "./marks.js";

let made = 0; // for IDs

const open = "\u2066", close = "\u2069";

function isolate(text) {
	return text.replace(/\u2066?(\{\{\s*\.\w+\s*\}\})\u2069?/g, open + "$1" + close);
}

function plain(text) {
	return text.replace(/\u2066(\{\{\s*\.\w+\s*\}\})\u2069/g, "$1");
}

export class Box {
	#params;
	#names;
	#rtl;
	#multiline;
	#findings = [];
	#caret = 0;
	#mirror = el("div", { class: "mirror", "aria-hidden": "true" });
	#menu;

	// Params are those of the text, as the server describes them. Onchange is called after each
	// change that a person makes.
	constructor({ label, lang, dir, value, params, readOnly, describedBy, multiline, onchange }) {
		this.#params = params;
		this.#rtl = dir === "rtl";
		this.#names = new Set(params.map((param) => param.name));
		const id = "box-" + ++made;
		this.#menu = el("ul", { class: "menu", role: "listbox", id: id + "-menu", hidden: true,
			"aria-label": "Placeholders" });
		this.area = el("textarea", {
			id, rows: 1, lang, dir, spellcheck: "true", autocomplete: "off", value: this.#shown(value),
			readonly: readOnly, "aria-label": label, "aria-describedby": describedBy,
			"aria-autocomplete": params.length ? "list" : undefined,
			"aria-controls": params.length ? id + "-menu" : undefined,
		});
		this.#mirror.lang = lang;
		this.#mirror.dir = dir;
		this.element = el("div", { class: "box" }, this.#mirror, this.area, this.#menu);
		this.#multiline = multiline;
		this.area.addEventListener("input", () => {
			this.#findings = []; // Their positions are those of the former text.
			this.#paint();
			this.#suggest();
			onchange();
		});
		this.area.addEventListener("beforeinput", (event) => this.#guard(event));
		this.area.addEventListener("keydown", (event) => this.#key(event));
		this.area.addEventListener("blur", () => this.#close());
		this.area.addEventListener("selectionchange", () => this.#snap());
		this.#paint();
	}

	get value() {
		return plain(this.area.value);
	}

	// value sets the text without a call of onchange and without a step to undo.
	set value(text) {
		this.area.value = this.#shown(text);
		this.#findings = [];
		this.#paint();
	}

	#shown(text) {
		return this.#rtl ? isolate(text) : text;
	}

	focus() {
		this.area.focus();
	}

	// insert replaces the selection as if it was typed, so that it can be undone.
	insert(text) {
		this.area.focus();
		document.execCommand("insertText", false, this.#shown(text));
	}

	// replace replaces the whole text as if it was typed.
	replace(text) {
		this.area.focus();
		this.area.select();
		document.execCommand("insertText", false, this.#shown(text));
	}

	// show marks the findings in the text.
	show(findings) {
		this.#findings = findings;
		this.#paint();
	}

	#paint() {
		const text = this.area.value;
		const ranges = marks(text, this.#names);
		for (const { from, to, severity } of this.#findings)
			if (to > from)
				ranges.push({
					from: this.#position(from), to: this.#position(to),
					kind: severity === "error" ? "error" : "warning",
				});
		// The character at the end gives a last empty line its height.
		fill(this.#mirror, paint(text, ranges), "\u200b");
	}

	// position turns a position in the value into one in the text that is shown.
	#position(at) {
		const text = this.area.value;
		let shown = at;
		for (const p of placeholders(text, this.#names)) {
			if (text[p.from] !== open) continue;
			if (shown >= p.from) shown++;
			if (shown >= p.to) shown++;
		}
		return shown;
	}

	// around returns the known placeholder that has the position inside, or at an edge.
	#around(test) {
		return placeholders(this.area.value, this.#names).find((p) => p.known && test(p));
	}

	// snap moves a caret inside of a placeholder to its end or start, in the direction in which it
	// was moving.
	#snap() {
		const { selectionStart: at, selectionEnd: end } = this.area;
		if (at === end) {
			const inside = this.#around((p) => p.from < at && at < p.to);
			if (inside) {
				const edge = this.#caret <= inside.from ? inside.to : inside.from;
				this.area.setSelectionRange(edge, edge);
				this.#caret = edge;
				return;
			}
		}
		this.#caret = at;
	}

	// guard deletes a placeholder as a whole, and leaves out a line break in a text of one line.
	#guard(event) {
		if (event.inputType === "insertLineBreak" && !this.#multiline) event.preventDefault();
		const { selectionStart: at, selectionEnd: end } = this.area;
		if (at !== end || !event.inputType.startsWith("delete")) return;
		const back = event.inputType.endsWith("Backward");
		const whole = this.#around((p) => back ? p.from < at && at <= p.to : p.from <= at && at < p.to);
		if (!whole) return;
		event.preventDefault();
		this.area.setSelectionRange(whole.from, whole.to);
		document.execCommand("delete");
	}

	#key(event) {
		this.#snap(); // The event that the caret has moved may be late.
		if (!this.#menu.hidden && !event.isComposing && this.#menuKey(event.key)) {
			event.preventDefault();
			event.stopPropagation();
		}
	}

	// suggest opens a menu of placeholders after an opening brace.
	#suggest() {
		const before = this.area.value.slice(0, this.area.selectionStart);
		const typed = before.match(/\{\{?\s*\.?(\w*)$/);
		const fitting = typed && this.#params.filter((param) =>
			param.name.toLowerCase().startsWith(typed[1].toLowerCase()));
		if (!fitting?.length) {
			this.#close();
			return;
		}
		this.#menu.replaceChildren(...fitting.map((param, i) => el("li", {
			role: "option", id: this.#menu.id + i, "aria-selected": String(i === 0),
			data: { name: param.name },
			onmousedown: (event) => {
				event.preventDefault();
				this.#take(param.name);
			},
		}, el("code", {}, `{{.${param.name}}}`), " ", param.example)));
		this.#menu.hidden = false;
		this.area.setAttribute("aria-activedescendant", this.#menu.id + "0");
	}

	#menuKey(key) {
		const options = [...this.#menu.children];
		const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
		const step = { ArrowDown: 1, ArrowUp: -1 }[key];
		if (step) {
			const next = (at + step + options.length) % options.length;
			options.forEach((option, i) => option.setAttribute("aria-selected", String(i === next)));
			this.area.setAttribute("aria-activedescendant", options[next].id);
		} else if (key === "Enter" || key === "Tab") {
			this.#take(options[at].dataset.name);
		} else if (key === "Escape") {
			this.#close();
		} else {
			return false;
		}
		return true;
	}

	// take completes what was typed of a placeholder.
	#take(name) {
		const at = this.area.selectionStart;
		const text = this.area.value;
		const typed = text.slice(0, at).match(/\{\{?\s*\.?\w*$/)[0].length;
		const closing = text.slice(at).match(/^\w*\s*\}{0,2}/)[0];
		const behind = closing.endsWith("}") ? closing.length : 0;
		this.area.setSelectionRange(at - typed, at + behind);
		document.execCommand("insertText", false, this.#shown(`{{.${name}}}`));
		this.#close();
	}

	#close() {
		this.#menu.hidden = true;
		this.area.removeAttribute("aria-activedescendant");
	}
}
