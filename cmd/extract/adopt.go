package main

import (
	"cmp"
	"context"
	"crypto/sha1"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/atomicfile"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/goi18n"
	"github.com/errlingo/errlingo/internal/pattern"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/report"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// ruleAdopt is the rule of a message that cannot be taken over.
var ruleAdopt = diag.Rule{ID: "adopt", Severity: diag.Warning,
	Doc: "a message of go-i18n cannot be taken over as it is"}

// mappingName is the name of the file that says what becomes of each message.
const mappingName = "adopt.toml"

func (a *app) adoptCommand() *cobra.Command {
	var into, source string
	cmd := &cobra.Command{
		Use:   "adopt folder or files",
		Short: "Take over the messages of a project that uses go-i18n",
		Long: `Adopt reads the message files of go-i18n v2: TOML, JSON or YAML, such as
active.de.toml. The first run writes adopt.toml, which proposes for each message a code
with its number and part, or a phrase. Edit it and run adopt again: it prints the
declarations in Go, and writes the translations into the folder locales. Put the
declarations into your package and run extract.

A translation whose hash doesn't fit the source text is to be reviewed. Messages that
can't be taken over, such as those with functions, are reported. Adopt never changes a
file that exists, but adds new messages to adopt.toml.`,
		Example: `  extract adopt i18n --into shop
  extract adopt i18n --into shop > shop/texts.go`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.adoptFiles(cmd.Context(), args, into, source)
		},
	}
	cmd.Flags().StringVar(&into, "into", ".",
		"the `folder` of the package that is to have the declarations")
	cmd.Flags().StringVar(&source, "source", "en", "the `language` of the source texts")
	a.domainFlag(cmd)
	return cmd
}

// adoption is what adopt knows about a project.
type adoption struct {
	source   language.Tag
	messages []*adopted
	byID     map[string]*adopted
	comments map[language.Tag][]string // of files, above no message
	findings diag.List
}

// adopted is a message with its translations.
type adopted struct {
	goi18n.Message
	counted      bool // some language has plural forms
	translations map[language.Tag]goi18n.Message
	target       target
}

// target is what becomes of a message: a part of a code, a phrase or a label. It is an entry of
// the mapping.
type target struct {
	Name   string
	Number int
	Part   string
	Phrase string
	Label  string
	Count  string // the placeholder that has the count
}

// id returns the ID of the text in a locale file.
func (t target) id() string {
	switch {
	case t.Phrase != "":
		return "phrases." + t.Phrase
	case t.Label != "":
		return "labels." + t.Label
	}
	return t.Name + "." + t.Part
}

func (a *app) adoptFiles(ctx context.Context, args []string, into, source string) error {
	tag, err := parseTag(source)
	if err != nil {
		return err
	}
	files, err := a.messageFiles(args)
	if err != nil {
		return err
	}
	ad := &adoption{source: tag, byID: map[string]*adopted{},
		comments: map[language.Tag][]string{}}
	ad.collect(files)
	defer func() {
		ad.findings.Sort()
		_ = report.Text(a.stderr, ad.findings)
	}()
	if len(ad.messages) == 0 {
		return fail(fmt.Sprintf("no messages in the source language, %v", tag),
			"name the folder of active.en.toml; for another language, add --source")
	}
	if err := atomicfile.Make(a.workDir(), filepath.ToSlash(into)); err != nil {
		return failFile(into, err, a.fileHint(err))
	}
	folder, err := atomicfile.Open(a.workDir(), filepath.ToSlash(into))
	if err != nil {
		return failFile(into, err, a.fileHint(err))
	}
	defer folder.Close()
	lock, err := folder.Lock(ctx)
	if err != nil {
		return failFile(into, err, a.fileHint(err))
	}
	defer func() { _ = lock.Release() }()
	name := filepath.ToSlash(filepath.Join(into, mappingName))
	old, err := folder.Read(mappingName, tomldoc.MaxSize)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return failFile(name, err, a.fileHint(err))
	}
	mapping, err := readMapping(name, old)
	if err != nil {
		return err
	}
	known := len(mapping)
	if added := ad.propose(mapping); added != "" {
		if err := folder.Replace(mappingName, old, append(slices.Clip(old), added...)); err != nil {
			return failFile(name, err, a.fileHint(err))
		}
		fmt.Fprintf(a.stderr, "%s: %s added; edit it and run adopt again\n", name,
			counted(len(ad.messages)-known, "message"))
		return nil
	}
	if err := ad.checkTargets(name, old).Err(); err != nil {
		return err
	}
	return a.moveTexts(ad, folder, into)
}

// messageFiles reads the files, and those in the folders.
func (a *app) messageFiles(args []string) ([]*goi18n.File, error) {
	var files []*goi18n.File
	var broken diag.List
	for _, arg := range args {
		root := arg
		if !filepath.IsAbs(root) {
			root = filepath.Join(a.workDir(), arg)
		}
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case entry.IsDir():
				if path != root && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "locales") {
					return fs.SkipDir
				}
				return nil
			case path != root && !goi18n.IsMessageFile(entry.Name()):
				return nil
			}
			src, err := atomicfile.ReadFile(path, goi18n.MaxSize)
			if err != nil {
				return err
			}
			f, findings := goi18n.Read(a.display(path), src)
			broken = append(broken, findings...)
			if f != nil {
				files = append(files, f)
			}
			return nil
		})
		if err != nil {
			return nil, failFile(arg, err, a.fileHint(err))
		}
	}
	return files, broken.Err()
}

// collect sorts the messages by language. Translations win over what was still to be translated.
func (ad *adoption) collect(files []*goi18n.File) {
	slices.SortStableFunc(files, func(x, y *goi18n.File) int {
		rank := func(f *goi18n.File) int {
			switch {
			case f.Language == ad.source && f.Active:
				return 0
			case f.Active:
				return 1
			}
			return 2
		}
		return cmp.Or(cmp.Compare(rank(x), rank(y)), strings.Compare(x.Name, y.Name))
	})
	for _, f := range files {
		ad.comments[f.Language] = append(ad.comments[f.Language], f.Comments...)
		for _, m := range f.Messages {
			if f.Language == ad.source {
				ad.addSource(f, m)
			} else {
				ad.addTranslation(f, m)
			}
		}
	}
}

func (ad *adoption) report(f *goi18n.File, m goi18n.Message, text, hint string) {
	ad.findings = append(ad.findings, ruleAdopt.At(f.Name, m.At,
		fmt.Sprintf("the message %q is not taken over: %s", m.ID, text), hint))
}

// readable reports what errlingo has nothing like.
func (ad *adoption) readable(f *goi18n.File, m goi18n.Message) bool {
	if m.LeftDelim != "" && m.LeftDelim != "{{" || m.RightDelim != "" && m.RightDelim != "}}" {
		ad.report(f, m, "it has delimiters of its own", "write its placeholders as {{.Name}}")
		return false
	}
	if m.Forms[plural.Other] == "" && m.Forms[plural.Many] == "" {
		ad.report(f, m, `it has no form "other"`, "add one")
		return false
	}
	for _, form := range m.Forms {
		if _, faults := pattern.Placeholders(form); len(faults) > 0 {
			ad.report(f, m, faults[0].Text, faults[0].Hint)
			return false
		}
	}
	return true
}

func (ad *adoption) addSource(f *goi18n.File, m goi18n.Message) {
	switch known := ad.byID[m.ID]; {
	case known != nil && f.Active:
		ad.report(f, m, "another file has it, too", "remove one of the two")
	case known == nil && ad.readable(f, m):
		if m.Forms[plural.Other] == "" {
			ad.report(f, m, `it has no form "other"`, "add one")
			return
		}
		one := &adopted{Message: m, counted: isPlural(m), translations: map[language.Tag]goi18n.Message{}}
		ad.byID[m.ID] = one
		ad.messages = append(ad.messages, one)
	}
}

func (ad *adoption) addTranslation(f *goi18n.File, m goi18n.Message) {
	source := ad.byID[m.ID]
	if source == nil {
		ad.report(f, m, "the source language does not have it", "add it there, or remove it here")
		return
	}
	if _, known := source.translations[f.Language]; known {
		if f.Active {
			ad.report(f, m, "another file has it, too", "remove one of the two")
		}
		return
	}
	if !f.Active && m.Forms[plural.Other] == source.Forms[plural.Other] || !ad.readable(f, m) {
		return // A copy of the source text is not a translation.
	}
	names := placeholders(source.Message)
	for _, name := range placeholders(m) {
		if !slices.Contains(names, name) {
			ad.report(f, m, fmt.Sprintf("the source text has no placeholder {{.%s}}", name), "fix it here")
			return
		}
	}
	source.counted = source.counted || isPlural(m)
	source.translations[f.Language] = m
}

// isPlural reports whether a message has other forms than "other".
func isPlural(m goi18n.Message) bool {
	m.Forms[plural.Other] = ""
	return m.Forms != [plural.NumCategories]string{}
}

// placeholders returns the names of the placeholders in a message, each once.
func placeholders(m goi18n.Message) []string {
	var names []string
	for _, form := range m.Forms {
		found, _ := pattern.Placeholders(form)
		for _, p := range found {
			if !slices.Contains(names, p.Name) {
				names = append(names, p.Name)
			}
		}
	}
	return names
}

// fits reports whether the hash beside a translation is that of the source text.
func (m *adopted) fits(translation goi18n.Message) bool {
	sum := sha1.Sum([]byte(m.Description + m.Forms[plural.Other]))
	return translation.Hash == "" || translation.Hash == fmt.Sprintf("sha1-%x", sum)
}

// readMapping reads what becomes of each message.
func readMapping(name string, src []byte) (map[string]target, error) {
	if _, findings := tomldoc.Parse(name, src); len(findings) > 0 {
		return nil, findings
	}
	mapping := map[string]target{}
	known, err := toml.Decode(string(src), &mapping)
	if err != nil {
		at := diag.Pos{}
		if wrong, ok := errors.AsType[toml.ParseError](err); ok {
			at.Line = wrong.Position.Line
		}
		return nil, ruleFailure.At(name, at, "not a mapping: "+err.Error(),
			"write a line for a message as adopt does")
	}
	if wrong := known.Undecoded(); len(wrong) > 0 {
		return nil, ruleFailure.At(name, diag.Pos{}, fmt.Sprintf("%q is not known", wrong[0].String()),
			"use name, number, part, phrase, label and count")
	}
	return mapping, nil
}

// firstNumber is the number of the first code that is proposed.
const firstNumber = 1001

const mappingHead = `# What becomes of each message: a part (title, detail or help) of a code with a name and a number,
# a phrase = "name", or a label = "name". count is the placeholder that chooses a plural form.
`

// propose sets the target of each message, and returns what the mapping lacks.
func (ad *adoption) propose(mapping map[string]target) string {
	var b strings.Builder
	next, taken := firstNumber, map[string]bool{}
	numbers := map[string]int{}
	for _, t := range mapping {
		next = max(next, t.Number+1)
		taken[t.id()] = true
		numbers[t.Name] = t.Number
	}
	for _, m := range ad.messages {
		t, known := mapping[m.ID]
		if known {
			m.target = t
			continue
		}
		if b.Len() == 0 && len(mapping) == 0 {
			b.WriteString(mappingHead)
		}
		t = proposal(m, ad.byID)
		for base, n := t, 2; taken[t.id()]; n++ {
			t.Name, t.Phrase = suffixed(base.Name, n), suffixed(base.Phrase, n)
		}
		taken[t.id()] = true
		fmt.Fprintf(&b, "%s = { ", tomldoc.MustQuote(m.ID))
		if t.Phrase != "" {
			fmt.Fprintf(&b, "phrase = %q", t.Phrase)
		} else {
			if t.Number = numbers[t.Name]; t.Number == 0 {
				t.Number, next = next, next+1
				numbers[t.Name] = t.Number
			}
			fmt.Fprintf(&b, "name = %q, number = %d, part = %q", t.Name, t.Number, t.Part)
		}
		if t.Count != "" {
			fmt.Fprintf(&b, ", count = %q", t.Count)
		}
		b.WriteString(" }\n")
	}
	return b.String()
}

// suffixed returns a name with a number behind it.
func suffixed(name string, n int) string {
	if name == "" {
		return ""
	}
	return fmt.Sprintf("%s_%d", name, n)
}
