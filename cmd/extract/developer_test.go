package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"
)

func (d *developer) do(op string) {
	switch op {
	case "branch":
		d.save()
		d.branches++
		d.git(d.dir, "fetch", "-q", "--tags")
		d.git(d.dir, "checkout", "-q", "-B", fmt.Sprint("b", d.branches), "--no-track", "origin/main")
		d.knows = len(d.landed)
	case "add":
		d.add(false)
	case "reuse":
		d.add(true)
	case "translate":
		d.save()
		d.translate()
	case "commit":
		d.save()
	case "careless":
		d.run("--allow-shrink")
		d.commit(op)
	case "lose":
		d.lose()
	case "update":
		d.update()
	case "join":
		d.save()
		if branch, ok := d.otherBranch(); ok {
			d.knows = max(d.knows, d.pushed[branch])
			d.combine("merge", "-q", "--no-edit", branch)
		}
	case "revert":
		d.revert()
	case "pick":
		d.pick()
	case "land":
		d.update()
		d.propose(true)
	case "forge":
		d.save()
		d.propose(false)
	case "release":
		d.releases++
		tag := fmt.Sprint("v", d.releases)
		d.git(d.dir, "fetch", "-q")
		d.git(d.dir, "tag", tag, "origin/main")
		d.git(d.dir, "push", "-q", "origin", tag)
	default:
		d.change(op)
	}
}

// declare writes the Go file of a code. Its lines are apart, so that git merges changes of different
// attributes.
func (d *developer) declare(id int, c code) {
	pair := func() string { return fmt.Sprint(c.number, " ", c.name) }
	for d.pairs[pair()] != nil && !d.pairs[pair()][id] {
		c.number++ // Nothing tells two codes apart that have both in common.
	}
	if d.pairs[pair()] == nil {
		d.pairs[pair()] = map[int]bool{}
	}
	d.pairs[pair()][id] = true
	text := fmt.Sprintf("package shop\n\nimport \"github.com/errlingo/errlingo/catalog\"\n\n"+
		"// Code %[1]d.\nvar Code%[1]d = Domain.Define(\n\t%[2]d,\n\t//\n\t%[3]q,\n\t//\n"+
		"\tcatalog.Spec{\n\t\tTitle: %[4]q,\n\t\t//\n\t\tHTTP: %[5]s,\n\t\t//\n"+
		"\t\tParams: catalog.Params{\n", id, c.number, c.name, c.title, c.status)
	for _, name := range paramNames {
		switch kind := c.params[name]; kind {
		case "":
			text += "\t\t\t// no " + name + "\n\t\t\t//\n"
		default:
			text += "\t\t\t" + fmt.Sprintf(paramSource[kind], name) + ",\n\t\t\t//\n"
		}
	}
	text += "\t\t},\n\t},\n)\n\n"
	for n := range 40 {
		text += fmt.Sprintf("// Git must not take the file of code %d for another one's: %d.\n", id, n*id)
	}
	write(d.t, text, d.dir, fmt.Sprintf("code%d.go", id))
}

var (
	paramNames  = []string{"A", "B", "C"}
	paramSource = map[string]string{
		"string":  `catalog.String("%s", "x")`,
		"int":     `catalog.Int("%s", 1)`,
		"string+": `catalog.Public(catalog.String("%s", "x"))`,
		"int+":    `catalog.Public(catalog.Int("%s", 1))`,
	}
	codeFile = regexp.MustCompile(`Define\(\n\t(\d+),\n\t//\n\t"(\w+)",\n\t//\n` +
		`\tcatalog.Spec\{\n\t\tTitle: "(.*)",\n\t\t//\n\t\tHTTP: (\d+),`)
)

// parseCode reads what declare has written.
func parseCode(text string) (code, bool) {
	m := codeFile.FindStringSubmatch(text)
	if m == nil {
		return code{}, false
	}
	c := code{name: m[2], title: m[3], status: m[4], params: map[string]string{}}
	c.number, _ = strconv.Atoi(m[1])
	for kind, source := range paramSource {
		for _, name := range paramNames {
			if strings.Contains(text, "\t"+fmt.Sprintf(source, name)+",") {
				c.params[name] = kind
			}
		}
	}
	return c, true
}

// tree reads the Go files.
func (d *developer) tree() tree {
	d.t.Helper()
	names, err := filepath.Glob(filepath.Join(d.dir, "code*.go"))
	if err != nil {
		d.t.Fatal(err)
	}
	all := tree{}
	for _, name := range names {
		c, ok := parseCode(read(d.t, name))
		if !ok {
			d.t.Fatalf("%s: %s", name, read(d.t, name))
		}
		all[idOf(name)] = c
	}
	return all
}

// idOf returns the identity of the code in a file.
func idOf(name string) int {
	id, _ := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(filepath.Base(name), "code"), ".go"))
	return id
}

// one returns one of several values. Without any, ok is false.
func one[T any](r *rand.Rand, all []T) (value T, ok bool) {
	if len(all) == 0 {
		return value, false
	}
	return all[r.IntN(len(all))], true
}

func (d *developer) word() int { d.words++; return d.words }

// add declares a new code, with the next number and a name that the developer believes to be free.
// With reuse, one of them is not.
func (d *developer) add(reuse bool) {
	d.codes++
	c := code{status: d.status(), params: map[string]string{}}
	c.title = fmt.Sprintf("Text %d.%d", d.codes, d.word())
	c.number, c.name = d.freeNumber(), d.freeName()
	lines := slices.Collect(maps.Keys(d.ledger()))
	slices.Sort(lines)
	if line, ok := one(d.rand, lines); ok && reuse {
		words := strings.Fields(line)
		if d.rand.IntN(2) == 0 {
			c.number, _ = strconv.Atoi(words[0])
		} else {
			c.name = words[1]
		}
	}
	d.declare(d.codes, c)
}

func (d *developer) status() string { return strconv.Itoa(400 + d.rand.IntN(5)) }

// freeNumber returns the number after all that the developer's ledger and Go files have.
func (d *developer) freeNumber() int {
	n := 1000
	for line := range d.ledger() {
		number, _ := strconv.Atoi(strings.Fields(line)[0])
		n = max(n, number)
	}
	for _, c := range d.tree() {
		n = max(n, c.number)
	}
	return n + 1
}

// freeName returns a name that the developer's ledger and Go files do not have.
func (d *developer) freeName() string {
	var taken string
	for line := range d.ledger() {
		taken += " " + strings.ReplaceAll(line, "was:", "") + " "
	}
	for _, c := range d.tree() {
		taken += " " + c.name + " "
	}
	for n := 10; ; n++ {
		if name := fmt.Sprint("CODE_", d.rand.IntN(n)); !strings.Contains(taken, " "+name+" ") {
			return name
		}
	}
}

// ledger returns the lines of the ledger.
func (d *developer) ledger() map[string]bool {
	text, _ := os.ReadFile(filepath.Join(d.dir, "locales", "codes.lock"))
	lines := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		if line[0] >= '0' && line[0] <= '9' {
			lines[strings.TrimSpace(line)] = true
		}
	}
	return lines
}

// change changes a declared code.
func (d *developer) change(op string) {
	all := d.tree()
	id, ok := one(d.rand, slices.Sorted(maps.Keys(all)))
	if !ok {
		return
	}
	c := all[id]
	param, _ := one(d.rand, paramNames)
	kind := c.params[param]
	switch op {
	case "text":
		c.title = fmt.Sprintf("Text %d.%d", id, d.word())
	case "status":
		c.status = d.status()
	case "rename":
		c.name = d.freeName()
	case "renumber":
		c.number = d.freeNumber()
	case "grow":
		if kind == "" {
			c.params[param] = []string{"int", "string+"}[d.rand.IntN(2)]
		}
	case "drop":
		delete(c.params, param)
	case "retype":
		c.params[param] = map[string]string{"": "int", "int": "string", "int+": "string+",
			"string": "int", "string+": "int+"}[kind]
	case "public":
		c.params[param] = strings.TrimSuffix(kind, "+")
		if kind != "" {
			c.params[param] += "+"
		}
	case "hide":
		c.params[param] = strings.TrimSuffix(kind, "+")
	case "retire":
		if err := os.Remove(filepath.Join(d.dir, fmt.Sprintf("code%d.go", id))); err != nil {
			d.t.Fatal(err)
		}
		return
	default:
		d.t.Fatalf("no step is called %q", op)
	}
	d.declare(id, c)
}

// translate translates a text into German. The translation says what it was made from.
func (d *developer) translate() {
	all := d.tree()
	id, ok := one(d.rand, slices.Sorted(maps.Keys(all)))
	if !ok {
		return
	}
	c := all[id]
	text, err := putForm(read(d.t, d.dir, "locales", "de.toml"), c.name+".title.other",
		fmt.Sprintf("%s, German %d", c.title, d.word()))
	if err != nil {
		d.t.Fatal(err)
	}
	write(d.t, text, d.dir, "locales", "de.toml")
}

// lose deletes a line of the ledger, or takes an old version of it.
func (d *developer) lose() {
	name := filepath.Join("locales", "codes.lock")
	if d.rand.IntN(2) == 0 {
		tryGit(d.dir, "checkout", "-q", fmt.Sprintf("HEAD~%d", 1+d.rand.IntN(4)), "--", name)
		return
	}
	lines := slices.Sorted(maps.Keys(d.ledger()))
	if line, ok := one(d.rand, lines); ok {
		write(d.t, strings.Replace(read(d.t, d.dir, name), line+"\n", "", 1), d.dir, name)
	}
}

func (d *developer) run(args ...string) result {
	r := runIn(d.t, d.dir, args...)
	if m := textReplaced.FindStringSubmatch(r.stdout); m != nil && args[0] != "check" {
		n, _ := strconv.Atoi(m[1])
		d.replaced += n
	}
	return r
}

func (d *developer) commit(message string) {
	d.git(d.dir, "add", "--all")
	d.git(d.dir, "commit", "-q", "--allow-empty", "-m", message)
}

// push pushes what is checked out.
func (d *developer) push(branch string) {
	d.git(d.dir, "push", "-q", "-f", "origin", "HEAD:refs/heads/"+branch)
}

// save brings the files up to date, accepts what the developer has changed, and commits.
func (d *developer) save() {
	if d.knows == 0 || d.state() == d.saved { // There is no branch yet, or nothing to save.
		return
	}
	d.settle()
	d.commit("work")
	d.saved = d.state()
}

// state returns what git says about the branch, the last commit and all changes since.
func (d *developer) state() string { return d.git(d.dir, "status", "--porcelain=v2", "--branch") }

// update merges main.
func (d *developer) update() {
	d.save()
	d.git(d.dir, "fetch", "-q", "--tags")
	d.knows = len(d.landed)
	d.combine("merge", "-q", "--no-edit", "origin/main")
}

// otherBranch returns a branch that some developer has pushed.
func (d *developer) otherBranch() (string, bool) {
	d.git(d.dir, "fetch", "-q")
	out := d.git(d.dir, "for-each-ref", "--format=%(refname:short)", "refs/remotes/origin/b*")
	return one(d.rand, strings.Fields(out))
}

// revert reverts a commit or a merge.
func (d *developer) revert() {
	d.save()
	commits := strings.Fields(d.git(d.dir, "rev-list", "--first-parent", "--max-count=6", "HEAD"))
	commit, _ := one(d.rand, commits[:len(commits)-1])
	if commit == "" {
		return
	}
	before := d.tree()
	args := []string{"revert", "--no-edit"}
	if parents := d.git(d.dir, "rev-list", "-1", "--parents", commit); strings.Count(parents, " ") > 1 {
		args = append(args, "-m", "1")
	}
	d.mix(append(args, commit)...)
	for id, c := range d.tree() {
		if old, ok := before[id]; !ok || fmt.Sprint(old) != fmt.Sprint(c) {
			d.accept(id, c)
		}
	}
	d.save()
}

// pick cherry-picks a commit of any branch.
func (d *developer) pick() {
	d.save()
	d.git(d.dir, "fetch", "-q")
	out := d.git(d.dir, "rev-list", "--no-merges", "--max-count=12", "--remotes", "^HEAD")
	if commit, ok := one(d.rand, strings.Fields(out)); ok {
		d.combine("cherry-pick", "--allow-empty", "--keep-redundant-commits", commit)
	}
}

// combine runs a command of git that combines the branch with something else, and saves the result.
func (d *developer) combine(args ...string) {
	d.mix(args...)
	d.save()
}

// mix runs a command of git that may conflict, and resolves the conflicts.
func (d *developer) mix(args ...string) {
	out, ok := tryGit(d.dir, args...)
	if ok {
		return
	}
	unmerged := d.git(d.dir, "ls-files", "--unmerged")
	if unmerged == "" && !strings.Contains(out, "nothing to commit") &&
		!strings.Contains(out, "The previous cherry-pick is now empty") {
		d.t.Fatalf("git %q: %s", args, out)
	}
	stages := map[string]map[string]string{} // texts by file and stage
	for line := range strings.Lines(unmerged) {
		about, name, _ := strings.Cut(strings.TrimSpace(line), "\t")
		words := strings.Fields(about)
		if stages[name] == nil {
			stages[name] = map[string]string{}
		}
		stages[name][words[2]] = d.git(d.dir, "cat-file", "blob", words[1])
	}
	for _, name := range slices.Sorted(maps.Keys(stages)) {
		s := stages[name]
		switch {
		case strings.HasPrefix(name, "code"):
			d.resolveCode(name, s["1"], s["2"], s["3"])
		case strings.HasSuffix(name, "de.toml"), strings.HasSuffix(name, ".obsolete"):
			d.resolveTexts(name, s["1"], s["2"], s["3"])
		case !strings.HasSuffix(name, "en.toml"): // Extract writes that from Go.
			d.t.Fatalf("git %q: a conflict in %s", args, name)
		}
	}
}

// resolveCode merges two versions of a code's file, attribute by attribute.
func (d *developer) resolveCode(name, base, ours, theirs string) {
	if ours == "" || theirs == "" { // One side has retired it.
		if keep := ours + theirs; keep != "" && d.rand.IntN(2) == 0 {
			write(d.t, keep, d.dir, name)
		} else if err := os.Remove(filepath.Join(d.dir, name)); err != nil && !os.IsNotExist(err) {
			d.t.Fatal(err)
		}
		return
	}
	b, _ := parseCode(base)
	o, _ := parseCode(ours)
	t, _ := parseCode(theirs)
	merged := code{
		number: threeWay(d.rand, b.number, o.number, t.number),
		name:   threeWay(d.rand, b.name, o.name, t.name),
		title:  threeWay(d.rand, b.title, o.title, t.title),
		status: threeWay(d.rand, b.status, o.status, t.status),
		params: map[string]string{},
	}
	for _, p := range paramNames {
		merged.params[p] = threeWay(d.rand, b.params[p], o.params[p], t.params[p])
	}
	d.declare(idOf(name), merged)
}

func threeWay[T comparable](r *rand.Rand, base, ours, theirs T) T {
	if ours == base || theirs != base && r.IntN(2) == 0 {
		return theirs
	}
	return ours
}

type textTables = map[string]map[string]map[string]string

func (d *developer) decode(text string) textTables {
	d.t.Helper()
	all := textTables{}
	if _, err := toml.Decode(text, &all); err != nil {
		d.t.Fatalf("%v in\n%s", err, text)
	}
	return all
}

// resolveTexts merges two versions of a file with translations, text by text, and keeps a
// translation that only one side has.
func (d *developer) resolveTexts(file, base, ours, theirs string) {
	if strings.Contains(base, "\n<<<<<<<<<") {
		base = "" // Branches that were merged crosswise have a base that git made, with conflicts of its own.
	}
	b, o, t := d.decode(base), d.decode(ours), d.decode(theirs)
	for _, name := range slices.Sorted(maps.Keys(t)) {
		was, our, their := b[name]["title"]["other"], o[name]["title"]["other"], t[name]["title"]["other"]
		if their == "" || our != "" && threeWay(d.rand, was, our, their) == our {
			continue
		}
		if text, err := putForm(ours, name+".title.other", their); err == nil {
			ours = text
		} else {
			ours += fmt.Sprintf("\n[%s.title]\nother = %q\n", name, their)
		}
	}
	write(d.t, ours, d.dir, file)
}

// complaint is an error that the check reports.
type complaint struct {
	File, Severity, Rule, Text, Hint string
	Line                             int
}

func (d *developer) check(args ...string) (code int, errors []complaint) {
	r := d.run(append([]string{"check", "--allow-shrink", "--format", "json"}, args...)...)
	var report struct{ Findings []complaint }
	if err := json.Unmarshal([]byte(r.stdout), &report); err != nil {
		d.t.Fatalf("check: %v, %+v", err, r)
	}
	for _, f := range report.Findings {
		switch {
		case f.Severity != "error":
		case f.Rule == "duplicate": // While a declaration is invalid, nothing can be accepted.
			errors = slices.Insert(errors, 0, f)
		default:
			errors = append(errors, f)
		}
	}
	return r.code, errors
}

// settle runs extract, accepts what the developer has changed, and gives a code that shares its
// number or name with another one a new one, until the check passes.
func (d *developer) settle() {
	d.t.Helper()
	before := d.translated()
	d.replaced = 0
	var loose []string
	for round := 0; ; round++ {
		loose = append(loose, d.single("en.toml"), d.single("de.toml"))
		d.said = d.run("--allow-shrink")
		code, errors := d.check()
		if code == exitOK {
			break
		}
		if round == 40 {
			d.t.Fatalf("the check still fails:\n%s", d.show(errors))
		}
		for _, f := range errors {
			if d.answer(f, errors) {
				break // The other findings may be gone.
			}
		}
	}
	d.putBack(strings.Join(loose, ""), before)
	d.sound(d.tree(), d.knows)
	d.noneLost(before)
	d.noneFresh()
}

func (d *developer) show(errors []complaint) string {
	var b strings.Builder
	for _, f := range errors {
		fmt.Fprintf(&b, "%s:%d: %s %s\n\t%s\n", filepath.Base(f.File), f.Line, f.Rule, f.Text, f.Hint)
	}
	text, _ := os.ReadFile(filepath.Join(d.dir, "locales", "codes.lock"))
	return fmt.Sprintf("%s%s%v\nextract: %+v", &b, text, d.tree(), d.said)
}

var (
	acceptHint  = regexp.MustCompile(`extract accept --ledger ([A-Z0-9_]+)$`)
	wasRenamed  = regexp.MustCompile(`^code (\d+) was renamed from (\w+) to (\w+) `)
	wasMoved    = regexp.MustCompile(`^number of (\w+) changed from (\d+) to `)
	numberTaken = regexp.MustCompile(
		`^number (\d+) belongs to (?:both )?(\w+) \(\S+(?: \d+)?\)(?: and (\w+)$|, not to (\w+))?`)
	nameTaken = regexp.MustCompile(
		`^name (\w+) belongs to (?:both )?code (\d+) \(\S+(?: \d+)?\)(?: and code (\d+))?`)
)

// answer does what an honest developer does about a finding. It returns false if nothing can be
// done before other findings are gone.
func (d *developer) answer(f complaint, all []complaint) bool {
	d.t.Helper()
	declared := d.tree()
	id, name := idOf(f.File), ""
	if m := acceptHint.FindStringSubmatch(f.Hint); m != nil {
		name = m[1]
	}
	switch f.Rule {
	case "out-of-date", "not-written":
		if slices.ContainsFunc(all, func(f complaint) bool { return f.Rule != "out-of-date" }) {
			return false
		}
	case "ledger-break":
		for _, g := range all { // One may say that the code looks like another one.
			number, name := wasRenamed.FindStringSubmatch(g.Text), wasMoved.FindStringSubmatch(g.Text)
			switch {
			case g.File != f.File:
			case number != nil && !d.pairs[number[1]+" "+number[2]][id]:
				d.giveOther(id, true, false)
				return true
			case name != nil && !d.pairs[name[2]+" "+name[1]][id]:
				d.giveOther(id, false, true)
				return true
			}
		}
		d.acceptLedger(name)
		return true
	case "duplicate":
		for other, c := range declared {
			own := declared[id]
			switch {
			case other == id:
			case c.number == own.number:
				d.giveOther(d.younger(id, other, strconv.Itoa(c.number)), true, c.name == own.name)
				return true
			case c.name == own.name:
				d.giveOther(d.younger(id, other, c.name), false, true)
				return true
			}
		}
	case "toml-duplicate-key":
		if strings.HasSuffix(f.File, "en.toml") {
			d.git(d.dir, "checkout", "HEAD", "--", "locales/en.toml") // Extract writes it from Go.
			return true
		}
	case "ledger-reuse", "ledger-twice":
		a, b := d.colliding(f)
		if _, line, ok := strings.Cut(f.Hint, "put its old line back into locales/codes.lock: "); ok && a[id] {
			name := filepath.Join("locales", "codes.lock")
			write(d.t, read(d.t, d.dir, name)+line+"\n", d.dir, name)
			d.acceptLedger(d.tree()[id].name)
			return true
		}
		for same := range a {
			switch {
			case !b[same]:
				continue
			case name != "":
				d.acceptLedger(name) // It is one code with another number.
			case f.Rule == "ledger-reuse": // Main has retired it, and this branch has changed it.
				d.giveOther(same, true, true)
			default:
				d.giveOther(same, true, false) // Another code has its former name.
			}
			return true
		}
		if len(a) == 0 || len(b) == 0 {
			break
		}
		d.separate(f, a, b)
		return true
	}
	d.t.Fatalf("the check refuses what it must not: %s\nall:\n%s", f.Text, d.show(all))
	return false
}

// colliding returns the codes that had what a finding says that two codes have.
func (d *developer) colliding(f complaint) (a, b map[int]bool) {
	own := map[int]bool{}
	if id := idOf(f.File); id != 0 {
		own[id] = true
	}
	if m := numberTaken.FindStringSubmatch(f.Text); m != nil {
		a, b = d.pairs[m[1]+" "+m[2]], d.pairs[m[1]+" "+m[3]+m[4]]
	} else if m := nameTaken.FindStringSubmatch(f.Text); m != nil {
		a, b = d.pairs[m[2]+" "+m[1]], d.pairs[m[3]+" "+m[1]]
	}
	if len(own) > 0 {
		b = own
	}
	return a, b
}

// separate ends a collision: the code that has to give way gets another number or name, or, if it
// isn't declared with that any more, the ledger forgets that it was.
func (d *developer) separate(f complaint, a, b map[int]bool) {
	d.t.Helper()
	words := strings.Fields(f.Text)
	kind, key := words[0], words[1]
	id := 0
	for _, other := range slices.Concat(slices.Sorted(maps.Keys(a)), slices.Sorted(maps.Keys(b))) {
		if id == 0 {
			id = other
		}
		id = d.younger(id, other, key)
	}
	if own := idOf(f.File); f.Rule == "ledger-reuse" && own != 0 && !d.hadOnMain(own, key) {
		id = own
	}
	has := func(id int) bool {
		c, ok := d.tree()[id]
		return ok && (kind == "number" && strconv.Itoa(c.number) == key || kind == "name" && c.name == key)
	}
	if has(id) {
		d.giveOther(id, kind == "number", kind == "name")
		return
	}
	name := filepath.Join("locales", "codes.lock")
	text := read(d.t, d.dir, name)
	rest := text
	for line := range d.ledger() {
		words := strings.Fields(line)
		switch {
		case !d.pairs[words[0]+" "+words[1]][id]:
		case words[0] == key || words[1] == key:
			rest = strings.Replace(rest, line+"\n", "", 1)
		default:
			rest = strings.Replace(rest, line+"\n", strings.Replace(line+"\n", " was:"+key, "", 1), 1)
		}
	}
	if rest != text {
		write(d.t, rest, d.dir, name)
		return
	}
	if _, line, ok := strings.Cut(f.Hint, "was never released, delete line "); ok {
		n, _ := strconv.Atoi(line)
		lines := slices.Collect(strings.Lines(text))
		write(d.t, strings.Join(slices.Delete(lines, n-1, n), ""), d.dir, name)
		return
	}
	for other := range d.tree() { // It has only had the name before, so the other code has to give way.
		if has(other) {
			d.giveOther(other, kind == "number", kind == "name")
			return
		}
	}
}

// younger returns the code that has to give way: the one that did not have the number or name on
// main.
func (d *developer) younger(a, b int, key string) int {
	switch hadA, hadB := d.hadOnMain(a, key), d.hadOnMain(b, key); {
	case hadA && !hadB:
		return b
	case hadB && !hadA:
		return a
	}
	return max(a, b)
}

// hadOnMain reports whether a code had the number or name on main.
func (d *developer) hadOnMain(id int, key string) bool {
	return slices.ContainsFunc(d.landed[:d.knows], func(t tree) bool {
		c, ok := t[id]
		return ok && (c.name == key || strconv.Itoa(c.number) == key)
	})
}

// giveOther gives a code a number or a name that was never used. Whether that has to be accepted, the
// next check says: it may be a break of another code that has this name.
func (d *developer) giveOther(id int, number, name bool) {
	c := d.tree()[id]
	if number {
		c.number = 5000 + d.word()
	}
	if name {
		c.name = fmt.Sprint("OTHER_", d.word())
	}
	d.declare(id, c)
}

// acceptLedger accepts the changes of a code.
func (d *developer) acceptLedger(name string) {
	d.t.Helper()
	d.run("accept", "--ledger", name)
	for id, c := range d.tree() {
		if c.name == name {
			d.accept(id, c)
		}
	}
}

// accept records that the attributes of a code were accepted.
func (d *developer) accept(id int, c code) {
	if d.accepted[id] == nil {
		d.accepted[id] = map[string]bool{}
	}
	for _, a := range c.attributes() {
		d.accepted[id][a] = true
	}
}

func (c code) attributes() []string {
	all := []string{fmt.Sprint("number ", c.number), "name " + c.name, "status " + c.status}
	for _, p := range paramNames {
		all = append(all, "param "+p+" "+c.params[p])
	}
	return all
}
