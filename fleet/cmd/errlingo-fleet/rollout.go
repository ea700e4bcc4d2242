package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/spf13/cobra"

	"github.com/errlingo/errlingo/fleet"
	"github.com/errlingo/errlingo/fleet/internal/publish"
	"github.com/errlingo/errlingo/fleet/internal/release"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/report"
)

func (a *app) rolloutCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "rollout",
		Short: "Show which server has which texts; publish to more of them, or go back",
		Args:  onlySubcommands,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.statusCommand(), a.listCommand(), a.shareCommand(), a.backCommand())
	return cmd
}

// lateness is how long the report of a node may be overdue before the node is treated as gone.
const lateness = 4 * time.Minute

func (a *app) statusCommand() *cobra.Command {
	var wait time.Duration
	cmd := &cobra.Command{
		Use:   "status",
		Short: "Show which server follows which revision",
		Long: `Status shows what each server has reported last: the revision that it follows, the
texts that it shows, and why it has refused a release. Reports are not signed, so
somebody who may write to the bucket can forge them.

A server is current if it follows the current revision. While that is for a share of the
servers, the last line says how many have the new texts. A server that is ahead follows a
later revision than the NATS server has, which has lost data then.

Each report says when the next one is due. A server whose report is four minutes overdue is
treated as gone: its last report is shown for a day, but nobody waits for it.

With --wait, status waits until all servers that are not gone follow the current revision.
The exit code is 0 then, and 1 if that takes longer.`,
		Example: `  errlingo-fleet rollout status --trust fleet.key.pub
  errlingo-fleet rollout status --trust fleet.key.pub --wait 1m`,
		Args: arguments(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.status(cmd.Context(), wait) },
	}
	cmd.Flags().DurationVar(&wait, "wait", 0,
		"wait this `long`, such as 1m, until all servers follow the current revision")
	return cmd
}

// nodeState says how a node is doing.
type nodeState string

const (
	nodeCurrent nodeState = "current" // it follows the current revision
	nodeBehind  nodeState = "behind"  // it follows another one
	nodeAhead   nodeState = "ahead"   // it follows a later one, which the server doesn't have
	nodeRefused nodeState = "refused" // it follows another one, and has refused a later one
	nodeGone    nodeState = "gone"    // its report is overdue
)

// statusResult is what "rollout status --json" prints.
type statusResult struct {
	Domain  string           `json:"domain"`
	Release *release.Release `json:"release"` // the current one, or null
	Nodes   []nodeResult     `json:"nodes"`   // sorted by name
	Current int              `json:"current"` // how many nodes are in the state "current"
	Present int              `json:"present"` // how many are not in the state "gone"
	// Updated is how many of the current nodes show the texts of the current release. While its share
	// is below 100, the others keep the texts that were for all before.
	Updated int `json:"updated"`
}

type nodeResult struct {
	fleet.Status
	State nodeState `json:"state"`
	Seen  time.Time `json:"seen"` // by the server's clock
	Due   time.Time `json:"due"`  // when the next report is, by the same clock
	ago   time.Duration
}

// done reports whether all nodes that are not gone follow the current release.
func (s *statusResult) done() bool {
	return s.Release != nil && s.Present > 0 && s.Current == s.Present
}

func (a *app) status(ctx context.Context, wait time.Duration) error {
	var s *statusResult
	err := a.withPublisher(ctx, answerTimeout+wait, a.readTrustedKeys,
		func(ctx context.Context, p *publish.Publisher) (err error) {
			s, err = a.waitForNodes(ctx, p, wait)
			return err
		})
	if err != nil {
		return err
	}
	if a.json {
		err = report.WriteJSON(a.stdout, s)
	} else {
		err = a.print(s.String())
	}
	if err == nil && wait > 0 && !s.done() {
		return errFindings
	}
	return err
}

// often is how often a waiting status asks.
const often = 500 * time.Millisecond

// waitForNodes returns the status once all nodes follow the current release, or after the wait.
func (a *app) waitForNodes(
	ctx context.Context, p *publish.Publisher, wait time.Duration,
) (*statusResult, error) {
	end := time.NewTimer(wait)
	defer end.Stop()
	again := time.NewTicker(often)
	defer again.Stop()
	for {
		s, err := readStatus(ctx, p)
		if err != nil || s.done() || wait == 0 {
			return s, err
		}
		select {
		case <-again.C:
		case <-end.C:
			return s, nil
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
}

func readStatus(ctx context.Context, p *publish.Publisher) (*statusResult, error) {
	current, err := p.Current(ctx)
	if err != nil {
		return nil, err
	}
	nodes, err := p.Nodes(ctx)
	if err != nil {
		return nil, err
	}
	s := &statusResult{Domain: p.Domain, Release: current.Release, Nodes: []nodeResult{}}
	for _, n := range nodes {
		result := nodeResult{n.Status, stateOf(&n, current.Release), n.Seen, n.Seen.Add(n.Next), n.Ago}
		s.Nodes = append(s.Nodes, result)
		if result.State != nodeGone {
			s.Present++
		}
		if result.State == nodeCurrent {
			s.Current++
			if n.Pack == current.Pack.Digest.String() {
				s.Updated++
			}
		}
	}
	return s, nil
}

func stateOf(n *publish.Node, current *release.Release) nodeState {
	switch {
	case n.Ago > n.Next+lateness:
		return nodeGone
	case current != nil && n.Revision == current.Revision && n.Pack == digestFor(current, n.Node):
		return nodeCurrent
	case current == nil && n.Revision > 0, current != nil && n.Revision > current.Revision:
		return nodeAhead
	case n.Refused != nil:
		return nodeRefused
	}
	return nodeBehind
}

// digestFor returns the digest of the pack that a node has to show, "" for the program's own texts.
func digestFor(r *release.Release, node string) string {
	if ref := r.For(node); ref != nil {
		return ref.Digest.String()
	}
	return ""
}

// String returns the status as a table.
func (s *statusResult) String() string {
	var b strings.Builder
	if s.Release == nil {
		fmt.Fprintf(&b, "%s: nothing is published yet\n", s.Domain)
	} else {
		fmt.Fprintf(&b, "%s: %s\n", s.Domain, describe(s.Release))
	}
	if len(s.Nodes) == 0 {
		b.WriteString("no server has reported in the last 24 hours\n")
		return b.String()
	}
	table := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "SERVER\tSTATE\tREVISION\tTEXTS\tLEFT OUT\tSEEN")
	for _, n := range s.Nodes {
		texts := "the program's own"
		if n.Pack != "" {
			texts = short(n.Pack)
			if n.Git != "" {
				texts += " " + cell(n.Git)
			}
		}
		fmt.Fprintf(table, "%s\t%s\t%d\t%s\t%d\t%v ago\n", cell(n.Node), n.State, n.Revision, texts,
			n.LeftOut, n.ago.Round(time.Second))
	}
	_ = table.Flush() // The writer returns no error.
	for _, r := range s.refusals() {
		fmt.Fprintf(&b, "%s refused by %s: %s\n", r.revision, r.nodes(), r.reason)
	}
	fmt.Fprintf(&b, "%d of %s current", s.Current, counted(s.Present, "server"))
	if s.Release != nil && s.Release.Share < 100 {
		fmt.Fprintf(&b, ": %d with the new texts, %d with the texts before", s.Updated,
			s.Current-s.Updated)
	}
	b.WriteByte('\n')
	if revision, n := s.ahead(); n > 0 {
		fmt.Fprintf(&b, "%s ahead, up to revision %d, which the NATS server has lost; "+
			"if the reports are true, publish with --after %[2]d\n", counted(n, "server"), revision)
	}
	return b.String()
}

// ahead returns the last revision that nodes follow and the server doesn't have, and how many nodes
// are ahead of the server.
func (s *statusResult) ahead() (revision uint64, nodes int) {
	for _, n := range s.Nodes {
		if n.State == nodeAhead {
			revision, nodes = max(revision, n.Revision), nodes+1
		}
	}
	return revision, nodes
}

// refusal is a refusal that one or several nodes have reported.
type refusal struct {
	revision, reason string
	by               []string
}

// maxRefusers is how many nodes are listed by name.
const maxRefusers = 5

func (r *refusal) nodes() string {
	listed := r.by[:min(len(r.by), maxRefusers)]
	text := strings.Join(listed, ", ")
	if more := len(r.by) - len(listed); more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// refusals returns what nodes have refused, each reason once.
func (s *statusResult) refusals() []*refusal {
	var all []*refusal
	for _, n := range s.Nodes {
		if n.Refused == nil {
			continue
		}
		r := &refusal{revision: "a release was", reason: cell(n.Refused.Reason)}
		if n.Refused.Revision > 0 {
			r.revision = fmt.Sprintf("revision %d was", n.Refused.Revision)
		}
		i := slices.IndexFunc(all, func(o *refusal) bool {
			return o.revision == r.revision && o.reason == r.reason
		})
		if i < 0 {
			all, i = append(all, r), len(all)
		}
		all[i].by = append(all[i].by, cell(n.Node))
	}
	return all
}

// maxCell is how many characters of a text are printed that may have any number.
const maxCell = 300

// cell returns a text of the server for a place in a line.
func cell(s string) string { return report.Line(diag.CutTo(s, maxCell)) }

// short returns the beginning of a digest, which names a pack for people.
func short(digest string) string { return cell(digest[:min(len(digest), 12)]) }

// describe says what a release is.
func describe(r *release.Release) string {
	text := fmt.Sprintf("revision %d %s, texts %s", r.Revision, audience(r),
		short(r.Pack.Digest.String()))
	if r.Pack.Git != "" {
		text += " " + r.Pack.Git
	}
	text += ", " + at(r)
	if r.Back > 0 {
		text += fmt.Sprintf(", back to %d", r.Back)
	}
	if r.Note != "" {
		text += ", " + strconv.Quote(r.Note)
	}
	return text
}

// at says when a release was made.
func at(r *release.Release) string { return r.Time.UTC().Format(time.DateTime) + " UTC" }

func (a *app) listCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the last releases, newest first",
		Long: `List shows the releases that the server still has, newest first: at most 64. Those that
were signed with another key than the given ones are left out.`,
		Example: `  errlingo-fleet rollout list --trust fleet.key.pub`,
		Args:    arguments(cobra.NoArgs),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.list(cmd.Context()) },
	}
}

// listResult is what "rollout list --json" prints.
type listResult struct {
	Domain   string             `json:"domain"`
	Releases []*release.Release `json:"releases"` // newest first
}

func (a *app) list(ctx context.Context) error {
	var result listResult
	err := a.withPublisher(ctx, answerTimeout, a.readTrustedKeys,
		func(ctx context.Context, p *publish.Publisher) (err error) {
			result.Domain = p.Domain
			result.Releases, err = p.Releases(ctx)
			return err
		})
	switch {
	case err != nil:
		return err
	case a.json:
		result.Releases = slices.Concat([]*release.Release{}, result.Releases)
		return report.WriteJSON(a.stdout, result)
	case len(result.Releases) == 0:
		return a.print(result.Domain + ": nothing is published yet, or not with these keys")
	}
	var b strings.Builder
	for _, r := range result.Releases {
		b.WriteString(describe(r) + "\n")
	}
	return a.print(b.String())
}

func (a *app) shareCommand() *cobra.Command {
	var note string
	cmd := &cobra.Command{
		Use:   "share percent",
		Short: "Publish the current texts to another share of the servers",
		Long: `Share publishes the texts of the current revision to another share of the servers, as a
new revision. A server that shows them stays one when the share grows. The others show
the texts that were for all before.`,
		Example: `  errlingo-fleet rollout share 30 --key fleet.key
  errlingo-fleet rollout share 100 --key fleet.key`,
		Args: arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			share, err := strconv.Atoi(strings.TrimSuffix(args[0], "%"))
			if err != nil || share < 1 || share > 100 {
				return fail(fmt.Sprintf("%q is not a share", args[0]), "give a number from 1 to 100")
			}
			return a.roll(cmd.Context(), func(
				ctx context.Context, p *publish.Publisher, from publish.Current,
			) (next, earlier *release.Release, err error) {
				next, err = p.Widen(ctx, from, publish.Change{Share: share, Note: note})
				return next, nil, err
			})
		},
	}
	cmd.Flags().StringVar(&note, "note", "", "a `text` for people")
	return cmd
}

func (a *app) backCommand() *cobra.Command {
	var note string
	cmd := &cobra.Command{
		Use:   "back [revision]",
		Short: "Publish the texts of an earlier revision again, to all servers",
		Long: `Back publishes the texts of an earlier revision to all servers, as a new revision:
those of the given one, or the ones that all servers had before the current texts.

Each time it goes further back. After a rollback to revision 2, the next one goes to the texts
before revision 2, so it never publishes again what was rolled back. If two people go back
at once, one of them gets an error and has published nothing. "rollout list" shows what
there is to go back to.`,
		Example: `  errlingo-fleet rollout back --key fleet.key
  errlingo-fleet rollout back 41 --key fleet.key`,
		Args: arguments(cobra.MaximumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			var revision uint64
			if len(args) > 0 {
				var err error
				if revision, err = strconv.ParseUint(args[0], 10, 64); err != nil || revision == 0 {
					return fail(fmt.Sprintf("%q is not a revision", args[0]),
						"give a number that \"rollout list\" shows")
				}
			}
			return a.roll(cmd.Context(), func(
				ctx context.Context, p *publish.Publisher, from publish.Current,
			) (next, earlier *release.Release, err error) {
				return p.Back(ctx, from, revision, note)
			})
		},
	}
	cmd.Flags().StringVar(&note, "note", "", "a `text` for people")
	return cmd
}

// rollResult is what "rollout share --json" and "rollout back --json" print.
type rollResult struct {
	Domain  string           `json:"domain"`
	Release *release.Release `json:"release"`           // the new one
	Earlier *release.Release `json:"earlier,omitempty"` // the one whose texts a rollback publishes
}

// roll publishes a release that is made from the current one.
func (a *app) roll(ctx context.Context, next func(
	context.Context, *publish.Publisher, publish.Current,
) (next, earlier *release.Release, err error)) error {
	var result rollResult
	err := a.withPublisher(ctx, answerTimeout, a.readSigningKey,
		func(ctx context.Context, p *publish.Publisher) error {
			current, err := p.Current(ctx)
			if err != nil {
				return err
			}
			result.Domain = p.Domain
			result.Release, result.Earlier, err = next(ctx, p, current)
			return err
		})
	switch {
	case err != nil:
		return err
	case a.json:
		return report.WriteJSON(a.stdout, result)
	}
	text := fmt.Sprintf("%s: published %s\n", result.Domain, describe(result.Release))
	if e := result.Earlier; e != nil {
		text += fmt.Sprintf("these are the texts of revision %d, published %s\n", e.Revision, at(e))
	}
	return a.print(text)
}

// withPublisher reads the keys, finds out which domain it is about, and connects to the server.
func (a *app) withPublisher(
	ctx context.Context, limit time.Duration, read func() (keys, error),
	do func(context.Context, *publish.Publisher) error,
) error {
	k, err := read()
	if err != nil {
		return err
	}
	domain, err := a.chosenDomain(ctx)
	if err != nil {
		return err
	}
	return a.withServer(ctx, limit, func(ctx context.Context, conn *nats.Conn) error {
		opened, err := a.openStore(ctx, conn, false)
		if err != nil {
			return err
		}
		return do(ctx, &publish.Publisher{Store: opened, Domain: domain, Keys: k.trusted, Key: k.own})
	})
}
