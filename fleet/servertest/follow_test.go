package servertest_test

import (
	"fmt"
	"testing"

	"github.com/errlingo/errlingo/fleet/servertest"
)

// nodes is how many nodes most tests with a fleet have. A process with the race detector takes much
// more of a machine.
func nodes() int {
	if raceDetector && !long() {
		return 10
	}
	return 50
}

// startFleet starts nodes that are called node-0, node-1 and so on.
func startFleet(t *testing.T, n int, url string) []*servertest.Node {
	t.Helper()
	all := make([]*servertest.Node, n)
	for i := range all {
		all[i] = startNode(t, servertest.NodeConfig{Name: fmt.Sprintf("node-%d", i), URL: url})
	}
	return all
}

func TestAChangeReachesAll(t *testing.T) {
	s := startServer(t)
	p := newPublisher(t, connect(t, s.URL()), servertest.Current, 1)
	all := startFleet(t, nodes(), s.URL())
	for revision := uint64(1); revision <= 3; revision++ {
		mustPublish(t, p, p.Program.Files(revision, "de", "fr"))
		for _, n := range all {
			line := wait(t, n, revision)
			checkTexts(t, n, line, map[string]string{
				"de CLOSED.title":        fmt.Sprintf("de CLOSED title r%d", revision),
				"fr OUT_OF_STOCK.detail": fmt.Sprintf("fr OUT_OF_STOCK detail r%d 3 socks", revision),
				"en CLOSED.title":        "en CLOSED title r0",
			})
			if line.Status.Refused != nil || line.Err != "" || line.Status.LeftOut != 0 {
				t.Errorf("node %q: %+v, error %q", n.Config.Name, line.Status, line.Err)
			}
		}
	}
	// A node reports after it has shown the texts.
	for ctx := within(t); ; {
		reports, err := p.Nodes(ctx)
		if err != nil {
			t.Fatalf("%d nodes have reported, want %d: %v", len(reports), len(all), err)
		}
		if len(reports) == len(all) {
			break
		}
	}
	for _, n := range all {
		end(t, n)
	}
}
