// The studio's page: what is open, what the keys do, and what other tabs have changed.
import { Failure, get } from "./api.js";
import { el, fill, say } from "./dom.js";
import { Editor } from "./editor.js";
import { showKeys, typing } from "./keys.js";
import { TextList } from "./list.js";
import { overview } from "./overview.js";
import { any } from "./unsaved.js";

const at = (id) => document.getElementById(id);

class Studio {
	project = null;
	route = { domain: "", locale: "", id: "", state: "", q: "", order: "" };

	async start() {
		this.project = await get("/api/project");
		at("read-only").hidden = !this.project.readOnly;
		this.list = new TextList(this, at("list"));
		this.editor = new Editor(this, at("editor"), at("context"));
		at("help").addEventListener("click", showKeys);
		at("locale").addEventListener("change", () => this.go({ ...parse(at("locale").value), id: "" }));
		document.addEventListener("keydown", (event) => this.#key(event));
		window.addEventListener("popstate", () => this.#open());
		window.addEventListener("beforeunload", (event) => {
			if (any()) event.preventDefault();
		});
		await this.#open();
		this.#watch();
	}

	// address returns the address of the page with some parts of it changed.
	address(change) {
		const { domain, locale, id, ...filter } = { ...this.route, ...change };
		const path = [domain, locale, id].filter(Boolean).map(encodeURIComponent).join("/");
		const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value));
		return "#/" + path + (query.size ? "?" + query : "");
	}

	// go opens another part of the page. A text that the server has sent already can be given.
	go(change, text) {
		history.pushState(null, "", this.address(change));
		return this.#open(text);
	}

	// filter changes what the list shows.
	filter(change) {
		history.replaceState(null, "", this.address(change));
		return this.#open();
	}

	async #open(text) {
		const former = this.route;
		this.route = parse(location.hash);
		const { domain, locale, id } = this.route;
		const listed = Boolean(domain && locale);
		document.body.classList.toggle("editing", Boolean(id));
		at("overview").hidden = listed;
		at("list").hidden = !listed;
		at("editor").hidden = at("context").hidden = !id;
		this.#drawLocales();
		const title = [id, listed && (locale === "*" ? domain : locale), "Studio"];
		document.title = at("title").textContent = title.filter(Boolean).join(" · ");
		if (!listed) {
			overview(this, at("overview"));
			at("overview").querySelector("a")?.focus();
			return;
		}
		this.list.show(this.route);
		const same = ["domain", "locale", "id"].every((part) => former[part] === this.route[part]);
		if (id && (!same || text)) await this.editor.open(this.route, text);
		if (!id) {
			this.editor.close();
			if (former.id || former.domain !== domain || former.locale !== locale) {
				await this.list.loaded;
				this.list.focus();
			}
		}
	}

	#drawLocales() {
		const select = at("locale"), { domain, locale } = this.route;
		const several = this.project.domains.length > 1;
		fill(select,
			el("option", { value: "#/" }, "Languages"),
			this.project.domains.map((d) => {
				const targets = d.locales.filter(({ tag }) => tag !== d.source);
				const options = [...targets, { tag: "*", name: "All languages" }].map(({ tag, name }) =>
					el("option", {
						value: this.address({ domain: d.name, locale: tag, id: "", q: "" }),
						selected: d.name === domain && tag === locale,
					}, name));
				return several ? el("optgroup", { label: d.name }, options) : options;
			}));
	}

	// source returns the source language of a domain.
	source(domain) {
		return this.project.domains.find((d) => d.name === domain)?.source ?? "en";
	}

	// language returns the attributes of an element with a text in a locale.
	language(domain, locale) {
		const found = this.project.domains.find((d) => d.name === domain)?.locales
			.find(({ tag }) => tag === locale);
		return {
			lang: locale, dir: found?.dir ?? "auto", name: found?.name ?? locale,
			characters: found?.characters ?? [],
		};
	}

	// counts returns how many texts of a locale, or of all, are in each state.
	counts({ domain, locale }) {
		const sum = {};
		const d = this.project.domains.find(({ name }) => name === domain);
		for (const { tag, counts } of d?.locales ?? [])
			if (tag === locale || (locale === "*" && tag !== d.source))
				for (const [name, n] of Object.entries(counts)) sum[name] = (sum[name] ?? 0) + n;
		return sum;
	}

	// saved shows the new counts of a locale after this tab has changed a text of it.
	saved({ domain, locale }, { counts, words }) {
		const found = this.project.domains.find((d) => d.name === domain)?.locales
			.find(({ tag }) => tag === locale);
		if (found) Object.assign(found, { counts, words });
		this.list.refreshFilters(this.route);
		this.list.reload();
	}

	// failed reports an error and goes on.
	failed(err) {
		if (err.name === "AbortError") return;
		if (err instanceof Failure) say(err.message, err.hint ? " " + err.hint : "");
		else this.#offline(true);
	}

	#offline(is) {
		at("banner").hidden = !is;
		at("banner").textContent = "The studio can’t be reached. Your unsaved text is kept in this " +
			"tab: leave it open, or copy the text, and start the studio again.";
	}

	// watch asks again and again for what has changed in files and other tabs. A tab in the background
	// waits, since browsers open only a few connections to a server.
	async #watch() {
		for (;;) {
			try {
				await visible();
				const hidden = new AbortController();
				document.addEventListener("visibilitychange", () => hidden.abort(), { signal: hidden.signal });
				const answer = await get("/api/changes", { since: this.project.revision }, hidden.signal)
					.finally(() => hidden.abort());
				this.#offline(false);
				if (answer.revision === this.project.revision) continue;
				this.project = await get("/api/project");
				await this.#changed(answer.changed ?? []);
			} catch (err) {
				if (err.name === "AbortError") continue;
				if (!(err instanceof Failure)) this.#offline(true);
				await new Promise((resolve) => setTimeout(resolve, 2000));
			}
		}
	}

	async #changed(changed) {
		const { domain, locale, id } = this.route;
		if (!domain) {
			const focused = document.activeElement?.getAttribute("href");
			overview(this, at("overview"));
			for (const link of at("overview").querySelectorAll("a"))
				if (link.getAttribute("href") === focused) link.focus();
			return;
		}
		const here = changed.some((c) => c.domain === domain &&
			(c.locale === locale || locale === "*" || !c.locale));
		this.list.refreshFilters(this.route);
		if (!here) return;
		this.list.reload();
		if (id) await this.editor.changed();
	}

	#key(event) {
		if (document.querySelector("dialog[open]")) return;
		const command = event.ctrlKey || event.metaKey;
		if (this.route.id && this.editor.key(event, command)) {
			event.preventDefault();
			return;
		}
		if (event.key === "Escape") {
			event.preventDefault();
			this.#leave();
			return;
		}
		if (command || event.altKey || typing()) return;
		const action = {
			"?": showKeys,
			"/": () => this.list.focusSearch(),
			u: () => this.editor.undo(),
			j: () => this.list.focus(), k: () => this.list.focus(),
		}[event.key];
		if (!action || (event.key !== "?" && !this.route.domain)) return;
		event.preventDefault();
		action();
	}

	#leave() {
		const inEditor = this.route.id && at("editor").contains(document.activeElement);
		if (typing() && inEditor) at("editor").focus();
		else if (this.route.id) this.go({ id: "" });
		else if (typing()) this.list.focus();
		else if (this.route.domain) this.go({ domain: "", locale: "", id: "", q: "", state: "" });
	}
}

// visible waits until the tab is in front.
function visible() {
	if (!document.hidden) return Promise.resolve();
	return new Promise((resolve) =>
		document.addEventListener("visibilitychange", resolve, { once: true }));
}

// parse reads an address such as #/shop/de/OUT_OF_STOCK.title?state=missing.
function parse(hash) {
	const [path, query] = hash.replace(/^#\/?/, "").split("?");
	const [domain = "", locale = "", id = ""] = path.split("/").map(decodeURIComponent);
	const filter = new URLSearchParams(query);
	return {
		domain, locale, id, state: filter.get("state") ?? "", q: filter.get("q") ?? "",
		order: filter.get("order") ?? "",
	};
}

const studio = new Studio();
studio.start().catch((err) => {
	at("banner").hidden = false;
	at("banner").textContent = err.message + (err.hint ? " " + err.hint : "");
});
