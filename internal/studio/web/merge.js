// The merge view: a text was changed in the file while somebody typed another translation.
import { Box } from "./box.js";
import { ask, button, el } from "./dom.js";
import { diff } from "./words.js";

// changes shows how a text differs from another one.
export function changes(before, after, attributes = {}) {
	return el("p", { class: "diff", ...attributes }, diff(before, after).map(({ op, text }) =>
		op === "same" ? text : el(op === "gone" ? "del" : "ins", {}, text)));
}

// merge shows the three versions of each form and calls save with the forms that the translator
// chose. It returns the dialog.
export function merge(conflict, text, save) {
	const { base, theirs, yours } = conflict;
	const boxes = new Map();
	const language = { lang: text.lang, dir: text.dir };
	const rows = text.forms.map(({ category, numbers }) => {
		const mine = yours[category] ?? "", file = theirs[category] ?? "", old = base?.[category];
		const box = new Box({
			label: "Result, " + category, ...language, params: text.params, onchange() {},
			// Only one side has changed the form: its text is the result.
			value: mine === old ? file : mine, multiline: mine.includes("\n") || file.includes("\n"),
		});
		boxes.set(category, box);
		const side = (title, value, label) => el("div", { class: "side" }, el("h4", {}, title),
			old === undefined ? el("p", { class: "diff", ...language }, value || "(empty)")
				: changes(old, value, language),
			label ? button(label, () => box.replace(value), { class: "small" }) : null);
		return el("section", {},
			el("h3", {}, category, numbers ? el("span", { class: "numbers" }, " ", numbers) : null),
			el("div", { class: "sides" },
				old === undefined ? null : el("div", { class: "side" }, el("h4", {}, "Before"),
					el("p", { class: "diff", ...language }, old || "(empty)")),
				side("In the file now", file, "Use this"), side("Yours", mine, "Use mine")),
			box.element);
	});
	const done = () => {
		dialog.close();
		save(Object.fromEntries(Array.from(boxes, ([category, box]) => [category, box.value])));
	};
	const dialog = ask("This text has changed in the file", [
		el("p", {}, "Somebody saved another translation while you were typing. " +
			"Choose one of them, or write a third."),
		rows,
		el("footer", {},
			button(["Save the result ", el("kbd", {}, "Ctrl+Enter")], done, { class: "primary" }),
			button("Decide later", () => dialog.close())),
	], { class: "wide merge" });
	dialog.addEventListener("keydown", (event) => {
		if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
			event.preventDefault();
			event.stopPropagation();
			done();
		}
	});
	boxes.values().next().value?.focus();
	return dialog;
}
