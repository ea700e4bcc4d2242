package exchange

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/state"
)

// A CSV file has a row per form, under a row with the names of the columns. Three names have what
// the file is about in parentheses: "id (shop)", "source (en)", "target (de)".
//
// Spreadsheet programs run what begins like a formula, so that such a cell gets an apostrophe in
// front, which reading takes off again. They find UTF-8 by the byte order mark.

// The columns.
const (
	columnID = iota
	columnForm
	columnNumbers
	columnSource
	columnTarget
	columnState
	columnPrevious
	columnComment
	columnContext
	columnMax
	numColumns
)

var columns = [numColumns]string{
	"id", "form", "numbers", "source", "target", "state", "previous source", "comment", "context",
	"max",
}

func writeCSV(f *File) []byte {
	var out bytes.Buffer
	out.WriteString("\uFEFF")
	w := csv.NewWriter(&out)
	write := func(row []string) {
		for i := range row {
			row[i] = guard(row[i])
		}
		_ = w.Write(row) // A buffer has no errors.
	}
	head := slices.Clone(columns[:])
	head[columnID] += " (" + f.Domain + ")"
	head[columnSource] += " (" + f.Source.String() + ")"
	head[columnTarget] += " (" + f.Target.String() + ")"
	write(head)
	for i := range f.Texts {
		t := &f.Texts[i]
		for _, form := range t.Forms {
			row := make([]string, numColumns)
			row[columnID], row[columnSource], row[columnTarget] = t.ID, form.Source, form.Target
			if t.Plural {
				row[columnForm], row[columnNumbers] = form.Category.String(), form.Numbers
			}
			row[columnState], row[columnPrevious] = form.State.String(), form.Previous
			row[columnComment] = strings.Join(t.Comments, "\n")
			row[columnContext] = strings.Join(t.Context, "\n")
			if t.Max > 0 {
				row[columnMax] = strconv.Itoa(t.Max)
			}
			write(row)
		}
	}
	w.Flush()
	return out.Bytes()
}

// formula are the characters that a formula, or a guarded cell, begins with.
const formula = "=+-@\t\r'"

// guard returns a cell that no program takes for a formula.
func guard(cell string) string {
	if cell != "" && strings.IndexByte(formula, cell[0]) >= 0 {
		return "'" + cell
	}
	return cell
}

// unguard undoes [guard].
func unguard(cell string) string {
	if rest, ok := strings.CutPrefix(cell, "'"); ok && rest != guard(rest) {
		return rest
	}
	return cell
}

// csvReader reads a CSV file.
type csvReader struct {
	*reader
	csv    *csv.Reader
	starts []int           // the offsets of the lines
	where  [numColumns]int // where the columns are in the file; -1 for one that it lacks
	row    []string
}

func (r *reader) readCSV() {
	c := &csvReader{reader: r, csv: csv.NewReader(bytes.NewReader(r.src)), starts: []int{0}}
	for i, b := range r.src {
		if b == '\n' {
			c.starts = append(c.starts, i+1)
		}
	}
	c.csv.Comma = comma(r.src)
	c.csv.FieldsPerRecord = -1
	c.csv.ReuseRecord = true
	for head := true; len(r.findings) < maxFindings; head = false {
		row, err := c.csv.Read()
		if errors.Is(err, io.EOF) {
			if head {
				r.syntax(diag.Pos{Line: 1, Column: 1}, "the file is empty", "")
			}
			return
		}
		if fault, is := errors.AsType[*csv.ParseError](err); is {
			r.syntax(c.at(fault.Line, fault.Column), fault.Err.Error(),
				"put a text with a quotation mark into quotation marks, and double the one inside")
			return
		}
		c.row = row
		if head && !c.head() || r.full(c.pos(columnID)) {
			return
		}
		if !head {
			c.form()
		}
	}
}

// comma returns what separates the cells of the first line: spreadsheet programs write a semicolon
// in countries with a decimal comma.
func comma(src []byte) rune {
	line, _, _ := bytes.Cut(src, []byte("\n"))
	separator, most := ',', 0
	for _, r := range ",;\t" {
		if n := bytes.Count(line, []byte(string(r))); n > most {
			separator, most = r, n
		}
	}
	return separator
}

// at returns the position of a byte of a line.
func (c *csvReader) at(line, column int) diag.Pos {
	start := c.starts[min(max(line, 1), len(c.starts))-1]
	end := min(start+max(column-1, 0), len(c.src))
	return diag.Pos{Line: line, Column: 1 + utf8.RuneCount(c.src[start:end])}
}

// pos returns the position of the cell of a column, or that of the row.
func (c *csvReader) pos(column int) diag.Pos {
	i := c.where[column]
	if i < 0 || i >= len(c.row) {
		i = 0
	}
	return c.at(c.csv.FieldPos(i))
}

// cell returns the content of a column, "" if the row lacks it.
func (c *csvReader) cell(column int) string {
	if i := c.where[column]; i >= 0 && i < len(c.row) {
		return unguard(c.row[i])
	}
	return ""
}

// head reads the row with the names of the columns. It reports whether to go on.
func (c *csvReader) head() bool {
	for column := range c.where {
		c.where[column] = -1
	}
	for i, cell := range c.row {
		name, about, _ := strings.Cut(strings.TrimSuffix(strings.TrimSpace(cell), ")"), "(")
		column := slices.Index(columns[:], strings.ToLower(strings.TrimSpace(name)))
		if column < 0 {
			continue // somebody's own column
		}
		pos := c.at(c.csv.FieldPos(i))
		if c.where[column] >= 0 {
			c.syntax(pos, fmt.Sprintf("there are two columns %q", columns[column]), "delete one of them")
			return false
		}
		c.where[column] = i
		switch {
		case about == "":
		case column == columnID:
			c.file.Domain = about
		case column == columnSource:
			c.file.Source = c.tag(pos, about)
		case column == columnTarget:
			c.file.Target = c.tag(pos, about)
		}
	}
	for _, column := range []int{columnID, columnTarget} {
		if c.where[column] < 0 {
			c.syntax(diag.Pos{Line: 1, Column: 1}, fmt.Sprintf("there is no column %q", columns[column]),
				"the first row has the names of the columns, as extract export writes them")
			return false
		}
	}
	return true
}

// form reads a row. One without an ID, such as an empty one, is not read.
func (c *csvReader) form() {
	id := strings.TrimSpace(c.cell(columnID))
	if id == "" {
		return
	}
	form := Form{Source: c.cell(columnSource), Target: c.cell(columnTarget),
		Previous: c.cell(columnPrevious), State: state.Translated, Pos: c.pos(columnID)}
	switch said := strings.ToLower(strings.TrimSpace(c.cell(columnState))); {
	case form.Target == "":
		form.State = state.Missing
	case said == state.Translated.String():
	case said == "" || said == state.Missing.String():
		form.Unstated = true
	case said == state.Stale.String():
		form.State = state.Stale
	case said == state.Review.String():
		form.State = state.Review
	default:
		c.syntax(c.pos(columnState), fmt.Sprintf("%q is not a state", diag.Cut(said)),
			"use missing, stale, review or translated")
	}
	if category := strings.TrimSpace(c.cell(columnForm)); category != "" {
		if _, ok := plural.ParseCategory(category); !ok {
			c.syntax(c.pos(columnForm), fmt.Sprintf("%q is not a plural category", diag.Cut(category)),
				"use zero, one, two, few, many or other")
			return
		}
		id += "." + category
	}
	t := Text{Comments: lines(c.cell(columnComment)), Context: lines(c.cell(columnContext))}
	t.Max, _ = strconv.Atoi(c.cell(columnMax))
	c.addForm(id, form, t)
}
