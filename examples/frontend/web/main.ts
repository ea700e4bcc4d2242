import { fromProblem, is, type Problem, type Texts } from "./errors/render.js";

const form = document.querySelector("form")!;
const select = document.querySelector("select")!;
const alert = document.querySelector<HTMLElement>("[role=alert]")!;

/** The last answer, so that it can be shown in another language without asking again. */
let answer: unknown;

/** Loads the texts of a language once. Without them, the server's own texts are shown. */
const loaded = new Map<string, Promise<Texts | undefined>>();
function texts(locale: string) {
	const known = loaded.get(locale) ?? fetch(`errors/texts/${locale}.json`)
		.then((response) => response.ok ? response.json() as Promise<Texts> : undefined, () => undefined);
	loaded.set(locale, known);
	return known;
}

async function ask(path: string, init?: RequestInit) {
	const headers = { "Accept": "application/problem+json", "Accept-Language": "en" };
	const response = await fetch(path, { ...init, headers });
	answer = response.ok ? undefined : await response.json().catch(() => undefined);
	await show();
}

async function show() {
	alert.replaceChildren();
	if (answer === undefined) return;
	const p = fromProblem(answer, await texts(select.value));
	alert.append(...paragraphs(p));
	// The params of a code that is known have types.
	if (is(p, "shop/OUT_OF_STOCK") && p.params.left !== undefined) {
		form.quantity.value = String(p.params.left);
	}
}

function paragraphs(p: Problem): HTMLElement[] {
	const element = (tag: string, text: string) => {
		const e = document.createElement(tag);
		e.lang = p.lang ?? "";
		e.dir = p.dir ?? "auto";
		e.textContent = text;
		return e;
	};
	const all = [element("h2", p.title)];
	if (p.detail) all.push(element("p", p.detail));
	for (const inner of p.errors) {
		const text = element("p", inner.detail ?? inner.title);
		text.lang = inner.lang ?? "";
		text.dir = inner.dir ?? "auto";
		text.dataset.pointer = inner.pointer;
		all.push(text);
	}
	if (p.help) all.push(element("p", p.help));
	return all;
}

form.addEventListener("submit", (event) => {
	event.preventDefault();
	void ask("/api/orders", { method: "POST", body: JSON.stringify(Object.fromEntries(new FormData(form))) });
});
for (const button of document.querySelectorAll<HTMLButtonElement>("nav button")) {
	const { get, post } = button.dataset;
	button.addEventListener("click", () => void ask(get ?? post!, { method: get ? "GET" : "POST" }));
}
select.addEventListener("change", () => void show());
