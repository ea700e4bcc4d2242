// Finds codes by number, name or title on the page itself, and by a pasted sentence with the texts
// of each language, which are loaded when they are needed.
"use strict";
{
	const { base, languages } = document.body.dataset;
	const form = document.querySelector("form.search");
	const input = form.querySelector("input");
	const found = form.querySelector("#found");
	const list = form.querySelector("ul");
	const items = [...document.querySelectorAll(".codes li")];
	const names = items.map((item) => item.textContent.toLowerCase());

	// The reader's languages first, since a sentence is most likely in one of them.
	const wanted = [...navigator.languages, document.documentElement.lang].map((tag) => tag.split("-")[0]);
	const rank = (tag) => (wanted.indexOf(tag.split("-")[0]) + wanted.length + 1) % (wanted.length + 1);
	const order = languages.split(" ").sort((a, b) => rank(a) - rank(b));

	// Answers isolate what they insert with invisible characters.
	const clean = (text) => text.replace(/[\u200e\u200f\u2066-\u2069]/g, "").replace(/\s+/g, " ").trim().toLowerCase();

	const loaded = new Map();
	const load = (tag) => {
		if (!loaded.has(tag)) {
			loaded.set(tag, fetch(`${base}texts/${tag}.json`)
				.then((response) => (response.ok ? response.json() : {}))
				.then((texts) => Object.entries(texts).map(([page, patterns]) =>
					[page, patterns.map((parts) => parts.map(clean).filter(Boolean))])));
		}
		return loaded.get(tag);
	};

	// score is how many characters of the sentence a text has, if all its parts are there in order.
	const score = (sentence, parts) => {
		let at = 0;
		let length = 0;
		for (const part of parts) {
			const next = sentence.indexOf(part, at);
			if (next < 0) return 0;
			at = next + part.length;
			length += part.length;
		}
		return length;
	};

	const search = async (sentence) => {
		for (const tag of order) {
			const hits = [];
			for (const [page, patterns] of await load(tag)) {
				const best = Math.max(0, ...patterns.map((parts) => score(sentence, parts)));
				if (best >= 8 || best > 0 && best * 2 >= sentence.length) hits.push([best, page, tag]);
			}
			if (hits.length > 0) return hits.sort((a, b) => b[0] - a[0]).slice(0, 5);
		}
		return [];
	};

	let latest = 0;
	const update = async () => {
		const run = ++latest;
		const query = clean(input.value);
		let shown = 0;
		items.forEach((item, i) => {
			item.hidden = query !== "" && !names[i].includes(query);
			if (!item.hidden) shown++;
		});
		for (const section of document.querySelectorAll(".domain")) {
			section.hidden = !section.querySelector("li:not([hidden])");
		}
		list.replaceChildren();
		found.textContent = query === "" ? "" : `${shown} ${shown === 1 ? "code" : "codes"}`;
		if (query === "" || shown > 0) return;
		found.textContent = "Searching all texts…";
		const hits = await search(query);
		if (run !== latest) return;
		found.textContent = hits.length > 0 ? "Codes with this text" : "No code has this number, name or text.";
		for (const [, page, tag] of hits) {
			const link = document.createElement("a");
			link.href = base + page;
			link.textContent = page.replace(/\/?([^/]*\.html)?$/, "").split("/").pop() + ` (${tag})`;
			const item = document.createElement("li");
			item.append(link);
			list.append(item);
		}
	};

	let timer;
	input.addEventListener("input", () => {
		clearTimeout(timer);
		timer = setTimeout(update, 150);
	});
	form.addEventListener("submit", (event) => {
		event.preventDefault();
		update();
	});
	form.hidden = false;
	const asked = new URLSearchParams(location.search).get("q");
	if (asked) {
		input.value = asked;
		update();
	}
}
