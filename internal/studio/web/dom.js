// Small tools for building the page. Text only ever becomes a text node, never markup.

// el makes an element. Properties that begin with "on" are event listeners, "data" is an object of
// data attributes; true and false set and leave out an attribute.
export function el(tag, properties = {}, ...children) {
	const node = document.createElement(tag);
	for (const [name, value] of Object.entries(properties)) {
		if (value === undefined || value === null || value === false) continue;
		if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
		else if (name === "data") Object.assign(node.dataset, value);
		else if (name === "value") node.value = value;
		else node.setAttribute(name, value === true ? "" : value);
	}
	fill(node, children);
	return node;
}

// fill replaces the children of an element. They may be nested, and null ones are skipped.
export function fill(node, ...children) {
	const given = children.flat(Infinity);
	node.replaceChildren(...given.filter((child) => child !== null && child !== undefined));
}

// button makes a button that does something on this page.
export function button(label, onclick, properties = {}) {
	return el("button", { type: "button", onclick, ...properties }, label);
}

// hidden makes text for screen readers.
export function hidden(text) {
	return el("span", { class: "hidden" }, text);
}

// choice makes a group of radio buttons that looks like one control. Options are pairs of a value
// and a label.
export function choice(legend, name, options, value, onchange) {
	return el("fieldset", { class: "choice" }, el("legend", { class: "hidden" }, legend),
		options.map(([option, label]) => el("label", {},
			el("input", {
				type: "radio", name, value: option, checked: option === value,
				onchange: () => onchange(option),
			}), el("span", {}, label))));
}

// ask shows a dialog and removes it when it closes.
export function ask(title, content, properties = {}) {
	const id = "dialog-title";
	const dialog = el("dialog", { "aria-labelledby": id, ...properties },
		el("div", { class: "head" }, el("h2", { id }, title),
			button("Close", () => dialog.close(), { class: "quiet" })),
		content);
	dialog.addEventListener("close", () => dialog.remove());
	document.body.append(dialog);
	dialog.showModal();
	return dialog;
}

let clearing = 0;

// say shows a short message and has screen readers read it.
export function say(message, ...more) {
	const toast = document.getElementById("toast");
	clearTimeout(clearing);
	fill(toast, message, more);
	toast.classList.add("shown");
	clearing = setTimeout(() => toast.classList.remove("shown"), 6000);
}

// count returns a number with its noun.
export function count(n, one, other = one + "s") {
	return n.toLocaleString("en") + " " + (n === 1 ? one : other);
}
