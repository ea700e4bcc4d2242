package main

import (
	"context"
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/atomicfile"
	"github.com/errlingo/errlingo/internal/ledger"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/localefolder"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/pseudo"
	"github.com/errlingo/errlingo/internal/state"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

func (a *app) addCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "add tag...",
		Short: "Create the locale file of a language",
		Long: `Add creates the locale files of languages, given by their tags (BCP 47), such as de
or pt-BR. A new file has every text, empty, with the plural forms that the language
needs. If the parent language has a file, such as de for de-AT, the new file is a
variant: it starts without texts and has only those that differ. A file stays what
it is: adding pt later does not change pt-BR.

Unless the folder has a Go file, or one beside the domain's declaration embeds the
folder, add also writes a locales.go that embeds the locale files. Existing locale
files are not changed.

With --overlay, add creates the files for the domain of another module, such as the
standard codes in a language that they don't have. They are in overlays and the name
of the domain, or in the folder that --locales names. If the other module has the
language itself, add says so.`,
		Example: `  extract add de fr
  extract add --full de-AT
  extract add --domain shop fr
  extract add --overlay github.com/errlingo/errlingo/catalog/codes fi`,
		Args:              arguments(cobra.MinimumNArgs(1)),
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			a.allowShrink = true
			return a.add(cmd.Context(), args)
		},
	}
	cmd.Flags().BoolVar(&a.full, "full", false,
		"give a variant, such as de-AT if de exists, all texts")
	cmd.Flags().StringVar(&a.overlay, "overlay", "",
		"translate the domain that this `package` of another module declares")
	a.domainFlag(cmd)
	return cmd
}

func (a *app) add(ctx context.Context, names []string) error {
	var tags []language.Tag
	for _, name := range names {
		tag, err := parseTag(name)
		if err != nil {
			return err
		}
		tags = append(tags, tag)
	}
	// Parents come before their variants.
	slices.SortStableFunc(tags, func(x,
		y language.Tag) int {
		return len(x.String()) - len(y.String())
	})
	_, err := a.update(ctx, nil, func(_ context.Context, p *project) (*work,
		error) {
		return a.planAdd(p, tags)
	})
	return err
}

// parseTag parses the tag of a language that people can translate into. It must have the usual
// spelling.
func parseTag(name string) (language.Tag, error) {
	tag, err := language.Parse(name)
	switch {
	case err != nil || tag == language.Und:
		return language.Und, fail(fmt.Sprintf("%q is not a language tag", name),
			"tags look like de, pt-BR or zh-Hant (BCP 47)")
	case tag.String() != name:
		return language.Und, fail(fmt.Sprintf("%q is not the usual spelling of the language tag", name),
			fmt.Sprintf("write %v", tag))
	case pseudo.Is(tag):
		return language.Und,
			fail(fmt.Sprintf("%v is a pseudo-locale, which is made from the source texts", tag),
				"extract pseudo writes its file")
	}
	return tag, nil
}

func (a *app) planAdd(p *project, tags []language.Tag) (*work, error) {
	w := &work{project: p}
	if a.overlay == "" {
		if p.domains = p.own(); len(p.domains) == 0 {
			return nil, fail("no domain is declared here", "for one of another module, use --overlay")
		}
	}
	if a.domain != "" {
		if err := a.oneDomain(p, a.domain); err != nil {
			return nil, err
		}
	}
	for _, d := range p.domains {
		j := &job{domain: d, plan: &merge.Plan{}}
		known, in := d.tags(), merge.Input{Domain: d.Domain, Overlay: d.overlay}
		for _, tag := range tags {
			name := tag.String() + localefile.Ext
			switch {
			case tag == d.Source && d.overlay != "":
				return nil, fail(fmt.Sprintf("an overlay has no file for the source locale, %v", tag),
					"to change texts, add a variant such as en-GB")
			case tag == d.Source:
				j.say("%s: the source locale's file, which %s writes", name, a.call())
			case slices.Contains(known, tag):
				if f := d.file(tag); f != nil && f.State == nil && !hasTranslations(f) {
					others := slices.DeleteFunc(append(slices.Clone(known), d.Source),
						func(t language.Tag) bool { return t == tag })
					j.addState(tag, merge.NewFile(in, tag, others, a.full).State)
				}
				j.say("%s: exists already%s", name, a.fullHint(d.file(tag)))
			default:
				content := merge.NewFile(in, tag, append(slices.Clip(known), d.Source), a.full)
				known = append(known, tag)
				j.add(name, nil, content.Text)
				j.addState(tag, content.State)
				texts, also := counted(textsOf(name, tag, content.Text), "text"), ""
				if slices.Contains(d.theirs, name) {
					also = fmt.Sprintf("; %s has this language already, so translate only what should differ",
						d.overlay)
				}
				j.say("%s: new, %s%s", name, texts, also)
			}
		}
		if !d.isEmbedded() {
			if err := j.addEmbedding(); err != nil {
				return nil, err
			}
		}
		j.addAttributes()
		if d.ledger == nil && d.overlay == "" {
			j.say("%s: does not exist yet; %s writes it", ledger.Name, a.call())
		}
		w.jobs = append(w.jobs, j)
	}
	return w, nil
}

// addState adds the state of a new file. It replaces a state that a deleted file has left behind.
func (j *job) addState(tag language.Tag, text []byte) {
	var old []byte
	for _, o := range j.orphans {
		if o.name == merge.StateName(tag) {
			old = o.src
		}
	}
	j.add(merge.StateName(tag), old, text)
}

// fullHint says how to turn a variant into a target, if --full asks for that.
func (a *app) fullHint(f *merge.File) string {
	if !a.full || f == nil {
		return ""
	}
	facts, _ := state.Parse(f.Name, f.State)
	header := facts.Header
	if header.Role != state.Variant {
		return ""
	}
	header.Role, header.Parent = state.Target, ""
	return fmt.Sprintf("; to give it all texts, make %q the first line of %s", header,
		merge.StateName(f.Tag))
}

// hasTranslations reports whether a file has a text that is not empty.
func hasTranslations(f *merge.File) bool {
	file, _, _ := localefile.Read(f.Name, f.Tag, f.Text)
	return slices.ContainsFunc(file.Entries, func(e localefile.Entry) bool { return !e.Missing() })
}

// textsOf counts the texts of a file.
func textsOf(name string, tag language.Tag, src []byte) int {
	file, _, _ := localefile.Read(name, tag, src)
	return len(file.Entries)
}

// embeddingName is the name of the Go file that embeds locale files.
const embeddingName = "locales.go"

// isEmbedded reports whether a Go file beside the declaration of the domain embeds files of its
// folder.
func (d *domain) isEmbedded() bool {
	if d.overlay != "" {
		return false
	}
	dir := filepath.Join(d.module, filepath.FromSlash(d.Dir))
	folder, err := filepath.Rel(dir, d.folder.Abs())
	if err != nil {
		return false
	}
	folder = filepath.ToSlash(folder)
	names, _ := os.ReadDir(dir) // What can't be read embeds nothing.
	for _, name := range names {
		if path.Ext(name.Name()) != ".go" {
			continue
		}
		src, _ := atomicfile.ReadFile(filepath.Join(dir, name.Name()), tomldoc.MaxSize)
		for line := range strings.Lines(string(src)) {
			patterns, is := strings.CutPrefix(line, "//go:embed ")
			if !is {
				continue
			}
			for pattern := range strings.FieldsSeq(patterns) {
				pattern = strings.TrimPrefix(strings.Trim(pattern, "\"`"), "all:")
				if pattern == folder || strings.HasPrefix(pattern, folder+"/") {
					return true
				}
			}
		}
	}
	return false
}

// addEmbedding adds a Go file that embeds the locale files to a folder that has no Go file.
func (j *job) addEmbedding() error {
	opened, err := j.folder.Open()
	if err != nil {
		return err
	}
	if opened != nil {
		defer opened.Close()
		names, err := opened.Names()
		if err != nil {
			return failFile(j.folder.Name, err, "")
		}
		if slices.ContainsFunc(names, func(name string) bool { return path.Ext(name) == ".go" }) {
			return nil
		}
	}
	pkg := packageName(filepath.Base(j.folder.Abs()))
	j.add(embeddingName, nil, []byte(fmt.Sprintf(embedding, pkg, j.Name)))
	j.say("%s: new, embeds the locale files as %s.FS", embeddingName, pkg)
	return nil
}

const embedding = `// Package %[1]s holds the texts of domain %[2]s, one file per language.
package %[1]s

import "embed"

// FS has the locale files, each called after its language tag (BCP 47), such as de.toml.
//
//go:embed *.toml
var FS embed.FS
`

// packageName returns a name for the package in a folder.
func packageName(folder string) string {
	name := strings.Map(func(r rune) rune {
		if r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, folder)
	if _, err := parser.ParseFile(token.NewFileSet(), "", "package "+name, 0); err != nil ||
		name == "_" || name == "main" {
		return localefolder.Default
	}
	return name
}

func (a *app) pseudoCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "pseudo [packages]",
		Short: "Write the files of the pseudo-locales en-XA and ar-XB",
		Long: `Pseudo writes en-XA.toml, whose texts have accents and brackets and are a third longer,
and ar-XB.toml, whose texts read from right to left. Both are made from the source
texts and help you find layout problems and texts that are not translated. Readers get
them only if they ask for exactly these locales.

From then on, extract keeps the files up to date. Status leaves them out.`,
		ValidArgsFunction: noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			a.allowShrink = true
			_, err := a.update(cmd.Context(), args, planPseudo)
			return err
		},
	}
}

func planPseudo(_ context.Context, p *project) (*work, error) {
	w := &work{project: p}
	for _, d := range p.domains {
		for _, tag := range pseudo.Tags() {
			if !slices.ContainsFunc(d.pseudo, func(f merge.File) bool { return f.Tag == tag }) {
				d.pseudo = append(d.pseudo, merge.File{Name: d.folder.File(tag.String() + localefile.Ext),
					Tag: tag})
			}
		}
		j := &job{domain: d, plan: &merge.Plan{}}
		j.addPseudo()
		w.jobs = append(w.jobs, j)
	}
	return w, nil
}

// pseudoFile returns the file of a pseudo-locale.
func pseudoFile(d *model.Domain, tag language.Tag) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "# Made from the source texts. What is changed here is lost.\n")
	categories := plural.For(tag).Categories()
	for m := range d.Messages() {
		fmt.Fprintf(&b, "\n[%v]\n", m.ID)
		for c, text := range m.Text.Forms {
			category := plural.Category(c)
			if text == "" || !categories.Has(category) {
				continue
			}
			fmt.Fprintf(&b, "%v = %s\n", category, tomldoc.MustQuote(pseudo.Text(tag,
				strings.ToValidUTF8(text, "\uFFFD"))))
		}
	}
	return []byte(b.String())
}
