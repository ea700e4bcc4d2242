package e2e_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// readers are three readers and what the shop shows them.
var readers = []struct {
	name, accept, lang, dir string
	shop                    string // the home page's heading
	noItem, noItemDetail    string
	faults                  map[string]string // by field
}{
	{
		name: "English", accept: "en-GB,en;q=0.9", lang: "en", dir: "ltr", shop: "The sock shop",
		noItem: "No such item", noItemDetail: "The shop has no item with the number 4711.",
		faults: map[string]string{
			"name":     "Please fill in this field: name.",
			"email":    "“kim@” does not look like an e-mail address.",
			"quantity": "The quantity can be from 1 to 20.",
		},
	},
	{
		name: "German", accept: "de-CH,fr;q=0.9", lang: "de", dir: "ltr", shop: "Der Sockenladen",
		noItem:       "Artikel nicht gefunden",
		noItemDetail: "Der Laden hat keinen Artikel mit der Nummer 4711.",
		faults: map[string]string{
			"name":     "Bitte füllen Sie dieses Feld aus: Name.",
			"quantity": "Die Menge kann von 1 bis 20 reichen.",
		},
	},
	{
		name: "Arabic", accept: "ar-EG", lang: "ar", dir: "rtl", shop: "متجر الجوارب",
		noItem: "المنتج غير موجود", noItemDetail: "لا يوجد في المتجر منتج بالرقم ٤٧١١.",
		faults: map[string]string{
			"name":     "يُرجى ملء هذا الحقل: الاسم.",
			"quantity": "يمكن أن تكون الكمية من ١ إلى ٢٠.",
		},
	},
}

func TestShop(t *testing.T) {
	browser := openBrowser(t)
	shop := openShop(t)
	for _, reader := range readers {
		t.Run(reader.name, func(t *testing.T) {
			ctx, cancel := chromedp.NewContext(browser)
			defer cancel()
			checkPage := func(lang, dir string) {
				t.Helper()
				if got := attribute(t, ctx, "html", "lang"); got != lang {
					t.Errorf("lang = %q, want %q", got, lang)
				}
				if got := attribute(t, ctx, "html", "dir"); got != dir {
					t.Errorf("dir = %q, want %q", got, dir)
				}
			}

			do(t, ctx, accept(reader.accept), chromedp.Navigate(shop+"/"))
			look(t, ctx, reader.name+"-home")
			checkPage(reader.lang, reader.dir)
			if got := text(t, ctx, "h1"); got != reader.shop {
				t.Errorf("home page is headed %q, want %q", got, reader.shop)
			}

			do(t, ctx, chromedp.Navigate(shop+"/items/4711"))
			look(t, ctx, reader.name+"-no-item")
			checkPage(reader.lang, reader.dir)
			if got := text(t, ctx, "h1"); got != reader.noItem {
				t.Errorf("error page is headed %q, want %q", got, reader.noItem)
			}
			if got := text(t, ctx, "main p"); got != reader.noItemDetail {
				t.Errorf("error page says %q, want %q", got, reader.noItemDetail)
			}

			do(t, ctx,
				chromedp.Navigate(shop+"/"),
				chromedp.SendKeys(chromedp.CSS("#email"), "kim@"),
				chromedp.SendKeys(chromedp.CSS("#quantity"), "a lot"),
				chromedp.Submit(chromedp.CSS("#order")),
				chromedp.WaitVisible(chromedp.CSS("#problem")),
			)
			look(t, ctx, reader.name+"-form")
			checkPage(reader.lang, reader.dir)
			for field, want := range reader.faults {
				if got := text(t, ctx, "#"+field+"-fault"); got != want {
					t.Errorf("beside the field %s stands %q, want %q", field, got, want)
				}
				if got := attribute(t, ctx, "#"+field, "aria-describedby"); got != field+"-fault" {
					t.Errorf("the field %s is described by %q", field, got)
				}
			}
			if got := value(t, ctx, "#email") + "|" + value(t, ctx, "#quantity"); got != "kim@|a lot" {
				t.Errorf("the form has kept %q, want what was typed", got)
			}

			do(t, ctx, chromedp.Navigate(shop+"/checkout"))
			look(t, ctx, reader.name+"-checkout")
			faults := ask(t, ctx, chromedp.Evaluate[int](`document.querySelectorAll("main li").length`))
			if faults != 4 {
				t.Errorf("the checkout lists %d faults, want 4", faults)
			}
		})
	}
}

// TestShopPhotoTooLarge sends what the upload form sends for a file of 100 kB.
func TestShopPhotoTooLarge(t *testing.T) {
	ctx := openBrowser(t)
	shop := openShop(t)
	do(t, ctx, accept("de"), chromedp.Navigate(shop+"/"))
	answer := ask(t, ctx, chromedp.Evaluate[string](`(async () => {
		const form = new FormData();
		form.append("photo", new Blob([new Uint8Array(100000)]), "socks.jpg");
		const response = await fetch("/photo", { method: "POST", body: form });
		return response.status + " " + await response.text();
	})()`, chromedp.EvalAwaitPromise))
	if !strings.HasPrefix(answer, "413 ") || !strings.Contains(answer, "64 kB") {
		t.Errorf("the upload is answered with %q, want 413 and the limit of 64 kB", answer)
	}
}

// TestShopLanguageSwitch checks that a choice is kept in a cookie and wins over the browser's
// languages.
func TestShopLanguageSwitch(t *testing.T) {
	ctx := openBrowser(t)
	shop := openShop(t)
	do(t, ctx,
		accept("de"),
		chromedp.Navigate(shop+"/"),
		chromedp.Click(chromedp.CSS(`button[value="ar"]`)),
		chromedp.WaitVisible(chromedp.CSS(`html[lang="ar"]`)),
		chromedp.Navigate(shop+"/items/4711"),
	)
	if got := text(t, ctx, "h1"); got != "المنتج غير موجود" {
		t.Errorf("after the choice of Arabic the error page is headed %q", got)
	}
}

// TestShopPanic checks that the message of a panic is not on the page.
func TestShopPanic(t *testing.T) {
	ctx := openBrowser(t)
	shop := openShop(t)
	do(t, ctx, accept("en"), chromedp.Navigate(shop+"/panic"))
	look(t, ctx, "panic")
	if got := text(t, ctx, "body"); got == "" || strings.Contains(got, "index out of range") {
		t.Errorf("after a panic the page says %q", got)
	}
}
