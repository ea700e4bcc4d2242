package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// exchanged are the domains whose texts are exported, in each language that they have. All others are
// in the long form of the tests.
type exchanged struct{ name, dir, domain, languages string }

func exchangedDomains(t *testing.T) []exchanged {
	t.Helper()
	repository := filepath.Join("..", "..")
	all := []exchanged{
		{"every state", shopInEveryState(t), "shop", "de pl"},
		{"standard codes", repository, "standard", "ar"},
	}
	if long() {
		all[1].languages = languagesIn(t, repository, "locales")
		all = append(all,
			exchanged{"sentences for validators", repository, "rules",
				languagesIn(t, repository, "catalog", "rules", "locales")},
			exchanged{"a shop", repository, "shop", languagesIn(t, repository, "examples", "shop", "locales")})
	}
	return all
}

// languagesIn returns the languages of a folder's locale files, without English.
func languagesIn(t *testing.T, folder ...string) string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(append(folder, "*.toml")...))
	if err != nil || len(names) < 3 {
		t.Fatalf("locale files %v, %v", names, err)
	}
	var languages []string
	for _, name := range names {
		if language := strings.TrimSuffix(filepath.Base(name), ".toml"); language != "en" {
			languages = append(languages, language)
		}
	}
	return strings.Join(languages, " ")
}

// export writes the texts of a language to a file and returns its name.
func (e exchanged) export(t *testing.T, language, format, extension string) string {
	t.Helper()
	r := runIn(t, e.dir, "export", "--lang", language, "--format", format, "--domain", e.domain)
	if r.code == exitFailure || r.stdout == "" { // Findings about the repository do not matter here.
		t.Fatalf("export: %d\n%s", r.code, r.stderr)
	}
	name := filepath.Join(t.TempDir(), language+extension)
	write(t, r.stdout, name)
	return name
}

// python is Debian's, for which its package translate-toolkit installs a library.
const python = "/usr/bin/python3"

// TestExchange exports the texts of every language, has another program load and save the file, and
// imports it: nothing changes.
//
// The npm packages gettext-parser and xliff are in the folder that ERRLINGO_EXCHANGE names; .ci/tools
// installs all programs.
func TestExchange(t *testing.T) {
	domains := exchangedDomains(t)
	const (
		gettext = "command -v msgmerge"
		toolkit = python + " -c 'import translate'"
		npm     = `test -n "$ERRLINGO_EXCHANGE"`
	)
	shell := func(line string) []string { return []string{"sh", "-c", line} }
	programs := []struct {
		name, format, extension string
		needs                   string   // a command that succeeds if the program is there
		command                 []string // the file's name follows
	}{
		{"no program, PO", "po", ".po", "", nil},
		{"no program, XLIFF 1.2", "xliff", ".xlf", "", nil},
		{"no program, XLIFF 2.0", "xliff2", ".xlf", "", nil},
		{"no program, CSV", "csv", ".csv", "", nil},
		{"msgmerge", "po", ".po", gettext, shell(`msgmerge --quiet --previous -o "$0.new" "$0" "$0" && mv "$0.new" "$0"`)},
		{"msgattrib", "po", ".po", gettext, shell(`msgattrib -o "$0.new" "$0" && mv "$0.new" "$0"`)},
		{"translate-toolkit, PO", "po", ".po", toolkit, []string{python, "testdata/exchange.py", "po"}},
		{"translate-toolkit, XLIFF", "xliff", ".xlf", toolkit, []string{python, "testdata/exchange.py", "xliff"}},
		{"gettext-parser", "po", ".po", npm, []string{"node", "testdata/exchange.mjs", "gettext-parser"}},
		{"xliff 1.2", "xliff", ".xlf", npm, []string{"node", "testdata/exchange.mjs", "xliff"}},
		{"xliff 2.0", "xliff2", ".xlf", npm, []string{"node", "testdata/exchange.mjs", "xliff2"}},
		{"gnumeric", "csv", ".csv", "command -v ssconvert", shell(`ssconvert "$0" "$0.new.csv" && mv "$0.new.csv" "$0"`)},
		{"CSV with semicolons", "csv", ".csv", python + " --version", []string{python, "testdata/exchange.py", "csv"}},
	}
	for _, program := range programs {
		t.Run(program.name, func(t *testing.T) {
			t.Parallel()
			needs(t, program.needs)
			for _, domain := range domains {
				for language := range strings.FieldsSeq(domain.languages) {
					file := domain.export(t, language, program.format, program.extension)
					if program.command != nil {
						command := append(program.command[1:len(program.command):len(program.command)], file)
						if out, err := exec.Command(program.command[0], command...).CombinedOutput(); err != nil {
							t.Fatalf("%v\n%s", err, out)
						}
					}
					r := runIn(t, domain.dir, "import", "--diff", "--domain", domain.domain, file)
					if r.code == exitFailure || r.stdout != "" || strings.Contains(r.stderr, file) {
						t.Errorf("%s, %s: exit code %d, and changes:\n%s%s", domain.name, language, r.code, r.stdout, r.stderr)
					}
				}
			}
		})
	}
}

// needs skips the test unless the shell command succeeds.
func needs(t *testing.T, command string) {
	t.Helper()
	if out, err := exec.Command("sh", "-c", command).CombinedOutput(); err != nil {
		t.Skipf("skipped, since %q fails: %v %s", command, err, out)
	}
}

// TestExchangeIsValid has the formats' own validators look at what is exported: msgfmt, and the
// schemas of XLIFF in Debian's package php-symfony-translation.
func TestExchangeIsValid(t *testing.T) {
	domains := exchangedDomains(t)
	const schemas = "/usr/share/php/Symfony/Component/Translation/Resources/schemas"
	tests := []struct {
		name, format, extension, needs string
		command                        string
	}{
		{"PO", "po", ".po", "command -v msgfmt", `msgfmt --check -o /dev/null "$0"`},
		{"XLIFF 1.2", "xliff", ".xlf", "command -v xmllint && test -d " + schemas, `xmllint --nonet --noout --schema "$1/1.2.xsd" "$0"`},
		{"XLIFF 2.0", "xliff2", ".xlf", "command -v xmllint && test -d " + schemas, `xmllint --nonet --noout --schema "$1/2.0.xsd" "$0"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			needs(t, test.needs)
			dir := t.TempDir()
			for from, to := range map[string]string{"xliff-core-1.2-strict.xsd": "1.2.xsd", "xliff-core-2.0.xsd": "2.0.xsd"} {
				if test.format == "po" {
					break
				}
				schema := read(t, schemas, from)
				for _, place := range []string{"http://www.w3.org/2001/xml.xsd", "informativeCopiesOf3rdPartySchemas/w3c/xml.xsd"} {
					schema = strings.ReplaceAll(schema, `"`+place+`"`, `"`+schemas+`/xml.xsd"`)
				}
				write(t, schema, dir, to)
			}
			for _, domain := range domains {
				for language := range strings.FieldsSeq(domain.languages) {
					file := domain.export(t, language, test.format, test.extension)
					if out, err := exec.Command("sh", "-c", test.command, file, dir).CombinedOutput(); err != nil {
						t.Errorf("%s, %s: %v\n%s", domain.name, language, err, out)
					}
				}
			}
		})
	}
}

// TestHostileImport imports files that were made to do harm. Each is refused with a place, soon, and
// nothing is written.
func TestHostileImport(t *testing.T) {
	t.Parallel()
	dir := shop(t)
	mustRun(t, dir)
	mustRun(t, dir, "add", "de")
	before := files(t, dir)
	million := 100_000 // in the short form
	if long() {
		million = 1_000_000
	}
	var entities strings.Builder
	entities.WriteString("<?xml version=\"1.0\"?>\n<!DOCTYPE x [\n<!ENTITY a0 \"ha\">\n")
	for i := 1; entities.Len() < 10*million; i++ {
		fmt.Fprintf(&entities, "<!ENTITY a%d \"&a%d;&a%d;\">\n", i, i-1, i-1)
	}
	const head = `<xliff version="1.2"><file source-language="en" target-language="de"><body>`
	const poHead = "msgid \"\"\nmsgstr \"Language: de\\n\"\n\n"
	entities.WriteString("]>\n" + head + "&a100000;")
	tests := []struct{ name, file, src, want string }{
		{"entities", "a.xlf", entities.String(), "a.xlf:2:1: a document type is not allowed"},
		{"deep elements", "a.xlf", head + strings.Repeat("<group>", million), "elements are nested more than 100 deep"},
		{"deep markup", "a.xlf", head + "<trans-unit id=\"OUT_OF_STOCK.title\"><target>" + strings.Repeat("<g>", million), "elements are nested more than 100 deep"},
		{"one line", "a.xlf", head + strings.Repeat("<trans-unit id=\"A.title\"/>", million/3), "A.title is in the file twice"},
		{"one attribute after the other", "a.xlf", head + "<trans-unit " + strings.Repeat(`a="b" `, million), "a.xlf:1:"},
		{"many lines of one text", "a.po", poHead + "msgctxt \"OUT_OF_STOCK.title\"\nmsgid \"\"\n" + strings.Repeat("\"a\"\n", 2*million), "a.po:65542:1: the text has more than 65536 bytes"},
		{"many entries", "a.po", poHead + strings.Repeat("msgctxt \"A.title\"\nmsgid \"a\"\nmsgstr \"b\"\n\n", 300_000), "the file has more than 200000 texts"},
		{"deep plural forms", "a.po", "msgid \"\"\nmsgstr \"Plural-Forms: nplurals=2; plural=" + strings.Repeat("(", 60_000) + "\"\n", "a.po:1:1: Plural-Forms: the expression is too long"},
		{"many rows", "a.csv", "id,target\n" + strings.Repeat("A.title,b\n", million), "a.csv:3:1: A.title is in the file twice"},
		{"an endless cell", "a.csv", "id,target\nA.title,\"" + strings.Repeat("b\n", 5*million), "a.csv:"},
		{"many tables", "a.toml", strings.Repeat("[[a]]\n", million), "a.toml:"},
		{"too large", "a.csv", strings.Repeat("a", 33<<20), "a.csv: "},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			write(t, test.src, dir, test.file)
			began := time.Now()
			r := runIn(t, dir, "import", "--lang", "de", test.file)
			t.Logf("%v for %d bytes", time.Since(began).Round(time.Millisecond), len(test.src))
			if r.code != exitFailure || !strings.Contains(r.stderr, test.want) || len(r.stderr) > 100_000 {
				t.Errorf("exit code %d, %s%.500s\nwant %s", r.code, r.stdout, r.stderr, test.want)
			}
			for name, text := range files(t, dir) {
				if before[name] != text {
					t.Errorf("%s was written", name)
				}
			}
			if err := os.Remove(filepath.Join(dir, test.file)); err != nil {
				t.Fatal(err)
			}
		})
	}
}
