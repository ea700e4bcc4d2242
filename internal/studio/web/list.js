// The list of texts. It keeps only the rows that can be seen on the page, and asks the server for
// those as they come into view, so that it is as quick with 10,000 texts as with 10.
import { after, get, latest } from "./api.js";
import { choice, count, el, hidden } from "./dom.js";
import { marks, namesIn, paint } from "./marks.js";
import { kept } from "./unsaved.js";

const page = 100; // texts per request
const spare = 10; // rows above and below those that can be seen

export const states = [
	["missing", "Missing"], ["stale", "Stale"], ["optional", "Optional"], ["review", "To review"],
	["draft", "Drafts"], ["translated", "Translated"], ["findings", "Findings"],
];

export class TextList {
	#studio;
	#root;
	#search;
	#order;
	#filters = el("div", { class: "filters", role: "group", "aria-label": "Show only" });
	#summary = el("p", { class: "summary", role: "status" });
	#scroller;
	#rows = el("ol", { class: "rows", role: "list" });
	#empty = el("p", { class: "empty", tabindex: "-1", hidden: true });
	#shown = new Map(); // index → row
	#pages = new Map(); // number of the page → texts, or null while they are on their way
	#total = 0;
	#active = 0; // index of the row that takes the focus
	#open = ""; // ID of the open text
	#query = null;
	#generation = 0;
	#height = 64; // of a row
	#room = 0; // height of the part of the list that can be seen
	#drawing = false;
	#focusing = false; // whether the active row is to get the focus as soon as it is there

	constructor(studio, root) {
		this.#studio = studio;
		this.#root = root;
		const typed = after(200, () => this.#studio.filter({ q: this.#search.value.trim() }));
		this.#search = el("input", {
			type: "search", id: "search", placeholder: "Search IDs, texts, comments", spellcheck: "false",
			"aria-label": "Search", "aria-keyshortcuts": "/", autocomplete: "off",
			oninput: typed, onkeydown: (event) => this.#searchKey(event),
		});
		this.#scroller = el("div", { class: "scroller", onscroll: () => this.#draw() },
			this.#rows, this.#empty);
		this.#rows.addEventListener("keydown", (event) => this.#key(event));
		this.#rows.addEventListener("focusin", (event) => {
			const row = event.target.closest("li");
			if (row) this.#active = Number(row.dataset.index);
		});
		root.append(
			el("div", { class: "tools" },
				el("div", { class: "find" }, this.#search,
					this.#order = choice("Order", "order", [["code", "By code"], ["state", "By state"]], "code",
						 (order) => studio.filter({ order }))),
				this.#filters, this.#summary),
			this.#scroller);
		new ResizeObserver(() => {
			const height = this.#height;
			this.#measure();
			if (height === this.#height) this.#draw();
			else this.#redraw();
		}).observe(this.#scroller);
	}

	// show shows the texts that a route asks for, and marks the open one.
	show(route) {
		const { domain, locale, state, q, order } = route;
		const query = { domain, locale: locale === "*" ? "" : locale, state, q, order };
		if (document.activeElement !== this.#search) this.#search.value = q;
		for (const input of this.#order.querySelectorAll("input"))
			input.checked = input.value === (order || "code");
		this.#drawFilters(route);
		if (JSON.stringify(query) !== JSON.stringify(this.#query)) {
			this.#query = query;
			this.#scroller.scrollTop = 0;
			this.#active = 0;
			this.loaded = this.reload();
		}
		this.mark(route.id);
	}

	// reload asks for the texts again. The rows stay until the answer is there.
	async reload() {
		const generation = ++this.#generation;
		const first = Math.floor(this.#first() / page);
		const answer = await this.#load(first);
		if (generation !== this.#generation || !answer) return;
		this.#pages = new Map([[first, answer.texts]]);
		this.#total = answer.total;
		this.#active = Math.min(this.#active, Math.max(0, this.#total - 1));
		const words = answer.texts.length === answer.total
			? ", " + count(answer.texts.reduce((sum, text) => sum + text.words, 0), "word") : "";
		this.#summary.textContent = count(answer.total, "text") + words;
		this.#empty.hidden = answer.total > 0;
		this.#empty.textContent = this.#query.q ? "No text has these words."
			: "Nothing is left here. Choose another filter to see more texts.";
		this.#redraw();
	}

	#load = (number) => {
		return get("/api/texts", { ...this.#query, offset: number * page, limit: page })
			.catch((err) => this.#studio.failed(err));
	};

	// mark marks the row of the open text and brings it into view.
	mark(id, index) {
		this.#open = id;
		if (index >= 0) {
			this.#active = index;
			this.#reveal(index);
		}
		for (const row of this.#shown.values()) this.#markRow(row);
	}

	#markRow(row) {
		const link = row.querySelector("a");
		const open = this.#open !== "" && row.dataset.id === this.#open;
		if (open) link?.setAttribute("aria-current", "true");
		else link?.removeAttribute("aria-current");
	}

	// focus moves the focus to the active row, or to the line that says that there are no texts.
	focus() {
		if (this.#total === 0) {
			this.#empty.focus();
			return;
		}
		this.#reveal(this.#active);
		this.#focusing = true;
		this.#drawNow();
	}

	focusSearch() {
		this.#search.focus();
		this.#search.select();
	}

	#drawFilters(route) {
		const counts = this.#studio.counts(route);
		const chosen = new Set(route.state ? route.state.split(",") : []);
		const toggle = (state) => {
			if (state === "") chosen.clear();
			else if (!chosen.delete(state)) chosen.add(state);
			this.#studio.filter({ state: [...chosen].join(",") });
		};
		const filter = (state, label, n) => el("button", {
			type: "button", class: "filter", onclick: () => toggle(state), data: { state }, title: label,
			"aria-pressed": String(state ? chosen.has(state) : chosen.size === 0),
		},
			state ? icon(state) : null, el("span", {}, label, " "),
			n === undefined ? null : el("b", {}, n.toLocaleString("en")));
		const focused = this.#filters.contains(document.activeElement)
			? document.activeElement.dataset.state : undefined;
		const found = (state) => counts[state === "draft" ? "drafts" : state];
		const rare = ["draft", "optional"];
		this.#filters.replaceChildren(filter("", "All", counts.texts + counts.optional),
			...states.filter(([state]) => !rare.includes(state) || found(state) > 0 || chosen.has(state))
				.map(([state, label]) => filter(state, label, found(state))));
		if (focused !== undefined)
			[...this.#filters.children].find((b) => b.dataset.state === focused)?.focus();
	}

	refreshFilters(route) {
		this.#drawFilters(route);
	}

	// measure learns the height of a row, which depends on the width of the list.
	#measure() {
		this.#height = parseFloat(getComputedStyle(this.#rows).getPropertyValue("--row"));
		this.#room = this.#scroller.clientHeight;
	}

	#first() {
		return Math.floor(this.#scroller.scrollTop / this.#height);
	}

	#draw() {
		if (this.#drawing) return;
		this.#drawing = true;
		requestAnimationFrame(() => {
			this.#drawing = false;
			this.#drawNow();
		});
	}

	#redraw() {
		const focused = this.#rows.contains(document.activeElement);
		this.#shown.clear();
		this.#rows.replaceChildren();
		this.#drawNow();
		if (focused) this.focus();
	}

	#drawNow() {
		const height = this.#height;
		const first = Math.max(0, this.#first() - spare);
		const seen = Math.ceil(this.#room / height) + 2 * spare;
		const last = Math.min(this.#total, first + seen);
		this.#rows.style.height = this.#total * height + "px";
		const wanted = new Set();
		for (let i = first; i < last; i++) wanted.add(i);
		if (this.#active < this.#total) wanted.add(this.#active); // It may have the focus.
		for (const [index, row] of this.#shown) {
			if (wanted.has(index)) continue;
			row.remove();
			this.#shown.delete(index);
		}
		for (const index of wanted) this.#drawRow(index, height);
		const link = this.#focusing && this.#shown.get(this.#active)?.querySelector("a");
		if (!link) return;
		this.#focusing = false;
		link.focus({ preventScroll: true });
	}

	#drawRow(index, height) {
		const number = Math.floor(index / page);
		const text = this.#pages.get(number)?.[index % page];
		const shown = this.#shown.get(index);
		if (shown && (shown.dataset.id || !text)) return;
		if (!text) this.#fetch(number);
		const row = text ? this.#row(index, text) : el("li", { class: "row waiting", data: { index } });
		row.style.transform = `translateY(${index * height}px)`;
		if (shown) shown.replaceWith(row);
		else this.#insert(index, row);
		this.#shown.set(index, row);
		this.#markRow(row);
	}

	// insert keeps the rows in their order, for the Tab key and for screen readers.
	#insert(index, row) {
		let next = null;
		for (const other of this.#rows.children)
			if (Number(other.dataset.index) > index) {
				next = other;
				break;
			}
		this.#rows.insertBefore(row, next);
	}

	async #fetch(number) {
		if (this.#pages.has(number)) return;
		const generation = this.#generation;
		this.#pages.set(number, null);
		const answer = await this.#load(number);
		if (generation !== this.#generation) return;
		if (!answer) {
			this.#pages.delete(number);
			return;
		}
		this.#pages.set(number, answer.texts);
		this.#drawNow();
	}

	#row(index, text) {
		const { domain, locale } = this.#studio.route;
		const tag = text.locale ?? locale;
		const { lang, dir } = this.#studio.language(domain, tag);
		const several = locale === "*";
		const names = namesIn(text.source);
		const painted = (wording) => paint(wording, marks(wording, names));
		const unsaved = kept({ domain, locale: tag, id: text.id });
		const badges = [
			unsaved && el("span", { class: "badge unsaved" }, "unsaved"),
			text.draft && el("span", { class: "badge draft" }, "draft"),
			text.findings > 0 && el("span", { class: "badge finding" }, count(text.findings, "finding")),
		].filter(Boolean);
		return el("li", {
			class: "row", data: { index, id: text.id, locale: tag },
			"aria-setsize": this.#total, "aria-posinset": index + 1,
		}, el("a", {
			href: this.#studio.address({ locale: tag, id: text.id }),
			tabindex: index === this.#active ? "0" : "-1",
		},
			icon(text.state), hidden(text.state + " "),
			el("span", { class: "name" }, several ? el("b", {}, tag, " ") : null,
				text.code || text.id.split(".")[0], el("i", {}, " ", text.part)),
			el("span", { class: "source", lang: this.#studio.source(domain) }, painted(text.source)),
			el("span", { class: "target", lang, dir }, painted(text.target)),
			el("span", { class: "badges" }, badges)));
	}

	// reveal scrolls as little as possible, or to the middle if the row is far away.
	#reveal(index) {
		const height = this.#height, room = this.#room;
		const top = index * height - this.#scroller.scrollTop;
		const past = Math.min(top, 0) || Math.max(top + height - room, 0);
		if (Math.abs(past) > 2 * height) this.#scroller.scrollTop += top - (room - height) / 2;
		else this.#scroller.scrollTop += past;
	}

	#searchKey(event) {
		if (event.key === "ArrowDown" || event.key === "Enter") {
			event.preventDefault();
			this.focus();
		}
		if (event.key === "Escape" && this.#search.value) {
			event.preventDefault();
			event.stopPropagation();
			this.#search.value = "";
			this.#studio.filter({ q: "" });
		}
	}

	#key(event) {
		if (event.ctrlKey || event.metaKey || event.altKey) return;
		const rows = Math.max(1, Math.floor(this.#room / this.#height) - 1);
		const step = {
			ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, PageDown: rows, PageUp: -rows,
			Home: -this.#total, End: this.#total,
		}[event.key];
		if (!step) return;
		event.preventDefault();
		event.stopPropagation();
		this.#shown.get(this.#active)?.querySelector("a")?.setAttribute("tabindex", "-1");
		this.#active = Math.max(0, Math.min(this.#total - 1, this.#active + step));
		this.focus();
		this.#shown.get(this.#active)?.querySelector("a")?.setAttribute("tabindex", "0");
	}
}

// icon shows a state as a shape, so that nobody depends on its color.
export function icon(state) {
	return el("span", { class: "icon " + state, "aria-hidden": "true" });
}
