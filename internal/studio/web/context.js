// What helps to translate a text: agreed words, similar texts, other languages.
import { button, el } from "./dom.js";
import { marks, namesIn, paint } from "./marks.js";

// painted returns a text with its placeholders marked. Names is the set of those that it may have.
export function painted(text, names) {
	return paint(text, marks(text, names));
}

// context returns the sections that a text has. Insert is called with a word to put into the text.
export function context(studio, text, insert) {
	const { terms, similar, others, lang, dir } = text;
	const names = new Set(text.params.map((param) => param.name));
	const source = studio.source(text.domain);
	const section = (title, list, item) => list?.length
		? el("section", {}, el("h2", {}, title), el("ul", { role: "list" }, list.map(item))) : null;
	return [
		section("Glossary", terms, (term) => el("li", {},
			term.source === "*" ? el("span", { class: "term" }, "All texts")
				: el("span", { lang: source, class: "term" }, term.source), " → ",
			term.use.map((word) =>
				[button(word, () => insert(word), { lang, dir, class: "word", title: "Insert" }), " "]),
			term.avoid.length ? el("span", { class: "avoid" }, "not ",
				term.avoid.map((word) => [el("del", { lang, dir }, word), " "])) : null,
			term.note ? el("span", { class: "soft" }, term.note) : null)),
		section("Similar texts", similar, (other) => el("li", {},
			el("a", { href: studio.address({ id: other.id }) }, other.id),
			el("p", { lang: source, class: "soft" }, painted(other.source, namesIn(other.source))),
			el("p", { lang, dir }, painted(other.target, namesIn(other.source))))),
		section("Other languages", others, (other) => el("li", {},
			el("span", { class: "soft" }, studio.language(text.domain, other.locale).name),
			other.forms.map((form) =>
				el("p", { lang: other.locale, dir: other.dir }, painted(form.text, names))))),
	];
}
