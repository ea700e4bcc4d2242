package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/nats-io/nats.go"
	"github.com/spf13/cobra"

	"github.com/errlingo/errlingo/fleet/internal/pack"
	"github.com/errlingo/errlingo/fleet/internal/publish"
	"github.com/errlingo/errlingo/fleet/internal/release"
	"github.com/errlingo/errlingo/fleet/internal/store"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/lint"
	"github.com/errlingo/errlingo/internal/report"
)

func (a *app) publishCommand() *cobra.Command {
	var p publication
	cmd := &cobra.Command{
		Use:   "publish",
		Short: "Check the texts of the module here, and publish them",
		Long: `Publish reads the codes that the Go module declares and its locale files, checks them as
"extract check" does, and publishes them. If a text has an error, nothing is published.

The servers show the new texts within a second, all at once. With --share 10 only a tenth
of them do; go on with "rollout share", or back with "rollout back". If the texts are
published already, there is no new revision.

The first release of a domain needs --first, since a server that has lost its data looks like
a new one. Publish creates the buckets that the server doesn't have, and prints their names.

With --dry-run nothing is published and no key is needed; what is published already is read
if --key or --trust is given.`,
		Example: `  errlingo-fleet publish --key fleet.key --first
  errlingo-fleet publish --key fleet.key --diff --dry-run
  errlingo-fleet publish --key fleet.key --note "typo in German"
  errlingo-fleet publish --key fleet.key --share 10`,
		Args: arguments(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if p.change.Share < 1 || p.change.Share > 100 {
				return fail(fmt.Sprintf("--share is %d", p.change.Share), "give a number from 1 to 100")
			}
			if p.change.First && p.change.After > 0 {
				return fail("--first and --after exclude each other",
					"there is no release before the first one; if there was one, leave out --first")
			}
			return a.publish(cmd.Context(), &p)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&p.dryRun, "dry-run", false, "do all but publish")
	flags.BoolVar(&p.diff, "diff", false, "show which texts readers would see change, old and new")
	flags.IntVar(&p.change.Share, "share", 100, "publish to this `percent` of the servers")
	flags.StringVar(&p.change.Note, "note", "", "a `text` for people, shown by the rollout commands")
	flags.BoolVar(&p.change.First, "first", false, "publish the first release of the domain")
	flags.Uint64Var(&p.change.After, "after", 0,
		"publish with a revision above this `number`, for a server that has lost its data or has a "+
			"release that nobody trusts")
	return cmd
}

// publication is what publish is about to publish.
type publication struct {
	change publish.Change
	dryRun bool
	diff   bool

	source *source
	pack   *pack.Pack
	data   []byte
	ref    release.Ref
	asked  bool // the server was asked for the current release
	result publishResult
}

// publishResult is what "publish --json" prints.
type publishResult struct {
	Domain    string           `json:"domain"`
	Created   []string         `json:"created,omitempty"` // streams that the server didn't have
	Published bool             `json:"published"`
	Pack      release.Ref      `json:"pack"`
	Locales   []string         `json:"locales"`
	LeftOut   []string         `json:"left_out"`                // texts that no server would show
	Release   *release.Release `json:"release,omitempty"`       // the current one, if it is known
	Compared  uint64           `json:"compared_with,omitempty"` // with --diff: a revision
	Changes   []change         `json:"changes,omitzero"`        // with --diff
}

func (a *app) publish(ctx context.Context, p *publication) error {
	k, err := a.readKeys()
	if !p.dryRun {
		k, err = a.readSigningKey()
	}
	if err != nil {
		return err
	}
	if err := a.prepare(ctx, p); err != nil {
		return err
	}
	if len(k.trusted) == 0 {
		a.note("what is published already is not compared; for that, give --key or --trust")
	} else {
		to := func(ctx context.Context, conn *nats.Conn) error { return a.publishTo(ctx, conn, k, p) }
		if err := a.withServer(ctx, answerTimeout, to); err != nil {
			if len(p.result.Created) > 0 {
				a.note("%s", p.created())
			}
			return err
		}
	}
	if a.json {
		return report.WriteJSON(a.stdout, p.result)
	}
	return a.print(p.String())
}

// prepare reads, checks and packs the texts, and prints what is wrong with them.
func (a *app) prepare(ctx context.Context, p *publication) error {
	var err error
	if p.source, err = a.readSource(ctx); err != nil {
		return err
	}
	findings := p.source.check()
	if err := a.reportTexts(findings); err != nil {
		return err
	}
	if p.pack, err = pack.New(p.source.Domain, p.source.files()); err != nil {
		return a.unfit(err)
	}
	_, left, err := p.pack.For(p.source.Domain)
	if err != nil {
		return a.unfit(err)
	}
	p.data = p.pack.Encode()
	p.ref = release.RefOf(p.pack, p.data, p.source.revision(ctx, a.environ))
	p.result = publishResult{Domain: p.source.Name, Pack: p.ref, LeftOut: []string{}}
	for _, tag := range p.pack.Locales() {
		p.result.Locales = append(p.result.Locales, tag.String())
	}
	for _, f := range left {
		p.result.LeftOut = append(p.result.LeftOut, f.Error())
		a.note("left out: %s", f.Error())
	}
	return ctx.Err()
}

// reportTexts prints what is wrong with the texts. It returns [errFindings] if there is an error.
func (a *app) reportTexts(findings diag.List) error {
	var listed diag.List
	for _, f := range findings {
		if f.Severity == diag.Error || f.Severity == diag.Warning && !lint.IsState(f.Rule) {
			listed = append(listed, f)
		}
	}
	if err := report.Text(a.stderr, listed); err != nil {
		return err
	}
	if n := listed.Count(diag.Error); n > 0 {
		a.note("%s, so nothing is published", counted(n, "error"))
		return errFindings
	}
	return nil
}

// unfit reports why a pack can't be made of the texts.
func (a *app) unfit(err error) error {
	if list, is := errors.AsType[diag.List](err); is {
		return a.reportTexts(list)
	}
	return fail(err.Error(), "")
}

// publishTo compares the pack with what is published, and publishes it.
func (a *app) publishTo(
	ctx context.Context, conn *nats.Conn, k keys, p *publication,
) error {
	opened, err := a.openStore(ctx, conn, !p.dryRun)
	if p.dryRun && errors.Is(err, store.ErrNoBucket) {
		p.asked = true
		return nil
	}
	if err != nil {
		return err
	}
	p.result.Created = opened.Created()
	to := &publish.Publisher{Store: opened, Domain: p.source.Name, Keys: k.trusted, Key: k.own}
	current, err := to.Current(ctx)
	if errors.Is(err, publish.ErrUntrusted) && p.change.After > 0 {
		a.note("warning: what is published is replaced: %v", err)
	} else if err != nil {
		return err
	}
	p.asked, p.result.Release = true, current.Release
	if p.diff && current.Release != nil {
		if err := p.compare(ctx, to, current); err != nil {
			a.note("warning: the texts are not compared with revision %d: %v", current.Revision,
				diag.CutTo(err.Error(), maxCell))
		}
	}
	if p.change.After == 0 {
		if err := to.CheckNodes(ctx, current); err != nil {
			return err
		}
		if has, err := to.Has(ctx, current, p.ref.Digest); has || err != nil {
			return err
		}
	}
	if p.dryRun {
		return nil
	}
	next, err := to.Publish(ctx, current, p.ref, p.data, p.change)
	if err != nil {
		return err
	}
	p.result.Release, p.result.Published = next, true
	if _, err := to.Prune(ctx); err != nil {
		a.note("warning: packs that nobody needs any more could not be removed: %v", err)
	}
	return nil
}

// compare compares the texts with those of the current release.
func (p *publication) compare(
	ctx context.Context, to *publish.Publisher, current publish.Current,
) error {
	before, err := to.Pack(ctx, &current.Pack)
	if err != nil {
		return err
	}
	if before, _, err = before.For(p.source.Domain); err != nil {
		return err
	}
	changes, err := compare(p.source.Domain, before, p.pack)
	if err == nil {
		p.result.Compared, p.result.Changes = current.Revision, append([]change{}, changes...)
	}
	return err
}

// openStore opens the buckets, or makes those that do not exist.
func (a *app) openStore(ctx context.Context, conn *nats.Conn, create bool) (*store.Store, error) {
	if create {
		return store.Create(ctx, conn, a.bucket, a.replicas)
	}
	return store.Open(ctx, conn, a.bucket)
}

// created says which streams the server didn't have.
func (p *publication) created() string {
	return "created on the server: " + strings.Join(p.result.Created, ", ")
}

// String says what has happened, in a few lines.
func (p *publication) String() string {
	r := &p.result
	texts := fmt.Sprintf("%s: %s in %d bytes (%s)\n", r.Domain,
		counted(len(r.Locales), "locale"), r.Pack.Size, strings.Join(r.Locales, ", "))
	if len(r.Created) > 0 {
		texts += p.created() + "\n"
	}
	if p.diff && r.Compared == 0 {
		texts = "nothing to compare the texts with\n" + texts
	} else if p.diff {
		texts = fmt.Sprintf("compared with revision %d: %s\n", r.Compared,
			counted(len(r.Changes), "change")) + listed(r.Changes) + texts
	}
	switch {
	case r.Release == nil && p.asked && !p.change.First:
		return texts + "not published (--dry-run); there is no release yet: the first one needs --first"
	case r.Release == nil:
		return texts + "not published (--dry-run)"
	case !r.Published && r.Release.Pack.Digest != r.Pack.Digest:
		return texts + fmt.Sprintf("not published (--dry-run); the current revision is %d",
			r.Release.Revision)
	}
	what := fmt.Sprintf("published revision %d %s", r.Release.Revision, audience(r.Release))
	if !r.Published {
		what = fmt.Sprintf("unchanged: revision %d has these texts already, %s", r.Release.Revision,
			audience(r.Release))
	}
	if r.Release.Share < 100 {
		what += "; go on with: rollout share N"
	}
	return texts + what
}

// audience says which servers show a release.
func audience(r *release.Release) string {
	if r.Share == 100 {
		return "for all servers"
	}
	return fmt.Sprintf("for %d %% of the servers", r.Share)
}
