package pack_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/catalog/rules"
	"github.com/errlingo/errlingo/fleet/internal/pack"
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/texttable"
	"github.com/errlingo/errlingo/locales"
)

// shop is a domain with a text of each sort. Changes are made to it before it is returned.
func shop(changes ...func(*model.Domain)) *model.Domain {
	d := &model.Domain{
		Name: "shop", Source: language.English,
		Codes: []model.Code{
			{
				Number: 1201, Name: "OUT_OF_STOCK", HTTP: 409,
				Signature: model.Signature{Count: "Left", Params: []model.Param{
					{Name: "Item", Kind: "string", FormerNames: []string{"Thing"}},
					{Name: "Left", Kind: "int"},
				}},
				Texts: [model.NumParts]model.Text{
					model.Title: text("Out of stock"),
					model.Detail: {Forms: [plural.NumCategories]string{
						plural.One:   "Only one {{.Item}} is left.",
						plural.Other: "Only {{.Left}} pieces of {{.Item}} are left.",
					}},
					model.Help: text("Choose a smaller quantity."),
				},
			},
			{Number: 1202, Name: "CLOSED", Texts: [model.NumParts]model.Text{model.Title: text("Closed")}},
		},
		Phrases: []model.Phrase{{
			Name: "hello", Text: text("Hello {{.Name}}"),
			Signature: model.Signature{Params: []model.Param{{Name: "Name", Kind: "string"}}},
		}},
		Labels: []model.Label{{Name: "email", Text: text("e-mail address")}},
	}
	for _, change := range changes {
		change(d)
	}
	return d
}

func text(other string) model.Text {
	var t model.Text
	t.Forms[plural.Other] = other
	return t
}

// files returns a file system with one file, whose name and text alternate.
func files(namesAndTexts ...string) fstest.MapFS {
	all := fstest.MapFS{}
	for pair := range slices.Chunk(namesAndTexts, 2) {
		all[pair[0]] = &fstest.MapFile{Data: []byte(pair[1])}
	}
	return all
}

func newPack(t testing.TB, d *model.Domain, files fs.FS) *pack.Pack {
	t.Helper()
	p, err := pack.New(d, files)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// textsOf returns the forms of a file system's texts that readers can see, as "de NAME.part.form".
func textsOf(t testing.TB, files fs.FS) map[string]string {
	t.Helper()
	names, err := localefile.Find(files)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, name := range names {
		tag, fault := localefile.TagOf(name)
		if fault != nil {
			t.Fatal(fault)
		}
		src, err := localefile.ReadFile(files, name)
		if err != nil {
			t.Fatal(err)
		}
		f, syntax, texts := localefile.Read(name, tag, src)
		if err := append(syntax, texts...).Err(); err != nil {
			t.Fatal(err)
		}
		for _, e := range f.Entries {
			for c, form := range e.Forms {
				if strings.TrimSpace(form.Text) != "" {
					all[fmt.Sprintf("%v %v.%v", tag, e.ID, plural.Category(c))] = form.Text
				}
			}
		}
	}
	return all
}

func unpacked(t testing.TB, data []byte) string {
	t.Helper()
	zip, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(zip)
	if err != nil {
		t.Fatal(err)
	}
	return string(all)
}

func TestNew(t *testing.T) {
	tests := []struct {
		name string
		file string // de.toml
		want string
	}{
		{"a table", "[CLOSED.title]\nother = \"Zu\"\n", "[CLOSED.title]\nother=\"Zu\"\n"},
		{"an empty file, which still adds a language", "# Nichts\n", ""},
		{"other shapes", "CLOSED = { title = 'Zu' }\n[labels]\nemail = \"\"\"\nE-Mail\"\"\"\n",
			"[CLOSED.title]\nother=\"Zu\"\n[labels.email]\nother=\"E-Mail\"\n"},
		{"comments, fields, empty and blank forms",
			"# a\n#. b\n[CLOSED.title] # c\n#, review\n#| en: \"Shut\"\nhash = \"x\"\none = \"\"\nfew = \" \"\nother = \"Zu\" # d\n[CLOSED.help]\nother = \"\"\n",
			"[CLOSED.title]\nother=\"Zu\"\n"},
		{"order of tables and forms",
			"[OUT_OF_STOCK.title]\nother = \"Weg\"\n[CLOSED.title]\nother = \"Zu\"\n[OUT_OF_STOCK.detail]\nother = \"{{.Left}} {{.Item}}\"\none = \"Ein {{.Item}}\"\n",
			"[CLOSED.title]\nother=\"Zu\"\n[OUT_OF_STOCK.detail]\none=\"Ein {{.Item}}\"\nother=\"{{.Left}} {{.Item}}\"\n[OUT_OF_STOCK.title]\nother=\"Weg\"\n"},
		{"characters that can't be seen", "[CLOSED.title]\nother = \"a\u00a0\\\"b\\u0007\\n\"\n",
			"[CLOSED.title]\nother=\"a\\u00A0\\\"b\\u0007\\n\"\n"},
		{"odd names", "[\"A B\".\"\"]\nother = \"x\"\n", "[\"A B\".\"\"]\nother=\"x\"\n"},
		{"what excuses an error", "# lint: allow same-as-source missing-placeholder, blank\n[phrases.hello]\n#, stale\nother = \"Hallo\"\n",
			"[phrases.hello]\n# lint: allow missing-placeholder blank\n#, stale\nother=\"Hallo\"\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := newPack(t, shop(), files("de.toml", test.file))
			got := unpacked(t, p.Encode())
			want := fmt.Sprintf("errlingo pack 1\ndomain shop\nfingerprint %s\nfile de.toml %d\n%s",
				pack.Fingerprint(shop()), len(test.want), test.want)
			if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			again := newPack(t, shop(), p.FS())
			if !bytes.Equal(again.Encode(), p.Encode()) {
				t.Errorf("packed once more, it is\n%s", unpacked(t, again.Encode()))
			}
		})
	}
}

func TestNewRefuses(t *testing.T) {
	const title = "[CLOSED.title]\nother = %q\n"
	tests := []struct {
		name  string
		files fs.FS
		want  []string // in the error
	}{
		{"no file", files("readme.md", ""), []string{`domain "shop" has no locale file here`}},
		{"no folder", os.DirFS(filepath.Join(t.TempDir(), "none")), []string{"cannot be read"}},
		{"a name that is not a language", files("german.toml", ""), []string{`"german" is not a language tag`, "name the file after its language"}},
		{"a name that Weblate uses", files("pt_BR.toml", ""), []string{"rename the file to pt-BR.toml"}},
		{"not TOML", files("de.toml", "x = "), []string{"de.toml:1:"}},
		{"not UTF-8", files("de.toml", "[CLOSED.title]\nother = \"\xff\"\n"), []string{"de.toml:2:", "UTF-8"}},
		{"an unresolved conflict", files("de.toml", "<<<<<<< ours\n"), []string{"merge conflict"}},
		{"a huge text", files("de.toml", fmt.Sprintf(title, strings.Repeat("a", 70_000))), []string{"65536 bytes"}},
		{"a huge file", files("de.toml", strings.Repeat("#\n", 5<<20)), []string{"8388608 bytes"}},
		{"a form of no category", files("de.toml", "[CLOSED.title]\nohter = \"Zu\"\n"), []string{"did you mean other?"}},
		{"a text twice", files("de.toml", "[CLOSED.title]\nother = \"Zu\"\n[\"CLOSED.title\"]\nother = \"Aus\"\n"), []string{"is in the file twice"}},
		{"two files", files("de.toml", "x = ", "fr.toml", "y = "), []string{"de.toml:1:", "fr.toml:1:"}},
		{"too large when written anew", files("de.toml", escaped(60)), []string{"divide the domain in two"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := pack.New(shop(), test.files)
			expectError(t, err, test.want...)
		})
	}
}

// escaped returns a file with texts of no-break spaces, each of which takes two bytes here and six
// in a pack.
func escaped(texts int) string {
	var b strings.Builder
	for i := range texts {
		fmt.Fprintf(&b, "[C%d.title]\nother = \"a%s\"\n", i, strings.Repeat("\u00a0", 30_000))
	}
	return b.String()
}

func expectError(t *testing.T, err error, want ...string) {
	t.Helper()
	if err == nil {
		t.Fatal("no error")
	}
	for _, part := range want {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("the error is\n%v\nwant %q in it", err, part)
		}
	}
}

// A pack depends on what readers see and on nothing else.
func TestDeterministic(t *testing.T) {
	const german, english = "[CLOSED.title]\nother = \"Zu\"\n[labels.email]\nother = \"E-Mail\"\n", "[CLOSED.title]\nother = \"Closed\"\n"
	base := newPack(t, shop(), files("de.toml", german, "en.toml", english)).Encode()
	old := files("de.toml", german, "en.toml", english)
	old["de.toml"].ModTime, old["de.toml"].Mode = time.Unix(1, 0), 0o600
	tests := []struct {
		name  string
		files fs.FS
		same  bool
	}{
		{"once more", files("en.toml", english, "de.toml", german), true},
		{"another time", old, true},
		{"the folder locales", files("locales/de.toml", german, "locales/en.toml", english, "fr.toml", ""), true},
		{"files beside them", files("de.toml", german, "en.toml", english, "codes.lock", "x", "_state/de.lock", "y", ".x.toml", "z"), true},
		{"comments", files("de.toml", "# Anrede: Sie\n\n"+strings.ReplaceAll(german, "]\n", "]\n#. en: \"x\"\n#, review\n"), "en.toml", english), true},
		{"order of tables", files("de.toml", "[labels.email]\nother = \"E-Mail\"\n[CLOSED.title]\nother = \"Zu\"\n", "en.toml", english), true},
		{"line ends and a byte order mark", files("de.toml", "\ufeff"+strings.ReplaceAll(german, "\n", "\r\n"), "en.toml", english), true},
		{"quotes", files("de.toml", strings.ReplaceAll(german, `"`, "'"), "en.toml", english), true},
		{"a text", files("de.toml", strings.Replace(german, "Zu", "Aus", 1), "en.toml", english), false},
		{"a language", files("de.toml", german), false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := newPack(t, shop(), test.files).Encode()
			if same := bytes.Equal(got, base); same != test.same {
				t.Errorf("same: %t, want %t\n%s", same, test.same, unpacked(t, got))
			}
		})
	}
}

// All texts of this repository are the same in a pack.
func TestSameTexts(t *testing.T) {
	for _, dir := range []string{"locales", "catalog/rules", "examples/shop", "examples/booking"} {
		t.Run(dir, func(t *testing.T) {
			folder := os.DirFS(filepath.Join("../../..", filepath.FromSlash(dir)))
			p, err := pack.Read(newPack(t, shop(), folder).Encode())
			if err != nil {
				t.Fatal(err)
			}
			got, want := textsOf(t, p.FS()), textsOf(t, folder)
			if len(want) < 100 || !maps.Equal(got, want) {
				t.Errorf("%d texts, want %d", len(got), len(want))
			}
		})
	}
}

// Readers of packed texts see the same as readers of the files, character for character.
func TestReadersSeeTheSame(t *testing.T) {
	of := func(d any, files fs.FS) fs.FS {
		p := newPack(t, access.Model(d), files)
		fit, left, err := p.For(access.Model(d))
		if err != nil || len(left) > 0 {
			t.Fatal(err, left)
		}
		return fit.FS()
	}
	bundle, err := errlingo.Load(errlingo.Options{Strict: true, Sources: []errlingo.Source{
		{Domain: codes.Domain, FS: of(codes.Domain, locales.FS)},
		{Domain: rules.Domain, FS: of(rules.Domain, rules.Locales)},
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir("../../../locales")
	texttable.Check(t, bundle, codes.Domain, false)
	t.Chdir("../catalog/rules")
	texttable.Check(t, bundle, rules.Domain, false)
}

func TestFS(t *testing.T) {
	p := newPack(t, shop(), files("de.toml", "[CLOSED.title]\nother = \"Zu\"\n", "pt-BR.toml", ""))
	if err := fstest.TestFS(p.FS(), "de.toml", "pt-BR.toml"); err != nil {
		t.Error(err)
	}
	if got := fmt.Sprint(p.Locales()); got != "[de pt-BR]" {
		t.Errorf("locales %s", got)
	}
}

func TestDigest(t *testing.T) {
	d := pack.Of([]byte("abc"))
	const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" // FIPS 180-4
	if d.String() != abc {
		t.Errorf("got %v, want %s", d, abc)
	}
	if got, err := pack.ParseDigest(abc); got != d || err != nil {
		t.Errorf("parsed, it is %v, %v", got, err)
	}
	for _, bad := range []string{"", "ab", strings.ToUpper(abc), abc + "00", abc[:62], strings.Repeat("x", 64)} {
		if got, err := pack.ParseDigest(bad); err == nil || got != (pack.Digest{}) {
			t.Errorf("%q is taken for %v, %v", bad, got, err)
		}
	}
}
