// The first page: what is left to do in each language.
import { sentence } from "./api.js";
import { count, el, fill, hidden } from "./dom.js";
import { icon, states } from "./list.js";

// overview shows all languages of all domains.
export function overview(studio, root) {
	const { domains } = studio.project;
	fill(root,
		el("h2", { id: "overview-title" }, "Languages"),
		studio.project.fault ? el("p", { class: "fault" }, sentence(studio.project.fault)) : null,
		domains.map((domain) => section(studio, domain, domains.length > 1)));
}

function section(studio, domain, several) {
	const left = domain.locales.filter((locale) => locale.tag !== domain.source);
	return el("section", { class: "domain" },
		several ? el("h3", {}, domain.name) : null,
		left.length === 0
			? el("p", {}, "No languages yet. Add one with ", el("code", {}, "extract add"), " and its tag.")
			: el("ul", { class: "languages", role: "list" }, left.map((locale) =>
				card(studio, domain, locale, several ? "h4" : "h3"))),
		el("p", {}, el("a", { href: studio.address({ domain: domain.name, locale: "*" }) },
			"All languages, by code")));
}

function card(studio, domain, locale, heading) {
	const { counts, words, fault } = locale;
	const to = (state) => studio.address({ domain: domain.name, locale: locale.tag, state });
	const todo = counts.missing + counts.stale;
	const left = words.missing + words.stale;
	return el("li", { class: "card" },
		el(heading, {}, el("a", { href: to(todo ? "missing,stale" : counts.review ? "review" : "") },
			locale.name), " ",
			locale.nativeName && locale.nativeName !== locale.name
				? el("span", { class: "native", lang: locale.tag, dir: locale.dir }, locale.nativeName) : null,
			el("code", {}, locale.tag)),
		bar(counts),
		fault ? el("p", { class: "fault" }, sentence(fault)) : null,
		el("p", { class: "left" },
			todo ? [el("b", {}, count(todo, "text")), " left, ", count(left, "word")]
				: counts.review ? [el("b", {}, count(counts.review, "text")), " to review"]
					: "Everything is translated"),
		el("ul", { class: "counts", role: "list" }, states
			.map(([state, label]) => [state, label, counts[state === "draft" ? "drafts" : state]])
			.filter(([, , n]) => n > 0)
			.map(([state, label, n]) => el("li", {}, el("a", { href: to(state) },
				icon(state), label, " ", el("b", {}, n.toLocaleString("en")))))));
}

// bar shows the share of each state, as extract status counts: by forms, and what is stale is still
// translated.
function bar({ forms, percent, texts, variant }) {
	const there = ["translated", "review", "stale", "missing"].filter((state) => forms[state]);
	const parts = there.map((state) => {
		const piece = el("span", { class: state });
		piece.style.flexGrow = forms[state];
		return piece;
	});
	const share = variant ? count(texts, "text")
		: [percent.toLocaleString("en", { minimumFractionDigits: 1 }) + " %", hidden(" translated")];
	return el("div", { class: "progress" },
		el("div", { class: "bar", "aria-hidden": "true" }, parts),
		el("span", { class: "percent" }, share));
}
