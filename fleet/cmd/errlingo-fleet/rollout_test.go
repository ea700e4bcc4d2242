package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/errlingo/errlingo/fleet"
	"github.com/errlingo/errlingo/fleet/internal/pack"
	"github.com/errlingo/errlingo/fleet/internal/publish"
	"github.com/errlingo/errlingo/fleet/internal/release"
)

func TestStateOf(t *testing.T) {
	current := &release.Release{Domain: "shop", Revision: 7, Share: 100,
		Pack: release.Ref{Digest: pack.Of([]byte("texts")), Size: 5}}
	shows := current.Pack.Digest.String()
	const next, overdue = time.Minute, 5 * time.Minute
	refused := &fleet.Refusal{Revision: 7, Reason: "no"}
	tests := []struct {
		name    string
		current *release.Release
		status  fleet.Status
		ago     time.Duration
		want    nodeState
	}{
		{"current", current, fleet.Status{Revision: 7, Pack: shows}, 0, nodeCurrent},
		{"current, with an older refusal", current, fleet.Status{Revision: 7, Pack: shows, Refused: refused}, 0, nodeCurrent},
		{"behind", current, fleet.Status{Revision: 6, Pack: shows}, 0, nodeBehind},
		{"claims other texts", current, fleet.Status{Revision: 7}, 0, nodeBehind},
		{"ahead", current, fleet.Status{Revision: 8, Pack: shows, Refused: refused}, 0, nodeAhead},
		{"ahead of nothing", nil, fleet.Status{Revision: 8, Pack: shows}, 0, nodeAhead},
		{"ahead, and silent", current, fleet.Status{Revision: 8}, overdue + 1, nodeGone},
		{"refused", current, fleet.Status{Revision: 6, Refused: refused}, overdue, nodeRefused},
		{"silent", current, fleet.Status{Revision: 7, Pack: shows}, overdue + 1, nodeGone},
		{"nothing is published", nil, fleet.Status{}, 0, nodeBehind},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n := &publish.Node{Status: tt.status, Ago: tt.ago, Next: next}
			if got := stateOf(n, tt.current); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// A node that reports rarely is gone only when its next report is overdue.
func TestStateOfARareReporter(t *testing.T) {
	current := &release.Release{Domain: "shop", Revision: 7, Share: 100,
		Pack: release.Ref{Digest: pack.Of([]byte("texts")), Size: 5}}
	n := &publish.Node{Status: fleet.Status{Revision: 7, Pack: current.Pack.Digest.String()},
		Ago: 59 * time.Minute, Next: time.Hour}
	if got := stateOf(n, current); got != nodeCurrent {
		t.Errorf("a minute before its report, the node is %q", got)
	}
	if n.Ago = time.Hour + lateness + 1; stateOf(n, current) != nodeGone {
		t.Errorf("after its report was due, the node is %q", stateOf(n, current))
	}
}

// While a release is for a share of the servers, the last line says how many show its texts.
func TestStatusOfAShare(t *testing.T) {
	tests := []struct {
		share int
		want  string
	}{
		{10, "\n3 of 4 servers current: 1 with the new texts, 2 with the texts before\n"},
		{100, "\n3 of 4 servers current\n"},
	}
	for _, tt := range tests {
		s := &statusResult{Domain: "shop", Present: 4, Current: 3, Updated: 1, Nodes: make([]nodeResult, 4),
			Release: &release.Release{Domain: "shop", Revision: 2, Share: tt.share}}
		if text := s.String(); !strings.HasSuffix(text, tt.want) {
			t.Errorf("%d %%: %q is missing in\n%s", tt.share, tt.want, text)
		}
	}
}

// Servers that refuse for the same reason share a line, and a few are named.
func TestRefusalsAreGrouped(t *testing.T) {
	s := &statusResult{Domain: "shop", Present: 100}
	for i := range 100 {
		s.Nodes = append(s.Nodes, nodeResult{State: nodeRefused, Status: fleet.Status{
			Node: fmt.Sprintf("node-%02d", i), Refused: &fleet.Refusal{Revision: 3, Reason: "bad texts"},
		}})
	}
	s.Nodes[7].Refused.Reason = "another reason"
	text := s.String()
	for _, want := range []string{
		"shop: nothing is published yet\n",
		"\nrevision 3 was refused by node-00, node-01, node-02, node-03, node-04 and 94 more: bad texts\n",
		"\nrevision 3 was refused by node-07: another reason\n",
		"\n0 of 100 servers current\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
}
