// Shows a text as readers will see it, in a page, in JSON and as plain text. The page is in a frame
// without scripts and without access to the studio.
import { after, latest, post } from "./api.js";
import { button, choice, el } from "./dom.js";

const widths = { phone: 390, desktop: 1024 };

const choices = {
	as: ["Show as", [["page", "Page"], ["json", "JSON"], ["text", "Text"]]],
	arguments: ["Arguments", [["example", "Example"], ["extreme", "Extreme"], ["zero", "Zero"]]],
	scheme: ["Colors", [["system", "Auto"], ["light", "Light"], ["dark", "Dark"]]],
	width: ["Width", [["phone", "Phone"], ["desktop", "Desktop"]]],
};

export class Preview {
	#request = null;
	#answer = latest((request, signal) => post("/api/preview", request, signal));
	#frame;
	#text = el("pre", { class: "plain", tabindex: "0", "aria-label": "Preview", hidden: true });
	#stage;
	#note = el("span", { role: "status" });
	#now; // the button that shows what readers get while another part is missing
	#settings = { as: "page", arguments: "example", scheme: "system", width: "phone", now: false };
	#soon = after(250, () => this.#render());

	constructor() {
		this.#frame = this.#newFrame();
		this.#stage = el("div", { class: "stage" }, this.#frame, this.#text);
		this.#now = button("", () => {
			this.#settings.now = !this.#settings.now;
			this.#render();
		}, { class: "small", hidden: true });
		const set = (name) => (value) => {
			this.#settings[name] = value;
			if (name === "as" || name === "arguments") this.#render();
			else this.#fit();
		};
		this.element = el("section", { class: "preview", "aria-labelledby": "preview-title" },
			el("h2", { id: "preview-title" }, "Preview"),
			el("div", { class: "controls" },
				Object.entries(choices).map(([name, [legend, options]]) =>
					choice(legend, name, options, this.#settings[name], set(name)))),
			el("p", { class: "note" }, this.#note, " ", this.#now), this.#stage);
		new ResizeObserver(() => this.#fit()).observe(this.#stage);
	}

	// show renders the forms soon. Count chooses a plural form.
	show(at, forms, count) {
		const { domain, locale, id } = at;
		const changed = this.#request?.id !== id || this.#request?.locale !== locale;
		this.#request = { domain, locale, id, forms, count };
		if (changed) {
			this.#settings.now = false;
			this.#render();
		} else this.#soon();
	}

	async #render() {
		if (!this.#request) return;
		const { as, arguments: values, now } = this.#settings;
		try {
			const answer = await this.#answer({ ...this.#request, as, arguments: values, now });
			if (!answer) return;
			this.#say(answer);
			this.#frame.hidden = as !== "page";
			this.#text.hidden = as === "page";
			if (as === "page") this.#load(answer.url);
			else this.#plain(as, answer.body);
			this.#fit();
		} catch (err) {
			this.#say({ note: "" });
			this.#frame.hidden = true;
			this.#text.hidden = false;
			this.#text.textContent = err.message;
		}
	}

	// say says above the preview what it shows.
	#say({ note, waiting }) {
		if (this.#note.textContent !== note) this.#note.textContent = note;
		this.#now.hidden = !waiting;
		this.#now.textContent = this.#settings.now ? "Show it translated" : "Show what they get now";
	}

	#plain(as, body) {
		this.#text.textContent = body;
		this.#text.dir = as === "json" ? "ltr" : "auto";
	}

	#newFrame() {
		return el("iframe", {
			title: "The page as readers see it", sandbox: true, referrerpolicy: "no-referrer",
		});
	}

	// load loads the page into a second frame behind the first, so that nothing flashes.
	#load(url) {
		const next = this.#newFrame();
		const former = this.#frame;
		next.classList.add("loading");
		next.addEventListener("load", () => {
			next.classList.remove("loading");
			for (const frame of [...this.#stage.querySelectorAll("iframe")])
				if (frame !== this.#frame) frame.remove();
		});
		next.src = url;
		this.#frame = next;
		former.after(next);
		this.#fit();
	}

	#fit() {
		const { width, scheme } = this.#settings;
		this.#stage.dataset.scheme = scheme;
		const room = this.#stage.clientWidth;
		if (room === 0) return;
		const scale = Math.min(1, room / widths[width]);
		for (const frame of this.#stage.querySelectorAll("iframe")) {
			frame.style.width = widths[width] + "px";
			frame.style.height = this.#stage.clientHeight / scale + "px";
			frame.style.left = Math.max(0, (room - widths[width]) / 2) + "px";
			frame.style.transform = `scale(${scale})`;
		}
	}
}
