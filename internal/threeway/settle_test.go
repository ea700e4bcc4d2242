package threeway_test

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/threeway"
)

func TestSettle(t *testing.T) {
	const (
		old   = "[AB.title]\n#. en: \"A\"\nother = \"Alt\"\n"
		late  = "\n[LATE.title]\n#. en: \"Late\"\nother = \"Spät\"\n"
		empty = "\n[LATE.title]\n#. en: \"Late\"\nother = \"\"\n"
		shut  = "\n[SHUT.title]\n#. en: \"Shut\"\nother = \"Zu\"\n"
	)
	conflict := func(ours, theirs string) string {
		return "<<<<<<< a\n" + ours + "=======\n" + theirs + ">>>>>>> b\n"
	}
	tests := []struct{ name, base, src, want string }{
		{"a table each", old, old + conflict(late, shut), old + late + shut},
		{"in front of a common one", old, conflict(shut[1:]+"\n", late[1:]+"\n") + old,
			shut[1:] + late + "\n" + old},
		{"the same table twice", old, old + conflict(late, shut+late), old + shut + late},
		{"words on one side", old, old + conflict(empty, late), old + late},
		{"words on the other side", old, old + conflict(late, empty), old + late},
		{"a new file", "", conflict(late[1:], shut[1:]), late[1:] + shut[1:]},
		{"a translator's comment", old, old + conflict("\n# mine"+late, "\n# yours"+shut),
			old + "\n# mine" + late + "\n# yours" + shut},
		{"extract's lines of a common table", old, "[AB.title]\n" + conflict("#. en: \"A\"\n",
			"#. en: \"B\"\n#, stale\n") + "other = \"Alt\"\n" + conflict(late, shut),
			"[AB.title]\n#. en: \"B\"\n#, stale\n#. en: \"A\"\nother = \"Alt\"\n" + late + shut},

		{"no conflict", old, old, ""},
		{"other words", old, old + conflict(late, strings.Replace(late, "Spät", "Zu spät", 1)), ""},
		{"a common table", old + empty, old + conflict(empty, late), ""},
		{"a common table that one side deleted", old + late, old + conflict(late, shut), ""},
		{"a comment of a common table", old, conflict("# mine\n", "# yours\n") + old, ""},
		{"a confirmed common table", old, "[AB.title]\n" + conflict("#, stale\n", "#, ok\n") +
			"other = \"Alt\"\n", ""},
		{"a former name", old, old + conflict(late, strings.ReplaceAll(late, "LATE", "OLD")), ""},
		{"no TOML", old, old + conflict("[AB", late), ""},
		{"a text in two shapes", old, old + conflict(late, "\n[LATE]\ntitle = \"Spät\"\n"), ""},
	}
	present := func(key string) string { return strings.Replace(key, "OLD.", "LATE.", 1) }
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, ok := threeway.Settle([]byte(test.base), []byte(test.src), present)
			want := test.want
			if want == "" {
				want = test.src
			}
			if string(got) != want || ok != (test.want != "") {
				t.Errorf("%v\n%s\nwant\n%s", ok, got, want)
			}
		})
	}
}

// TestSettleLosesNothing merges random changes with git. Where Settle resolves a conflict, the words
// that a branch has written are there, and those that a branch has emptied or deleted are not.
func TestSettleLosesNothing(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	dir := t.TempDir()
	settled, refused := 0, 0
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 1))
		var base texts
		for i := range 3 {
			base.add(r, 3*i)
		}
		ours, theirs := base.branch(r), base.branch(r)
		src, clean := mergeLines(t, dir, ours.file(), base.file(), theirs.file())
		if clean {
			continue
		}
		got, ok := threeway.Settle([]byte(base.file()), src, func(key string) string { return key })
		if !ok {
			refused++
			continue
		}
		settled++
		was, now := base.words(), wordsOf(string(got))
		for _, side := range []texts{ours, theirs} {
			wrote := side.words()
			for key := range now {
				if _, known := was[key]; known && wrote[key] == was[key] || !known && wrote[key] == "" {
					continue // The other branch decides.
				}
				if wrote[key] != now[key] {
					t.Fatalf("seed %d: %s is %q, not %q\nours\n%s\ntheirs\n%s\ngot\n%s", seed, key, now[key],
						wrote[key], ours.file(), theirs.file(), got)
				}
			}
			for key, words := range wrote {
				if _, kept := now[key]; !kept && words != was[key] {
					t.Fatalf("seed %d: %s is lost\nours\n%s\ntheirs\n%s\ngot\n%s", seed, key, ours.file(),
						theirs.file(), got)
				}
			}
		}
		for key := range now {
			if strings.Count(string(got), "["+key+"]") != 1 {
				t.Fatalf("seed %d: %s is there twice\n%s", seed, key, got)
			}
		}
	}
	if settled < 25 || refused < 25 {
		t.Errorf("%d conflicts are settled, %d are not", settled, refused)
	}
}

// texts are the tables of a file in their order.
type texts []struct{ key, note, words string }

// add adds a table for a code with this number, with or without words.
func (l *texts) add(r *rand.Rand, number int) {
	words := ""
	if r.IntN(2) == 0 {
		words = fmt.Sprint("Wort ", r.IntN(2))
	}
	*l = append(*l, struct{ key, note, words string }{fmt.Sprintf("C%02d.title", number),
		fmt.Sprintf("#. en: \"Source %d\"", number), words})
}

// branch returns the texts as somebody has changed them: most often a few are new.
func (l texts) branch(r *rand.Rand) texts {
	l = slices.Clone(l)
	for range 1 + r.IntN(2) {
		number := r.IntN(9)
		if _, known := l.words()[fmt.Sprintf("C%02d.title", number)]; !known {
			l.add(r, number)
		}
	}
	slices.SortFunc(l, func(a, b struct{ key, note, words string }) int {
		return strings.Compare(a.key, b.key)
	})
	switch i := r.IntN(len(l)); r.IntN(6) {
	case 0:
		l[i].words = fmt.Sprint("Neu ", r.IntN(2))
	case 1:
		l[i].note += "\n#, stale"
	case 2:
		l[i].words = ""
	case 3:
		l = slices.Delete(l, i, i+1)
	}
	return l
}

func (l texts) file() string {
	var b strings.Builder
	for _, one := range l {
		fmt.Fprintf(&b, "\n[%s]\n%s\nother = %q\n", one.key, one.note, one.words)
	}
	return b.String()[1:]
}

func (l texts) words() map[string]string { return wordsOf(l.file()) }

var oneTable = regexp.MustCompile(`(?m)^\[(.*)\]\n(?:#.*\n)*other = "(.*)"$`)

func wordsOf(file string) map[string]string {
	words := map[string]string{}
	for _, m := range oneTable.FindAllStringSubmatch(file, -1) {
		words[m[1]] = m[2]
	}
	return words
}

// mergeLines merges two versions of a file as git merge does.
func mergeLines(t *testing.T, dir, ours, base, theirs string) (merged []byte, clean bool) {
	t.Helper()
	files := map[string]string{"ours": ours, "base": base, "theirs": theirs}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(files[name]), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("git", "merge-file", "-p", "ours", "base", "theirs")
	cmd.Dir = dir
	merged, err := cmd.Output()
	if exit, ok := errors.AsType[*exec.ExitError](err); err != nil && (!ok || exit.ExitCode() > 127) {
		t.Fatal(err)
	}
	return merged, err == nil
}
