package e2e_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// users are three users and what the shop shows them.
var users = []struct {
	name, accept, lang, dir string
	shop                    string // the home page's heading
	noItem, noItemDetail    string
	faults                  map[string]string // by field
}{
	{
		name: "English", accept: "en-GB,en;q=0.9", lang: "en", dir: "ltr", shop: "The sock shop",
		noItem:       "Item not found",
		noItemDetail: "We don’t have an item with the number 4711.",
		faults: map[string]string{
			"name":     "Enter your name.",
			"email":    "“kim@” doesn’t look like an email address.",
			"quantity": "Enter a quantity from 1 to 20.",
		},
	},
	{
		name: "German", accept: "de-CH,fr;q=0.9", lang: "de", dir: "ltr", shop: "Der Sockenladen",
		noItem:       "Artikel nicht gefunden",
		noItemDetail: "Wir führen keinen Artikel mit der Nummer 4711.",
		faults: map[string]string{
			"name":     "Füllen Sie das Feld „Name“ aus.",
			"quantity": "Geben Sie eine Menge von 1 bis 20 ein.",
		},
	},
	{
		name: "Arabic", accept: "ar-EG", lang: "ar", dir: "rtl", shop: "متجر الجوارب",
		noItem: "المنتج غير موجود", noItemDetail: "لا يوجد في المتجر منتج بالرقم ٤٧١١.",
		faults: map[string]string{
			"name":     "يُرجى ملء الحقل «الاسم».",
			"quantity": "يُرجى إدخال كمية من ١ إلى ٢٠.",
		},
	},
}

func TestShop(t *testing.T) {
	browser := openBrowser(t)
	shop := startShop(t)
	for _, user := range users {
		t.Run(user.name, func(t *testing.T) {
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

			do(t, ctx, acceptLanguage(user.accept), chromedp.Navigate(shop+"/"))
			checkPage(user.lang, user.dir)
			if got := text(t, ctx, ".brand"); got != user.shop {
				t.Errorf("name of the shop: %q, want %q", got, user.shop)
			}

			do(t, ctx, chromedp.Navigate(shop+"/items/4711"))
			checkPage(user.lang, user.dir)
			if got := text(t, ctx, "h1"); got != user.noItem {
				t.Errorf("heading of the error page: %q, want %q", got, user.noItem)
			}
			if got := text(t, ctx, "main p"); got != user.noItemDetail {
				t.Errorf("detail on the error page: %q, want %q", got, user.noItemDetail)
			}

			do(t, ctx,
				chromedp.Navigate(shop+"/order"),
				chromedp.SendKeys(chromedp.CSS("#email"), "kim@"),
				chromedp.SendKeys(chromedp.CSS("#quantity"), "a lot"),
				chromedp.Submit(chromedp.CSS("#order")),
				chromedp.WaitVisible(chromedp.CSS("#problem:focus")),
			)
			checkPage(user.lang, user.dir)
			for field, want := range user.faults {
				if got := text(t, ctx, "#"+field+"-error .error"); got != want {
					t.Errorf("error of the field %s: %q, want %q", field, got, want)
				}
				if got := attribute(t, ctx, "#"+field, "aria-describedby"); got != field+"-error" {
					t.Errorf("aria-describedby of the field %s: %q", field, got)
				}
			}
			do(t, ctx, chromedp.Click(chromedp.CSS(`#problem a[href="#quantity"]`)))
			if got := get(t, ctx, chromedp.Evaluate[string](`document.activeElement.id`)); got != "quantity" {
				t.Errorf("the link in the summary leads to %q", got)
			}
			if got := value(t, ctx, "#email") + "|" + value(t, ctx, "#quantity"); got != "kim@|a lot" {
				t.Errorf("the form kept %q, want what was typed", got)
			}

			do(t, ctx, chromedp.Navigate(shop+"/checkout"))
			listed := get(t, ctx, chromedp.Evaluate[int](`document.querySelectorAll("main ul:not(.links) > li").length`))
			if listed != 4 {
				t.Errorf("the checkout lists %d errors, want 4", listed)
			}
		})
	}
}

// TestShopPhotoTooLarge sends what the upload form sends for a file of 100 kB.
func TestShopPhotoTooLarge(t *testing.T) {
	ctx := openBrowser(t)
	shop := startShop(t)
	do(t, ctx, acceptLanguage("de"), chromedp.Navigate(shop+"/"))
	answer := get(t, ctx, chromedp.Evaluate[string](`(async () => {
		const form = new FormData();
		form.append("photo", new Blob([new Uint8Array(100000)]), "socks.jpg");
		const response = await fetch("/photo", { method: "POST", body: form });
		return response.status + " " + await response.text();
	})()`, chromedp.EvalAwaitPromise))
	if !strings.HasPrefix(answer, "413 ") || !strings.Contains(answer, "64\u00a0kB") {
		t.Errorf("got %q, want 413 and the limit of 64 kB", answer)
	}
}

// TestShopLanguageSwitch checks that a choice is kept in a cookie and overrides Accept-Language.
func TestShopLanguageSwitch(t *testing.T) {
	ctx := openBrowser(t)
	shop := startShop(t)
	do(t, ctx,
		acceptLanguage("de"),
		chromedp.Navigate(shop+"/"),
		chromedp.Click(chromedp.CSS(`button[value="ar"]`)),
		chromedp.WaitVisible(chromedp.CSS(`html[lang="ar"]`)),
		chromedp.Navigate(shop+"/items/4711"),
	)
	if got := text(t, ctx, "h1"); got != "المنتج غير موجود" {
		t.Errorf("heading of the error page after choosing Arabic: %q", got)
	}
}

// TestShopPanic checks that the text of a panic is not on the page.
func TestShopPanic(t *testing.T) {
	ctx := openBrowser(t)
	shop := startShop(t)
	do(t, ctx, acceptLanguage("en"), chromedp.Navigate(shop+"/panic"))
	if got := text(t, ctx, "body"); got == "" || strings.Contains(got, "index out of range") {
		t.Errorf("page after a panic: %q", got)
	}
}
