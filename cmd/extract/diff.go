package main

import (
	"fmt"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
)

// contextSize is how many lines a patch shows around what changes.
const contextSize = 3

// writePatch writes the changes of a plan as a patch that git apply takes, with paths from the repository's root, or from
// the module's if there is no repository.
func (a *app) writePatch(w *work) error {
	root := repositoryRoot(w.project.root)
	if root == "" {
		root = w.project.root
	}
	var b strings.Builder
	for _, j := range w.jobs {
		for _, c := range j.changes {
			name, err := filepath.Rel(root, filepath.Join(j.folder.abs(), c.name))
			if err != nil {
				return err
			}
			writeFilePatch(&b, filepath.ToSlash(name), c.old, c.new)
		}
	}
	_, err := a.stdout.Write([]byte(b.String()))
	return err
}

// writeFilePatch writes the patch of one file. See https://git-scm.com/docs/diff-format#generate_patch_text_with_p.
func writeFilePatch(b *strings.Builder, name string, old, replacement []byte) {
	from, to := patchName("a/"+name), patchName("b/"+name)
	fmt.Fprintf(b, "diff --git %s %s\n", from, to)
	if old == nil {
		b.WriteString("new file mode 100644\n")
		from = "/dev/null"
	}
	hunks := hunksOf(splitLines(string(old)), splitLines(string(replacement)))
	if len(hunks) == 0 {
		return // a new file without a line
	}
	fmt.Fprintf(b, "--- %s\n+++ %s\n", spaced(from), spaced(to))
	for _, h := range hunks {
		h.write(b)
	}
}

// patchName quotes a path as git does, if it has to.
func patchName(name string) string {
	if strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == '"' || r == '\\' || r == 0x7F }) {
		return strconv.Quote(name)
	}
	return name
}

// spaced ends a name with a space in it as git does, so that its end is clear.
func spaced(name string) string {
	if strings.Contains(name, " ") && !strings.HasPrefix(name, `"`) {
		return name + "\t"
	}
	return name
}

func splitLines(s string) []string {
	lines := strings.SplitAfter(s, "\n")
	if lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// line is a line of a patch: kept (' '), taken away ('-') or put in ('+').
type line struct {
	mark byte
	text string
}

// hunk is a stretch of a patch. Its numbers count lines from 0.
type hunk struct {
	oldStart, newStart int
	lines              []line
}

func (h *hunk) write(b *strings.Builder) {
	var count [2]int
	for _, l := range h.lines {
		if l.mark != '+' {
			count[0]++
		}
		if l.mark != '-' {
			count[1]++
		}
	}
	fmt.Fprintf(b, "@@ -%s +%s @@\n", stretch(h.oldStart, count[0]), stretch(h.newStart, count[1]))
	for _, l := range h.lines {
		b.WriteByte(l.mark)
		b.WriteString(l.text)
		if !strings.HasSuffix(l.text, "\n") {
			b.WriteString("\n\\ No newline at end of file\n")
		}
	}
}

// stretch writes a place and a number of lines. Of no lines the place is that of the line before.
func stretch(start, n int) string {
	switch n {
	case 0:
		return fmt.Sprintf("%d,0", start)
	case 1:
		return strconv.Itoa(start + 1)
	}
	return fmt.Sprintf("%d,%d", start+1, n)
}

// hunksOf cuts the difference of two files into stretches with a few kept lines around each change.
func hunksOf(old, replacement []string) []hunk {
	var hunks []hunk
	oldAt, newAt, quiet := 0, 0, 0 // quiet counts the kept lines since the last change
	var before []line              // the kept lines before a hunk begins
	open := false
	for _, l := range differences(old, replacement) {
		if l.mark != ' ' && !open {
			hunks = append(hunks, hunk{oldAt - len(before), newAt - len(before), before})
			before, open = nil, true
		}
		if l.mark == ' ' {
			quiet++
		} else {
			quiet = 0
		}
		if open {
			last := &hunks[len(hunks)-1]
			last.lines = append(last.lines, l)
			if quiet > 2*contextSize {
				cut := len(last.lines) - quiet + contextSize
				before = append([]line(nil), last.lines[len(last.lines)-contextSize:]...)
				last.lines, open = last.lines[:cut:cut], false
			}
		} else {
			before = append(before, l)
			before = before[max(0, len(before)-contextSize):]
		}
		if l.mark != '+' {
			oldAt++
		}
		if l.mark != '-' {
			newAt++
		}
	}
	if open && quiet > contextSize {
		last := &hunks[len(hunks)-1]
		last.lines = last.lines[:len(last.lines)-quiet+contextSize]
	}
	return hunks
}

// differences lines two files up, in time that hardly grows faster than their size: lines that stand once in each, in the
// longest order that both have, are the same lines, and so are equal lines next to these.
func differences(old, replacement []string) []line {
	var lines []line
	x, y := 0, 0
	emit := func(toX, toY int) {
		for ; x < toX; x++ {
			lines = append(lines, line{'-', old[x]})
		}
		for ; y < toY; y++ {
			lines = append(lines, line{'+', replacement[y]})
		}
	}
	for _, p := range append(anchors(old, replacement), [2]int{len(old), len(replacement)}) {
		// Equal lines right behind the last anchor, then those right before this one.
		for x < p[0] && y < p[1] && old[x] == replacement[y] {
			lines = append(lines, line{' ', old[x]})
			x, y = x+1, y+1
		}
		back := 0
		for p[0]-back > x && p[1]-back > y && old[p[0]-back-1] == replacement[p[1]-back-1] {
			back++
		}
		emit(p[0]-back, p[1]-back)
		for x < len(old) && y < len(replacement) && x <= p[0] {
			lines = append(lines, line{' ', old[x]})
			x, y = x+1, y+1
		}
	}
	return lines
}

// anchors returns the pairs of lines that stand once in each file and have the same order in both.
func anchors(old, replacement []string) [][2]int {
	type count struct{ inOld, inNew, at int }
	counts := map[string]*count{}
	for i, l := range old {
		if c := counts[l]; c != nil {
			c.inOld++
		} else {
			counts[l] = &count{inOld: 1, at: i}
		}
	}
	for _, l := range replacement {
		if c := counts[l]; c != nil {
			c.inNew++
		}
	}
	var pairs [][2]int
	for i, l := range replacement {
		if c := counts[l]; c != nil && c.inOld == 1 && c.inNew == 1 {
			pairs = append(pairs, [2]int{c.at, i})
		}
	}
	return increasing(pairs)
}

// increasing returns the longest part of the pairs in which the first numbers grow, as the second ones do.
func increasing(pairs [][2]int) [][2]int {
	var ends []int // ends[n] is the pair with the least first number that ends a chain of n+1 pairs
	previous := make([]int, len(pairs))
	for i, p := range pairs {
		n := sort.Search(len(ends), func(k int) bool { return pairs[ends[k]][0] >= p[0] })
		if previous[i] = -1; n > 0 {
			previous[i] = ends[n-1]
		}
		if n == len(ends) {
			ends = append(ends, i)
		} else {
			ends[n] = i
		}
	}
	chain := make([][2]int, len(ends))
	if len(ends) > 0 {
		for at, n := ends[len(ends)-1], len(ends)-1; n >= 0; at, n = previous[at], n-1 {
			chain[n] = pairs[at]
		}
	}
	return chain
}
