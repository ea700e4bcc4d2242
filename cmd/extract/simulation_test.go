package main

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var storyFile = flag.String("story", "", "the file with a story that TestSimulation plays instead of its own")

// TestSimulation lets five developers work on one repository, with a clone each: they change codes
// and translations at random, merge, revert, cherry-pick, and land what passes the check. They are
// honest: what they accept is what they have changed. The test knows which declaration is which
// code, since each code has a Go file of its own. It wants that
//
//   - no code on the main branch has a number or a name that another one had there, no line of an
//     issued code is lost, and no break gets there that nobody has accepted or reverted;
//   - the check refuses nothing that an honest developer has accepted, except where two codes have
//     the same number or name; the finding then names both;
//   - no translation is lost, and none counts as translated that was made from another text.
//
// If it fails, it prints the story. A line has the developer, the step, and the seed of the step's
// choices, so lines can be deleted: go test -run Simulation -story file plays what is left.
func TestSimulation(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	if *storyFile != "" {
		newWorld(t).play(readStory(t, *storyFile))
		return
	}
	seeds, branches := 1, 3
	if long() {
		seeds, branches = 20, 30
	}
	for seed := range seeds {
		t.Run(strconv.Itoa(seed), func(t *testing.T) {
			t.Parallel()
			newWorld(t).play(makeStory(uint64(seed), branches))
		})
	}
}

// A step is what a developer does next. All its choices follow from its seed and from the files.
type step struct {
	dev  int
	op   string
	seed uint64
}

func (s step) String() string { return fmt.Sprintf("%d %s %d", s.dev, s.op, s.seed) }

// chores are what developers do on a branch. What is listed more often is done more often.
var chores = strings.Fields(`
	add add add text text translate translate status status retype drop public hide grow
	rename renumber retire retire reuse lose careless commit commit
	update update join revert revert pick pick release forge
`)

func makeStory(seed uint64, branches int) []step {
	r := rand.New(rand.NewPCG(seed, 0))
	var story []step
	do := func(dev int, op string) { story = append(story, step{dev, op, r.Uint64N(10_000)}) }
	for dev := range developers {
		do(dev, "branch")
	}
	for n := developers; n < branches+developers; {
		dev := r.IntN(developers)
		if r.IntN(8) > 0 {
			do(dev, chores[r.IntN(len(chores))])
			continue
		}
		do(dev, "land")
		if n < branches {
			do(dev, "branch")
		}
		n++
	}
	return story
}

func readStory(t *testing.T, name string) []step {
	t.Helper()
	var story []step
	for line := range strings.Lines(read(t, name)) {
		var s step
		if _, err := fmt.Sscan(line, &s.dev, &s.op, &s.seed); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		story = append(story, s)
	}
	return story
}

const developers = 5

// world is the repository and what the test knows about it.
type world struct {
	t        *testing.T
	dir      string
	devs     [developers + 1]*developer // The last one is the forge, which merges branches into main.
	codes    int                        // how many there have been
	words    int                        // counts texts and translations, so that no two are the same
	branches int
	releases int
	landed   []tree                  // what main has had declared, oldest first
	accepted map[int]map[string]bool // the attributes of each code that were accepted or reverted
	pairs    map[string]map[int]bool // the codes that had a number and a name together
	pushed   map[string]int          // how many states of main each pushed branch is based on
	story    []step                  // what was played so far
}

// tree is what the Go files of a folder declare, by the codes' identities.
type tree map[int]code

// code is a declared code.
type code struct {
	number       int
	name, status string
	title        string
	params       map[string]string // kinds by name
}

type developer struct {
	*world
	dir   string
	knows int // how many states of main the branch is based on
	rand  *rand.Rand
	said  result // of the last run of extract
	saved string // the state of the branch that was saved last

	replaced int // obsolete texts, while the developer settles a merge
}

func newWorld(t *testing.T) *world {
	w := &world{t: t, dir: t.TempDir(), accepted: map[int]map[string]bool{},
		pairs: map[string]map[int]bool{}, pushed: map[string]int{}}
	w.git(w.dir, "init", "-q", "--bare", "-b", "main", "origin.git")
	for i := range w.devs {
		name := strconv.Itoa(i)
		w.git(w.dir, "clone", "-q", "origin.git", name)
		w.devs[i] = &developer{world: w, dir: filepath.Join(w.dir, name)}
		if i == 0 {
			w.begin(w.devs[0])
		}
	}
	t.Cleanup(func() {
		if t.Failed() {
			var text strings.Builder
			for _, s := range w.story {
				fmt.Fprintln(&text, s)
			}
			t.Logf("the story:\n%s", &text)
		}
	})
	return w
}

// begin makes the first commit.
func (w *world) begin(d *developer) {
	w.git(d.dir, "checkout", "-q", "-b", "main")
	write(w.t, "module example.com/shop\n\ngo 1.26\n\nrequire github.com/errlingo/errlingo v0.0.0\n",
		d.dir, "go.mod")
	write(w.t, "package shop\n\nimport \"github.com/errlingo/errlingo/catalog\"\n\n"+
		"var Domain = catalog.NewDomain(\"shop\")\n", d.dir, "shop.go")
	d.rand = rand.New(rand.NewPCG(0, 0))
	for range 4 {
		d.add(false)
	}
	mustRun(w.t, d.dir)
	mustRun(w.t, d.dir, "add", "de")
	d.translate()
	d.commit("begin")
	d.push("main")
	d.land()
}

func (w *world) git(dir string, args ...string) string {
	w.t.Helper()
	return gitIn(w.t, dir, args...)
}

func (w *world) play(story []step) {
	for _, s := range story {
		w.story = append(w.story, s)
		d := w.devs[s.dev]
		d.rand = rand.New(rand.NewPCG(s.seed, 1))
		d.do(s.op)
		if w.t.Failed() {
			return
		}
	}
}

// sound expects that no declared code has what another one had on main, and that the ledger has a
// line of everything that main had.
func (d *developer) sound(declared tree, knows int) {
	d.t.Helper()
	numbers, names := map[int]int{}, map[string]int{}
	own := func(id int, c code) {
		if other, ok := numbers[c.number]; ok && other != id {
			d.t.Errorf("number %d of code %d is that of code %d", c.number, id, other)
		}
		if other, ok := names[c.name]; ok && other != id {
			d.t.Errorf("name %s of code %d is that of code %d", c.name, id, other)
		}
		numbers[c.number], names[c.name] = id, id
	}
	lines := slices.Sorted(maps.Keys(d.ledger()))
	for _, t := range append(slices.Clone(d.landed[:knows]), declared) {
		for id, c := range t {
			own(id, c)
			if !slices.ContainsFunc(lines, func(line string) bool {
				words := strings.Fields(line)
				return words[0] == strconv.Itoa(c.number) &&
					(slices.Contains(words, c.name) || slices.Contains(words, "was:"+c.name))
			}) {
				d.t.Errorf("the ledger lacks %d %s", c.number, c.name)
			}
		}
	}
	if d.t.Failed() {
		d.t.Fatal(d.show(nil))
	}
}

// unbroken expects that each break between the last state of main and the next one was accepted.
func (d *developer) unbroken(next tree) {
	d.t.Helper()
	for id, c := range next {
		for _, t := range slices.Backward(d.landed) {
			old, ok := t[id]
			if !ok {
				continue
			}
			if old.number == c.number || old.name == c.name { // Else it's a new one for everybody.
				before := old.attributes()
				for i, now := range c.attributes() {
					free := strings.HasSuffix(before[i], " ") || now == before[i]+"+"
					if now != before[i] && !free && !d.accepted[id][now] {
						d.t.Errorf("code %d had %q on main and has %q, which nobody has accepted", id, before[i], now)
					}
				}
			}
			break
		}
	}
	if d.t.Failed() {
		d.t.Fatal(d.show(nil))
	}
}

// propose lets the forge merge the branch into main, if that does not conflict and passes the check.
func (d *developer) propose(updated bool) {
	d.t.Helper()
	branch := strings.TrimSpace(d.git(d.dir, "branch", "--show-current"))
	d.push(branch)
	d.pushed["origin/"+branch] = d.knows
	forge := d.devs[developers]
	forge.git(forge.dir, "fetch", "-q", "--tags")
	forge.git(forge.dir, "checkout", "-q", "-f", "-B", "main", "origin/main")
	if out, ok := tryGit(forge.dir, "merge", "-q", "--no-ff", "--no-edit", "origin/"+branch); !ok {
		if updated {
			d.t.Fatalf("merging a branch that has main: %s", out)
		}
		forge.git(forge.dir, "merge", "--abort")
		return
	}
	code, errors := forge.check()
	switch {
	case code == exitOK:
		next := forge.tree()
		forge.sound(next, len(d.landed))
		forge.unbroken(next)
		forge.noneFresh()
		forge.push("main")
		forge.land()
		if updated {
			d.knows = len(d.landed)
		}
	case updated:
		d.t.Fatalf("the check refuses on main what it lets pass on the branch:\n%s", forge.show(errors))
	default:
		for _, f := range errors {
			if f.Rule == "out-of-date" || f.Rule == "duplicate" || f.Rule == "not-written" {
				continue
			}
			if name, _, _ := strings.Cut(f.Text, "."); f.Rule == "toml-duplicate-key" &&
				slices.ContainsFunc(errors, func(g complaint) bool {
					return g.Rule == "duplicate" && strings.Contains(g.Text, name+" belongs to ")
				}) {
				continue // Each of two codes with one name has brought its texts.
			}
			if a, b := forge.colliding(f); len(a) == 0 || len(b) == 0 {
				d.t.Fatalf("the check refuses a clean merge: %s\n%s", f.Text, forge.show(errors))
			}
		}
	}
}

// land records what is checked out as a state of main.
func (d *developer) land() { d.landed = append(d.landed, d.tree()) }

// translated returns the codes whose title has a translation, including obsolete ones.
func (d *developer) translated() map[int]bool {
	ids := map[int]bool{}
	for _, name := range []string{"de.toml", "_state/de.obsolete"} {
		text, _ := os.ReadFile(filepath.Join(d.dir, "locales", name))
		for _, m := range germanText.FindAllStringSubmatch(string(text), -1) {
			id, _ := strconv.Atoi(m[1])
			ids[id] = true
		}
	}
	return ids
}

var (
	germanText   = regexp.MustCompile(`"Text (\d+)\.\d+, German \d+"`)
	textReplaced = regexp.MustCompile(`(\d+) texts? replaced among the obsolete texts`)
)

// noneLost expects that all codes that had a translation have one. An obsolete one makes way if
// another code that has had the same name goes later; then extract has said so.
func (d *developer) noneLost(before map[int]bool) {
	d.t.Helper()
	now := d.translated()
	maps.DeleteFunc(before, func(id int, _ bool) bool { return now[id] })
	if len(before) > d.replaced {
		d.t.Errorf("of the codes %v, translations are lost, but only %d were replaced",
			slices.Sorted(maps.Keys(before)), d.replaced)
	}
}

// single deletes the tables of a locale file whose names an earlier one has, too, and returns them.
// Git leaves such where two branches gave one name to two codes.
func (d *developer) single(name string) string {
	file := filepath.Join("locales", name)
	text := read(d.t, d.dir, file)
	if strings.Contains(text, "\n<<<<<<< ") {
		return "" // Extract resolves these conflicts.
	}
	var keep, drop strings.Builder
	seen := map[string]bool{}
	b := &keep
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "[") {
			b = &keep
			if seen[line] {
				b = &drop
			}
			seen[line] = true
		}
		b.WriteString(line)
	}
	if drop.Len() > 0 {
		write(d.t, keep.String(), d.dir, file)
	}
	return drop.String()
}

// putBack gives translations in deleted tables to their codes, unless a code is gone or its text has
// changed since.
func (d *developer) putBack(tables string, before map[int]bool) {
	file := filepath.Join("locales", "de.toml")
	for _, m := range germanText.FindAllStringSubmatch(tables, -1) {
		id, _ := strconv.Atoi(m[1])
		c, ok := d.tree()[id]
		text := strings.Trim(m[0], `"`)
		if !ok || !strings.HasPrefix(text, c.title+", ") {
			delete(before, id)
			continue
		}
		all, err := putForm(read(d.t, d.dir, file), c.name+".title.other", text)
		if err != nil {
			d.t.Fatal(err)
		}
		write(d.t, all, d.dir, file)
		mustRun(d.t, d.dir)
	}
}

// noneFresh expects that no text counts as translated whose translation was made from another one.
func (d *developer) noneFresh() {
	d.t.Helper()
	r := d.run("status", "--lang", "de", "--format", "json")
	de := d.decode(read(d.t, d.dir, "locales", "de.toml"))
	for id, c := range d.tree() {
		text := de[c.name]["title"]["other"]
		if text != "" && !strings.HasPrefix(text, c.title+", ") &&
			!strings.Contains(r.stdout, `"id": "`+c.name+`.title"`) {
			d.t.Errorf("%q counts as a translation of %q, code %d", text, c.title, id)
		}
	}
}
