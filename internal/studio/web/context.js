// What helps to translate a text: agreed words, similar texts, other languages.
import { button, el } from "./dom.js";
import { marks, paint } from "./marks.js";

// painted returns a text with its placeholders marked, of those that the open text may have.
export function painted(text, params) {
	return paint(text, marks(text, new Set(params.map((param) => param.name))));
}

// context returns the sections that a text has. Insert is called with a word to put into the text.
export function context(studio, text, insert) {
	const { terms, similar, others, params, lang, dir } = text;
	const source = studio.source(text.domain);
	const section = (title, list, item) => list?.length
		? el("section", {}, el("h2", {}, title), el("ul", { role: "list" }, list.map(item))) : null;
	return [
		section("Glossary", terms, (term) => el("li", {},
			el("span", { lang: source, class: "term" }, term.source), " → ",
			term.use.map((word) =>
				[button(word, () => insert(word), { lang, dir, class: "word", title: "Insert" }), " "]),
			term.avoid.length ? el("span", { class: "avoid" }, "not ",
				term.avoid.map((word) => [el("del", { lang, dir }, word), " "])) : null,
			term.note ? el("span", { class: "soft" }, term.note) : null)),
		section("Similar texts", similar, (other) => el("li", {},
			el("a", { href: studio.address({ id: other.id }) }, other.id),
			el("p", { lang: source, class: "soft" }, painted(other.source, params)),
			el("p", { lang, dir }, painted(other.target, params)))),
		section("Other languages", others, (other) => el("li", {},
			el("span", { class: "soft" }, studio.language(text.domain, other.locale).name),
			other.forms.map((form) =>
				el("p", { lang: other.locale, dir: other.dir }, painted(form.text, params))))),
	];
}
